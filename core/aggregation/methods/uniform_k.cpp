#include "core/aggregation/methods.h"

namespace discern::aggregation {

MethodInfo uniformKMethod() {
  return {
      .name = "uniform-k",
      .help = "equal, on k samples at even distances in the template's order: the middles of k equal parts",
      .takesK = true,
      .weights =
          [](const Group& group, const Options& options) {
            const std::size_t size = group.size,
                              k = std::min<std::size_t>(size, static_cast<std::size_t>(options.k));
            std::vector<double> weights(size, 0.0);
            for (std::size_t i = 0; i < k; ++i)
              weights[(2 * i + 1) * size / (2 * k)] = 1.0 / static_cast<double>(k);
            return weights;
          },
      .kept = keptAtMostK};
}

}  // namespace discern::aggregation
