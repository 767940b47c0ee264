#include "core/selection/greedy.h"

#include <algorithm>
#include <limits>
#include <mutex>
#include <tuple>

#include "core/selection/each_class.h"
#include "core/selection/methods.h"

namespace discern::selection {

LambdaPath greedyPath(const SelectionInput& input, Progress& progress,
                      const std::function<std::vector<Pick>(const ClassWeights&)>& picksOf) {
  struct Placed {
    double worth;
    std::size_t place;  // among its identity's
    std::int64_t face;
  };
  std::vector<Placed> all;
  std::mutex adding;
  const auto counts = eachClass(input, 0, progress, [&]() -> ClassWork {
    return [&](const ClassWeights& weights) {
      const auto picks = picksOf(weights);
      double worth = std::numeric_limits<double>::infinity();
      const std::lock_guard lock(adding);
      for (std::size_t k = 0; k < picks.size(); ++k) {
        worth = std::min(worth, picks[k].worth);  // it grows by rounding alone
        all.push_back({worth, k, picks[k].face});
      }
    };
  });
  std::ranges::sort(all, [](const Placed& a, const Placed& b) {
    return std::tuple(-a.worth, a.place, a.face) < std::tuple(-b.worth, b.place, b.face);
  });
  std::vector<std::int64_t> order;
  order.reserve(all.size());
  for (const Placed& one : all) order.push_back(one.face);
  LambdaPath path = pathOfOrder(order, input.features.rows);
  path.pairs = counts.pairs;
  path.clampedPairs = counts.clamped;
  return path;
}

}  // namespace discern::selection
