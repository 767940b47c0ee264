// Verification of a protocol under every aggregation.
#pragma once

#include "core/base/progress.h"
#include "core/jobs/evaluate.h"
#include "core/project/project.h"
#include "core/results/evaluate.h"

namespace discern::pipeline {

using jobs::EvaluateOptions;
using results::AggregationResult;
using results::EvaluateResult;

EvaluateResult evaluate(const project::Project& project, const EvaluateOptions& options, Progress& progress);

}  // namespace discern::pipeline
