// By a score of each sample, of which nothing is dropped: the project's, or a detector's.
#include <cmath>

#include "core/aggregation/methods.h"

namespace discern::aggregation {
namespace {

std::vector<double> byScore(const Group& group, const Options&) {
  requireNotNegative(group.scores);
  std::vector<double> weights;
  for (const float score : group.scores) weights.push_back(std::isfinite(score) ? score : 0.0);
  return normalised(std::move(weights));
}

}  // namespace

MethodInfo scoreWeightedMethod() {
  return {.name = "score-weighted",
          .help = "the score; nothing is dropped",
          .needs = MethodInfo::Needs::Scores,
          .weights = byScore};
}

MethodInfo detectorWeightedMethod() {
  return {
      .name = "detector-weighted",
      .help =
          "the detector's raw score (column detector_score of a templates CSV); 0 where it is negative or "
          "missing; where a sample has one",
      .needs = MethodInfo::Needs::DetectorScores,
      .weights = byScore};
}

}  // namespace discern::aggregation
