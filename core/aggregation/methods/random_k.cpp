#include <numeric>

#include "core/aggregation/methods.h"
#include "core/base/rng.h"

namespace discern::aggregation {

MethodInfo randomKMethod() {
  return {.name = "random-k",
          .help = "equal, on k samples drawn from the seed and the template's index",
          .takesK = true,
          .weights =
              [](const Group& group, const Options& options) {
                std::vector<std::size_t> order(group.size);
                std::iota(order.begin(), order.end(), 0);
                Rng(options.seed).shuffle(order);
                return onFirst(order, static_cast<std::size_t>(options.k));
              },
          .kept = keptAtMostK};
}

}  // namespace discern::aggregation
