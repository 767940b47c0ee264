#include "core/pipeline/aggregation_plan.h"

namespace discern::pipeline {

std::vector<PlannedAggregation> planAggregations(const jobs::EvaluateOptions& options, double threshold,
                                                 const Aggregators& aggregators, Known known, bool single) {
  return analysis::planAggregations({.rescales = options.rescales,
                                     .threshold = threshold,
                                     .k = options.k,
                                     .trim = options.trim,
                                     .minCosine = options.minCosine,
                                     .seed = options.seed,
                                     .weights = options.weights,
                                     .lengths = options.lengths,
                                     .networks = aggregators.networks},
                                    known, single);
}

}  // namespace discern::pipeline
