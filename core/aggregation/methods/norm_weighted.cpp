#include "core/aggregation/methods.h"

namespace discern::aggregation {

MethodInfo normWeightedMethod() {
  return {.name = "norm-weighted",
          .help = "the feature's norm (on raw features that is the norm squared)",
          .needs = MethodInfo::Needs::Norms,
          .drawnFirst = true,
          .weights = [](const Group& group, const Options&) {
            return normalised({group.norms.begin(), group.norms.end()});
          }};
}

}  // namespace discern::aggregation
