// The mean without the samples whose directions are farthest from the mean of all: how long a feature is
// says nothing of how odd it is, and counts in the mean alone.
#include <algorithm>
#include <numeric>

#include "core/aggregation/methods.h"

namespace discern::aggregation {
namespace {

std::vector<double> withoutFarthest(const Group& group, const Options& options) {
  const std::size_t n = group.size;
  const auto factors = toDirections(group);
  Group directions = group;
  directions.factors = factors;
  const auto mean = weightedSum(directions, std::vector<double>(n, 1.0 / static_cast<double>(n)));
  std::vector<double> distance(n, 0.0);  // squared
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < mean.size(); ++j) {
      const double apart = factors[i] * group.rows[i][j] - mean[j];
      distance[i] += apart * apart;
    }
  std::vector<std::size_t> order(n);  // the nearest first; of equally near ones the earlier
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return distance[i]; });
  const auto dropped = static_cast<std::size_t>(options.trim * static_cast<double>(n) + 1e-9);
  return onFirst(order, n - std::min(dropped, n - 1));
}

}  // namespace

MethodInfo trimmedMeanMethod() {
  return {.name = "trimmed-mean",
          .help =
              "equal, without the share (trim, rounded down: at 15 % none of fewer than 7) of the samples "
              "whose directions are farthest from their mean",
          .byFeatures = true,
          .weights = withoutFarthest};
}

}  // namespace discern::aggregation
