#include "core/base/rng.h"
#include "core/selection/methods.h"

namespace discern::selection {
namespace {

LambdaPath find(const MethodInput& input, Progress&) {
  auto order = takingPart(input.graph);
  Rng(mixSeed(input.seed, "random selection")).shuffle(order);
  return pathOfOrder(order, input.graph.features.rows);
}

}  // namespace

MethodInfo randomMethod() { return {.name = "random", .help = "A share drawn from the seed", .find = find}; }

}  // namespace discern::selection
