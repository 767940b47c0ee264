#include "core/aggregation/methods.h"

namespace discern::aggregation {

MethodInfo averageMethod() {
  return {.name = "average",
          .help = "equal",
          .drawnFirst = true,
          .weights = [](const Group& group, const Options&) {
            return normalised(std::vector<double>(group.size, 1.0));
          }};
}

}  // namespace discern::aggregation
