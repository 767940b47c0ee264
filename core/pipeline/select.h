// The lambda path of a project's training faces, and what it says about them (SKD).
#pragma once

#include "core/base/progress.h"
#include "core/jobs/select.h"
#include "core/project/project.h"
#include "core/results/selection.h"

namespace discern::pipeline {

using jobs::SelectOptions;
using results::SelectPoint;
using results::SelectResult;

SelectResult select(project::Project& project, const SelectOptions& options, Progress& progress);

}  // namespace discern::pipeline
