// Two sides of one protocol, pair by pair: recognisers, score tables, aggregations or operating points.
#pragma once

#include "core/base/progress.h"
#include "core/jobs/compare.h"
#include "core/project/project.h"
#include "core/results/compare.h"

namespace discern::pipeline {

using jobs::CompareOptions;
using results::CompareResult;

// On the pairs that both can compare. Throws Error that says what is missing or does not fit, or when both
// sides are the same.
CompareResult compareSides(const project::Project& project, const CompareOptions& options,
                           Progress& progress);

}  // namespace discern::pipeline
