// The error rates of parts of a protocol, at one threshold for all.
#pragma once

#include "core/base/progress.h"
#include "core/jobs/slices.h"
#include "core/project/project.h"
#include "core/results/slices.h"

namespace discern::pipeline {

using jobs::SlicesOptions;
using results::SlicesResult;

// Throws Error where something is missing or does not fit, Cancelled.
SlicesResult slices(const project::Project& project, const SlicesOptions& options, Progress& progress);

}  // namespace discern::pipeline
