// Greedy farthest-first (Gonzalez 1985; as a core-set: Sener and Savarese 2018), whose radius is at most
// twice the best of as many centres.
#include <cmath>
#include <limits>

#include "core/selection/greedy.h"
#include "core/selection/methods.h"

namespace discern::selection {
namespace {

// Distances of unit features, sqrt(2 - 2 w), of one identity; another identity's face is at no distance at
// all, so that each has a centre before any has two. Its first is the face that is most like all others.
std::vector<Pick> picksOf(const ClassWeights& weights) {
  const std::size_t n = weights.size(), side = padded(n);
  std::vector<Pick> picks;
  if (n == 0) return picks;
  std::vector<double> distance(n, std::numeric_limits<double>::infinity());
  std::size_t next = 0;
  double most = -1;
  for (std::size_t i = 0; i < n; ++i) {
    double linked = 0;
    for (std::size_t j = 0; j < n; ++j) linked += weights.pairs()[i * side + j];
    if (linked > most) {
      most = linked;
      next = i;
    }
  }
  std::vector<unsigned char> picked(n, 0);
  while (picks.size() < n) {
    picks.push_back({weights.members()[next], distance[next]});
    picked[next] = 1;
    const float* row = weights.pairs() + next * side;
    std::size_t farthest = n;
    for (std::size_t i = 0; i < n; ++i) {
      distance[i] = std::min(distance[i], std::sqrt(std::max(0.0, 2 - 2.0 * row[i])));
      if (picked[i] == 0 && (farthest == n || distance[i] > distance[farthest])) farthest = i;
    }
    next = farthest;
  }
  return picks;
}

LambdaPath find(const MethodInput& input, Progress& progress) {
  progress.start("covering identities", input.graph.identities);
  return greedyPath(input.graph, progress, picksOf);
}

}  // namespace

MethodInfo kCenterMethod() {
  return {.name = "k-center",
          .help = "Farthest first inside identities, on unit features: each as far as can be from those kept",
          .find = find};
}

}  // namespace discern::selection
