#include <cmath>
#include <limits>

#include "core/selection/methods.h"

namespace discern::selection {
namespace {

// In the form of a path that has no other set: its faces enter just before that lambda, the rest never.
LambdaPath find(const MethodInput& input, Progress& progress) {
  progress.start("cutting the graph", 1);
  progress.throwIfStopped();
  const Cut cut = cutAt(input.graph, input.lambda);
  progress.advance();
  progress.finish();
  LambdaPath path;
  path.pairs = cut.pairs;
  path.clampedPairs = cut.clampedPairs;
  path.neverKept = cut.neverKept;
  path.enters.assign(cut.kept.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < cut.kept.size(); ++i)
    if (input.graph.identity[i] >= 0 && std::isfinite(input.graph.others[i]))
      path.enters[i] =
          cut.kept[i] != 0 ? std::nextafter(-input.lambda, 0) : std::numeric_limits<double>::infinity();
  return path;
}

}  // namespace

MethodInfo cutMethod() {
  return {.name = "cut",
          .help = "One minimum cut of the whole graph, at one lambda, as published",
          .sets = MethodInfo::Sets::OneLambda,
          .eachIdentity = true,
          .find = find};
}

}  // namespace discern::selection
