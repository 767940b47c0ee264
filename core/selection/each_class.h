// One identity after the other, in threads.
#pragma once

#include <cstdint>
#include <functional>

#include "core/base/progress.h"
#include "core/selection/class_weights.h"
#include "core/selection/selection.h"

namespace discern::selection {

struct PairCounts {
  std::int64_t pairs = 0, clamped = 0;
};
using ClassWork = std::function<void(const ClassWeights&)>;

// Calls one ClassWork a thread, made by `make`, with each identity's weights, the largest identity first.
// threads: 0 is threadCount(). progress.advance(1) an identity; starting the stage is the caller's. Throws
// Error (classesOf), Cancelled.
PairCounts eachClass(const SelectionInput& input, int threads, Progress& progress,
                     const std::function<ClassWork()>& make);

}  // namespace discern::selection
