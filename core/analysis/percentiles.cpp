#include "core/analysis/percentiles.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace discern::analysis {

std::vector<float> percentiles(std::span<const float> values) {
  std::vector<float> result(values.size(), std::numeric_limits<float>::quiet_NaN());
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (std::isfinite(values[i])) order.push_back(i);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  for (std::size_t from = 0; from < order.size();) {
    std::size_t to = from;
    while (to < order.size() && values[order[to]] == values[order[from]]) ++to;
    const double rank = (static_cast<double>(from) + static_cast<double>(to)) / 2;
    for (std::size_t i = from; i < to; ++i)
      result[order[i]] = static_cast<float>(100 * rank / static_cast<double>(order.size()));
    from = to;
  }
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
