// DDL: keep above a threshold, rescale inside the group by K and B, weighted mean (docs/papers.md).
#include <algorithm>
#include <cmath>

#include "core/aggregation/methods.h"

namespace discern::aggregation {
namespace {

std::vector<double> ddlWeights(const Group& group, const Options& options) {
  const auto scores = group.scores;
  requireNotNegative(scores);
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (std::isfinite(scores[i]) && scores[i] > options.threshold) kept.push_back(i);
  std::vector<double> weights(scores.size(), 0.0);
  if (kept.empty()) {
    const auto best =
        std::max_element(scores.begin(), scores.end(), [](float a, float b) { return better(b, a); });
    if (std::isfinite(*best)) weights[static_cast<std::size_t>(best - scores.begin())] = 1;
    return normalised(std::move(weights));
  }
  float low = scores[kept[0]], high = low;
  for (const std::size_t i : kept) {
    low = std::min(low, scores[i]);
    high = std::max(high, scores[i]);
  }
  // D'' = K D' + B of DDL with K = 1 / (high - low), B = -low K; K cancels when the weights are normalised.
  const bool rescaled = rescales(options, static_cast<std::int64_t>(kept.size()), low, high);
  for (const std::size_t i : kept)
    weights[i] = low == high ? 1.0 : static_cast<double>(scores[i]) - (rescaled ? low : 0.0);
  return normalised(std::move(weights));
}

// Above the threshold, else the best one; everything where nothing is known.
std::int64_t aboveThreshold(std::int64_t size, std::span<const float> scores, const Options& options) {
  if (std::ranges::none_of(scores, [](float score) { return std::isfinite(score); })) return size;
  return std::max<std::int64_t>(
      1, std::ranges::count_if(scores, [&](float s) { return std::isfinite(s) && s > options.threshold; }));
}

}  // namespace

MethodInfo ddlMethod() {
  return {.name = "ddl",
          .help = "the score of what is above the threshold, rescaled in the group or not",
          .needs = MethodInfo::Needs::Scores,
          .takesThreshold = true,
          .drawnFirst = true,
          .weights = ddlWeights,
          .kept = aboveThreshold};
}

}  // namespace discern::aggregation
