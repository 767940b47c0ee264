#include <algorithm>
#include <cmath>
#include <span>

#include "core/base/error.h"
#include "core/selection/class_weights.h"
#include "core/selection/selection.h"
#include "core/selection/whole_graph.h"

namespace discern::selection {

void checkLambda(double lambda) {
  if (!(lambda <= 0) || std::isinf(lambda))
    fail(
        "selection: lambda is {}, expected a number of at most 0 (a face is kept for being like its own "
        "identity); "
        "give it with a minus sign",
        lambda);
}

Cut cutAt(const SelectionInput& input, double lambda) {
  checkLambda(lambda);
  Cut cut;
  cut.kept = WholeGraph(input).cut(lambda);
  cut.energy = energyOf(input, cut.kept, lambda);
  const Classes classes = classesOf(input);
  ClassWeights weights;
  for (int c = 0; c < input.identities; ++c) {
    weights.load(input, classes.members(c));
    const auto n = static_cast<std::int64_t>(weights.size());
    cut.pairs += n * (n - 1) / 2;
    cut.clampedPairs += weights.clamped();
    for (std::int64_t i = 0; i < n; ++i) {
      const std::span row(weights.pairs() + i * static_cast<std::int64_t>(padded(weights.size())),
                          weights.size());
      cut.neverKept += std::ranges::none_of(row, [](float w) { return w > 0; }) ? 1 : 0;
    }
  }
  return cut;
}

double energyOf(const SelectionInput& input, std::span<const unsigned char> kept, double lambda) {
  checkLambda(lambda);
  if (static_cast<std::int64_t>(kept.size()) != input.features.rows)
    fail("selection: {} features have {} marks for kept; give one mark for each", input.features.rows,
         kept.size());
  const Classes classes = classesOf(input);
  ClassWeights weights;
  double energy = 0;
  for (int c = 0; c < input.identities; ++c) {
    weights.load(input, classes.members(c));
    const std::size_t n = weights.size();
    double u = 0, w = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (kept[weights.members()[i]] == 0) continue;
      u += weights.others()[i];
      for (std::size_t j = 0; j < i; ++j)
        if (kept[weights.members()[j]] != 0) w += weights.pairs()[i * padded(n) + j];
    }
    energy += u + lambda * w;
  }
  return energy;
}

}  // namespace discern::selection
