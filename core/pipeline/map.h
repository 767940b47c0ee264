// A t-SNE map of a project's faces, stored while it is being made so that a window can draw it live.
#pragma once

#include "core/base/progress.h"
#include "core/jobs/select.h"
#include "core/project/project.h"
#include "core/results/selection.h"

namespace discern::pipeline {

using jobs::MapOptions;
using results::MapResult;

// Originals of identities of that role with a usable feature,
// as unit vectors. A cancelled call leaves the last layout.
MapResult makeMap(project::Project& project, const MapOptions& options, Progress& progress);

}  // namespace discern::pipeline
