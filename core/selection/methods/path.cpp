#include <algorithm>
#include <cmath>

#include "core/selection/methods.h"

namespace discern::selection {
namespace {

LambdaPath find(const MethodInput& input, Progress& progress) {
  LambdaPath path = lambdaPath(input.graph, {}, progress);
  path.neverKept = std::ranges::count_if(path.enters, [](double enters) { return std::isinf(enters); });
  return path;
}

}  // namespace

MethodInfo pathMethod() {
  return {.name = "path",
          .help = "The exact path: the sets of all lambdas at once",
          .sets = MethodInfo::Sets::Lambdas,
          .eachIdentity = true,
          .find = find};
}

}  // namespace discern::selection
