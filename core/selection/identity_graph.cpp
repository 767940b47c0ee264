#include "core/selection/identity_graph.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/selection/class_weights.h"
#include "core/selection/whole_graph.h"

namespace discern::selection {

IdentityGraph identityGraph(const SelectionInput& input, std::span<const double> enters, int identity,
                            double lambda) {
  checkLambda(lambda);
  if (enters.size() != static_cast<std::size_t>(input.features.rows))
    fail("selection: {} features have {} numbers of a path; give one for each", input.features.rows,
         enters.size());
  if (identity < 0 || identity >= input.identities)
    fail("selection: there is no identity {}; there are {}", identity, input.identities);
  const Classes classes = classesOf(input);
  ClassWeights weights;
  weights.load(input, classes.members(identity));
  const std::size_t n = weights.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto entersOf = [&](std::size_t i) {
    const double e = enters[static_cast<std::size_t>(weights.members()[i])];
    return std::isnan(e) ? std::numeric_limits<double>::infinity() : e;
  };
  std::ranges::stable_sort(order, {}, entersOf);

  IdentityGraph graph;
  for (const std::size_t i : order) {
    IdentityGraph::Node node{weights.members()[i], weights.others()[i], 0, entersOf(i),
                             isKept(entersOf(i), lambda)};
    for (std::size_t j = 0; j < n; ++j) node.linked += weights.pairs()[i * padded(n) + j];
    if (node.kept) graph.energy += node.others;
    graph.nodes.push_back(node);
  }
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = a + 1; b < n; ++b) {
      const double weight = weights.pairs()[order[a] * padded(n) + order[b]];
      if (!(weight > 0)) continue;
      const bool first = graph.nodes[a].kept, second = graph.nodes[b].kept;
      graph.edges.push_back({static_cast<int>(a), static_cast<int>(b), weight, first != second});
      if (first && second) graph.energy += lambda * weight;
    }
  return graph;
}

}  // namespace discern::selection
