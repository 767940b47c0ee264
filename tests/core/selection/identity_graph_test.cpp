// What is drawn of an identity against plain sums over its pairs.
#include "core/selection/identity_graph.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/selection/whole_graph.h"
#include "tests/core/selection/faces.h"

namespace discern::selection {
namespace {

TEST(IdentityGraph, HasTheFacesPairsAndCutOfOneIdentity) {
  const RandomFaces faces = randomFaces(4, {12, 9, 15}, 6);
  const SelectionInput input = faces.input();
  Progress progress;
  const auto enters = lambdaPath(input, {}, progress).enters;
  std::vector<double> finite;
  for (std::size_t i = 0; i < enters.size(); ++i)
    if (faces.identity[i] == 2 && std::isfinite(enters[i])) finite.push_back(enters[i]);
  std::ranges::sort(finite);
  ASSERT_GT(finite.size(), 4U);
  const double lambda = -finite[finite.size() / 2] * 1.0001;
  const auto graph = identityGraph(input, enters, 2, lambda);
  ASSERT_EQ(graph.nodes.size(), 15U);

  const auto weightOf = [&](std::int64_t a, std::int64_t b) {
    const auto x = input.features.row(a), y = input.features.row(b);
    return std::max(0.0, data::dot(x, y) / (data::norm(x) * data::norm(y)));
  };
  const auto cut = WholeGraph(input).cut(lambda);
  double energy = 0;
  int kept = 0;
  for (const auto& node : graph.nodes) {
    EXPECT_EQ(faces.identity[static_cast<std::size_t>(node.sample)], 2);
    EXPECT_EQ(node.kept, cut[static_cast<std::size_t>(node.sample)] != 0) << node.sample;
    EXPECT_FLOAT_EQ(static_cast<float>(node.others), faces.others[static_cast<std::size_t>(node.sample)]);
    kept += node.kept ? 1 : 0;
    if (node.kept) energy += node.others;
    double linked = 0;
    for (const auto& other : graph.nodes)
      if (other.sample != node.sample) linked += weightOf(node.sample, other.sample);
    EXPECT_NEAR(node.linked, linked, 1e-4);
  }
  EXPECT_GT(kept, 0);
  EXPECT_LT(kept, 15);
  EXPECT_TRUE(std::ranges::is_sorted(graph.nodes, {}, &IdentityGraph::Node::enters));
  std::size_t pairs = 0;
  for (std::size_t a = 0; a < graph.nodes.size(); ++a)
    for (std::size_t b = a + 1; b < graph.nodes.size(); ++b) {
      const double weight = weightOf(graph.nodes[a].sample, graph.nodes[b].sample);
      pairs += weight > 1e-6 ? 1 : 0;
      if (graph.nodes[a].kept && graph.nodes[b].kept) energy += lambda * weight;
    }
  EXPECT_NEAR(static_cast<double>(graph.edges.size()), static_cast<double>(pairs), 1);
  for (const auto& edge : graph.edges) {
    EXPECT_LT(edge.a, edge.b);
    const auto &a = graph.nodes[static_cast<std::size_t>(edge.a)],
               &b = graph.nodes[static_cast<std::size_t>(edge.b)];
    EXPECT_NEAR(edge.weight, weightOf(a.sample, b.sample), 1e-5);
    EXPECT_EQ(edge.cut, a.kept != b.kept);
  }
  EXPECT_NEAR(graph.energy, energy, 1e-3 * std::abs(energy));
  EXPECT_LT(graph.energy, 0);  // better than keeping nobody
}

TEST(IdentityGraph, NamesWhatDoesNotFit) {
  const RandomFaces faces = randomFaces(1, {3, 3}, 4);
  const std::vector<double> enters(6, 1.0);
  EXPECT_THROW(identityGraph(faces.input(), enters, 2, -1), Error);
  EXPECT_THROW(identityGraph(faces.input(), enters, 0, 1), Error);
  EXPECT_THROW(identityGraph(faces.input(), std::vector<double>(5), 0, -1), Error);
}

}  // namespace
}  // namespace discern::selection
