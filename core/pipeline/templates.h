// How each template of a protocol matches.
#pragma once

#include "core/base/progress.h"
#include "core/jobs/templates.h"
#include "core/project/project.h"
#include "core/results/templates.h"

namespace discern::pipeline {

using jobs::TemplatesOptions;
using results::TemplatesResult;

// Throws Error where something is missing or does not fit, Cancelled.
TemplatesResult templates(const project::Project& project, const TemplatesOptions& options,
                          Progress& progress);

}  // namespace discern::pipeline
