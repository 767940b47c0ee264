// Faces picked one after the other, each time the one that is worth most now, identity by identity: what the
// rivals of a cut do that cover an identity by few of its faces.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/base/progress.h"
#include "core/selection/class_weights.h"
#include "core/selection/selection.h"

namespace discern::selection {

struct Pick {
  std::int64_t face = 0;
  double worth = 0;  // when it was picked; may not grow from one pick of an identity to its next
};

// Starting the stage, of input.identities, is the caller's. picksOf: every face of one identity, in the order
// in which they are picked; called from several threads. Where what a face is worth does not depend on other
// identities' faces, picking the best of all identities at each step is to pick each identity's alone and to
// sort them by what they were worth then: that is the order returned, as a path (of equal worth: the earlier
// pick of its identity, then the first face).
LambdaPath greedyPath(const SelectionInput& input, Progress& progress,
                      const std::function<std::vector<Pick>(const ClassWeights&)>& picksOf);

}  // namespace discern::selection
