// Greedy facility location: the sum over faces of the likeness to the most alike kept face of their identity
// (Nemhauser and others 1978: at least 63 % of the best of as many; lazily, Minoux 1978).
#include <algorithm>
#include <queue>
#include <utility>

#include "core/selection/greedy.h"
#include "core/selection/methods.h"

namespace discern::selection {
namespace {

std::vector<Pick> picksOf(const ClassWeights& weights) {
  const std::size_t n = weights.size(), side = padded(n);
  std::vector<float> covered(n, 0);  // likeness to the most alike kept face
  const auto gainOf = [&](std::size_t face) {
    const float* row = weights.pairs() + face * side;
    double gain = 1.0 - covered[face];  // itself
    for (std::size_t i = 0; i < n; ++i) gain += std::max(0.0F, row[i] - covered[i]);
    return gain;
  };
  // A gain only falls while faces are kept: one that was the largest when it was last looked at need not be
  // looked at again before it is.
  struct Candidate {
    double gain;
    std::size_t face, seen;  // seen: how many were kept when the gain was worked out
    bool operator<(const Candidate& other) const {
      return std::pair(gain, other.face) < std::pair(other.gain, face);
    }
  };
  std::priority_queue<Candidate> queue;
  for (std::size_t i = 0; i < n; ++i) queue.push({gainOf(i), i, 0});
  std::vector<Pick> picks;
  while (!queue.empty()) {
    Candidate best = queue.top();
    queue.pop();
    if (best.seen < picks.size()) {
      best.gain = gainOf(best.face);
      best.seen = picks.size();
      queue.push(best);
      continue;
    }
    picks.push_back({weights.members()[best.face], best.gain});
    const float* row = weights.pairs() + best.face * side;
    for (std::size_t i = 0; i < n; ++i) covered[i] = std::max(covered[i], row[i]);
    covered[best.face] = 1;
  }
  return picks;
}

LambdaPath find(const MethodInput& input, Progress& progress) {
  progress.start("covering identities", input.graph.identities);
  return greedyPath(input.graph, progress, picksOf);
}

}  // namespace

MethodInfo facilityLocationMethod() {
  return {
      .name = "facility-location",
      .help =
          "Greedy facility location inside identities: every face is to have one like it among those kept",
      .find = find};
}

}  // namespace discern::selection
