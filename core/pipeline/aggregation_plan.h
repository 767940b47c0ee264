// Which aggregations an evaluation compares, of those whose needs are met.
#pragma once

#include <string>
#include <vector>

#include "core/aggregation/aggregate.h"
#include "core/aggregation/methods.h"
#include "core/jobs/evaluate.h"

namespace discern::pipeline {

struct PlannedAggregation {
  std::string name;
  aggregation::Options how;
  // What it weighs by. Others: another table's scores, of the samples that the scores keep.
  enum class Weights { Scores, Others, Detector } weights = Weights::Scores;
};

// What is known of the protocol's samples.
struct Known {
  bool scores = false, media = false, detector = false;
  bool weights = false;  // another table's scores
};

bool isMet(aggregation::MethodInfo::Needs needs, Known known);

// Those that need no scores first, as registered; DDL once for each way to rescale; last DDL by other
// weights, where there are both. `single`: templates of one image each, for which one row says it all.
std::vector<PlannedAggregation> planAggregations(const jobs::EvaluateOptions& options, double threshold,
                                                 Known known, bool single);

}  // namespace discern::pipeline
