#include <algorithm>
#include <cmath>
#include <limits>

#include "core/sweep/sweep.h"

namespace discern::sweep {
namespace {

// The threshold that drops the `count` lowest scores; count must not split equal scores.
double dropping(std::ptrdiff_t count, std::span<const float> sorted) {
  if (count > 0) return sorted[static_cast<std::size_t>(count - 1)];
  return std::nextafter(sorted.front(), -std::numeric_limits<float>::infinity());
}

}  // namespace

Readings readingsAt(double score, std::span<const float> sorted, const evaluation::CostModel& cost) {
  Readings readings;
  readings.score = score;
  if (!sorted.empty()) {
    const auto dropped = std::upper_bound(sorted.begin(), sorted.end(), score) - sorted.begin();
    const double share = static_cast<double>(dropped) / static_cast<double>(sorted.size());
    readings.percentile = 100 * share;
    readings.keptShare = 1 - share;
  }
  readings.computeShare = (cost.scoresNeedBase ? 1 : readings.keptShare) + evaluation::scoringShare(cost);
  return readings;
}

double scoreAtKeptShare(double share, std::span<const float> sorted) {
  if (sorted.empty() || std::isnan(share)) return 0;
  const auto n = static_cast<double>(sorted.size());
  const auto dropped = static_cast<std::ptrdiff_t>(std::lround((1 - std::clamp(share, 0.0, 1.0)) * n));
  if (dropped == 0) return dropping(0, sorted);
  const auto [first, last] =
      std::equal_range(sorted.begin(), sorted.end(), sorted[static_cast<std::size_t>(dropped - 1)]);
  const auto low = first - sorted.begin(), high = last - sorted.begin();
  return dropping(dropped - low <= high - dropped ? low : high, sorted);
}

double scoreAtPercentile(double percentile, std::span<const float> sorted) {
  return scoreAtKeptShare(1 - percentile / 100, sorted);
}

double scoreAtComputeShare(double share, std::span<const float> sorted, const evaluation::CostModel& cost) {
  return scoreAtKeptShare(share - evaluation::scoringShare(cost), sorted);
}

}  // namespace discern::sweep
