// Thresholds of a protocol's scores against accuracy and compute.
#pragma once

#include "core/base/progress.h"
#include "core/jobs/evaluate.h"
#include "core/project/project.h"
#include "core/results/evaluate.h"

namespace discern::pipeline {

using jobs::SweepJobOptions;
using results::SweepJobResult;

SweepJobResult runSweep(const project::Project& project, const SweepJobOptions& options, Progress& progress);

}  // namespace discern::pipeline
