// Which aggregations an evaluation compares, of those whose needs are met.
#pragma once

#include <vector>

#include "core/analysis/aggregation_plan.h"
#include "core/jobs/evaluate.h"
#include "core/pipeline/aggregators.h"

namespace discern::pipeline {

using analysis::isMet;
using analysis::Known;
using analysis::PlannedAggregation;

// analysis::planAggregations of what an evaluation was asked for.
std::vector<PlannedAggregation> planAggregations(const jobs::EvaluateOptions& options, double threshold,
                                                 const Aggregators& aggregators, Known known, bool single);

}  // namespace discern::pipeline
