#include <algorithm>
#include <cmath>

#include "core/aggregation/methods.h"

namespace discern::aggregation {

MethodInfo maxMethod() {
  return {.name = "max", .help = "element-wise maximum", .combine = [](const Group& group, const Options&) {
            std::vector<double> result(group.rows[0].size(), -HUGE_VAL);
            for (std::size_t i = 0; i < group.size; ++i)
              for (std::size_t j = 0; j < result.size(); ++j)
                result[j] = std::max(result[j], group.factors[i] * group.rows[i][j]);
            return result;
          }};
}

}  // namespace discern::aggregation
