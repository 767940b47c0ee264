#include "core/analysis/percentiles.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "core/data/rank_correlation.h"

namespace discern::analysis {

std::vector<float> percentiles(std::span<const float> values) {
  std::vector<float> result(values.size(), std::numeric_limits<float>::quiet_NaN());
  const auto isFinite = [](float value) { return std::isfinite(value); };
  std::vector<float> finite;
  std::ranges::copy_if(values, std::back_inserter(finite), isFinite);
  const std::vector<double> ranks = data::meanRanks(finite);
  std::size_t k = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (isFinite(values[i]))
      result[i] = static_cast<float>(100 * (ranks[k++] - 0.5) / static_cast<double>(finite.size()));
  return result;
}

double percentileOf(float value, std::span<const float> values) {
  double below = 0, n = 0;
  for (const float other : values) {
    if (!std::isfinite(other)) continue;
    n += 1;
    below += other < value ? 1 : other == value ? 0.5 : 0;
  }
  return std::isfinite(value) && n > 0 ? 100 * below / n : std::numeric_limits<double>::quiet_NaN();
}

std::vector<float> sortedFinite(std::span<const float> values) {
  std::vector<float> sorted;
  std::ranges::copy_if(values, std::back_inserter(sorted), [](float value) { return std::isfinite(value); });
  std::ranges::sort(sorted);
  return sorted;
}

double quantile(std::span<const float> sorted, double share) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  return sorted[static_cast<std::size_t>(std::lround(share * static_cast<double>(sorted.size() - 1)))];
}

double scoreAtZero(double mean, double sigma) { return sigma > 0 ? 1 / (1 + std::exp(mean / sigma)) : 0.5; }

}  // namespace discern::analysis
