// One identity's part of the sparse graph that selection cuts, to be looked at (SKD, figure 4).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/selection/selection.h"

namespace discern::selection {

struct IdentityGraph {
  struct Node {
    std::int64_t sample = 0;
    double others = 0;  // u: the summed likeness to the centroids of all other identities
    double linked = 0;  // the summed weight of its pairs
    double enters = 0;  // of the path: kept at every lambda beyond -enters
    bool kept = false;  // the side of the cut it is on
  };
  struct Edge {
    int a = 0, b = 0;   // nodes, a < b
    double weight = 0;  // max(0, cosine)
    bool cut = false;   // its ends are on different sides
  };
  std::vector<Node> nodes;  // those that take part, in the order in which they enter; never kept ones last
  std::vector<Edge> edges;  // every pair of positive weight, by node
  double energy = 0;        // of the kept set: sum u + lambda * sum w
};

// enters: N, the path's (LambdaPath). Throws Error on lengths, on an identity that is not there, lambda > 0.
IdentityGraph identityGraph(const SelectionInput& input, std::span<const double> enters, int identity,
                            double lambda);

}  // namespace discern::selection
