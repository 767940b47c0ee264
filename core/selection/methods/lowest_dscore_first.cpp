#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/selection/methods.h"

namespace discern::selection {
namespace {

// What has no score goes before the lowest; of equal ones the first stays.
LambdaPath find(const MethodInput& input, Progress&) {
  if (std::ssize(input.scores) != input.graph.features.rows)
    fail("selection: {} features have {} scores; give one for each", input.graph.features.rows,
         input.scores.size());
  auto order = takingPart(input.graph);
  const auto scoreOf = [&](std::int64_t face) {
    const float score = input.scores[static_cast<std::size_t>(face)];
    return std::isnan(score) ? -HUGE_VALF : score;
  };
  std::ranges::stable_sort(order, std::greater(), scoreOf);
  return pathOfOrder(order, input.graph.features.rows);
}

}  // namespace

MethodInfo lowestDscoreFirstMethod() {
  return {.name = "lowest-dscore-first",
          .help = "The lowest D-scores are discarded first (DDL)",
          .needsScores = true,
          .find = find};
}

}  // namespace discern::selection
