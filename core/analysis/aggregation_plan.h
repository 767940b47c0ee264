// Which aggregations there are for a protocol: those whose needs are met.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/aggregation/aggregate.h"
#include "core/aggregation/methods.h"
#include "core/analysis/operating_point.h"

namespace discern::analysis {

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

inline constexpr const char* kSingleImages = "single images";  // row of a plan that has nothing to aggregate

bool isMet(aggregation::MethodInfo::Needs needs, Known known);  // of a network: no

struct PlanOptions {
  std::vector<aggregation::Rescale> rescales = {aggregation::Rescale::Off, aggregation::Rescale::On,
                                                aggregation::Rescale::Auto};
  double threshold = 0.15;
  int k = 3;
  double trim = 0.15, minCosine = 0.3;
  std::uint64_t seed = 1;
  std::string weights;                          // name of the other table
  data::Lengths lengths = data::Lengths::Unit;  // of the features that are combined
  // Trained aggregators, a row each; at most one of a kind.
  std::vector<std::shared_ptr<const aggregation::GroupNetwork>> networks = {};
};

// Those that need no scores first, as registered; DDL once for each way to rescale; last DDL by other
// weights, where there are both. `single`: templates of one image each, for which one row says it all.
std::vector<PlannedAggregation> planAggregations(const PlanOptions& options, Known known, bool single);

// How the point combines the images of a template; without scores the plain average.
PlannedAggregation aggregationOf(const OperatingPoint& point, Known known);

}  // namespace discern::analysis
