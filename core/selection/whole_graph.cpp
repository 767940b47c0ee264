#include "core/selection/whole_graph.h"

#include <algorithm>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/property_map/property_map.hpp>
#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/selection/class_weights.h"

namespace discern::selection {
namespace {

using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                 boost::no_property, std::uint32_t, std::uint64_t>;
using Vertex = boost::graph_traits<Graph>::vertex_descriptor;
using Edge = boost::graph_traits<Graph>::edge_descriptor;
constexpr std::uint32_t kSource = 0, kSink = 1, kFirst = 2;

// Stored as an edge's number alone: its source is known, and there are two edges a pair.
struct ReverseMap {
  using key_type = Edge;
  using value_type = Edge;
  using reference = Edge;
  using category = boost::readable_property_map_tag;
  const Graph* graph;
  const std::uint64_t* reverse;
};
Edge get(const ReverseMap& map, const Edge& edge) {
  return {target(edge, *map.graph), map.reverse[edge.idx]};
}

}  // namespace

// Vertices: source, sink, samples. Edges in the order of their vertex: those of the source, of the sink, then
// of each sample: to the source, to the sink, to the other samples of its identity. So a reverse edge is
// found by counting.
struct WholeGraph::Impl {
  std::int64_t inputSize = 0;
  std::vector<std::int64_t> sample;  // per vertex from kFirst on
  std::vector<double> u, degree;
  std::vector<float> weight;            // per edge of two samples, in order
  std::vector<std::uint64_t> classEnd;  // per vertex: number of samples up to the end of its identity
  std::vector<std::uint64_t> reverse;
  Graph graph;

  void read(const SelectionInput& input);
  void connect();
};

void WholeGraph::Impl::read(const SelectionInput& input) {
  inputSize = input.features.rows;
  const Classes classes = classesOf(input);
  ClassWeights weights;
  for (int c = 0; c < input.identities; ++c) {
    weights.load(input, classes.members(c));
    const std::size_t n = weights.size(), end = sample.size() + n;
    for (std::size_t i = 0; i < n; ++i) {
      const float* row = weights.pairs() + i * padded(n);
      double sum = 0;
      for (std::size_t j = 0; j < n; ++j) {
        if (j == i) continue;
        weight.push_back(row[j]);
        sum += row[j];
      }
      sample.push_back(weights.members()[i]);
      u.push_back(weights.others()[i]);
      degree.push_back(sum);
      classEnd.push_back(end);
    }
  }
}

void WholeGraph::Impl::connect() {
  const std::size_t n = sample.size();
  std::vector<std::uint64_t> first(n);  // number of a sample's edge to the source
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  const std::uint64_t total = 4 * n + weight.size();
  edges.reserve(total);
  reverse.reserve(total);
  const auto vertex = [](std::size_t k) { return static_cast<std::uint32_t>(kFirst + k); };
  for (const std::uint32_t terminal : {kSource, kSink})
    for (std::size_t k = 0; k < n; ++k) edges.emplace_back(terminal, vertex(k));
  for (std::size_t begin = 0; begin < n; begin = classEnd[begin])
    for (std::size_t k = begin; k < classEnd[begin]; ++k) {
      first[k] = edges.size();
      edges.emplace_back(vertex(k), kSource);
      edges.emplace_back(vertex(k), kSink);
      for (std::size_t other = begin; other < classEnd[begin]; ++other)
        if (other != k) edges.emplace_back(vertex(k), vertex(other));
    }
  for (const std::uint64_t offset : {0, 1})
    for (std::size_t k = 0; k < n; ++k) reverse.push_back(first[k] + offset);
  for (std::size_t begin = 0; begin < n; begin = classEnd[begin])
    for (std::size_t k = begin; k < classEnd[begin]; ++k) {
      reverse.push_back(k);
      reverse.push_back(n + k);
      for (std::size_t other = begin; other < classEnd[begin]; ++other)
        if (other != k) reverse.push_back(first[other] + 2 + (k - begin) - (k > other ? 1 : 0));
    }
  graph = Graph(boost::edges_are_sorted, edges.begin(), edges.end(), static_cast<Vertex>(kFirst + n));
}

WholeGraph::WholeGraph(const SelectionInput& input) : impl_(std::make_unique<Impl>()) {
  impl_->read(input);
  impl_->connect();
}
WholeGraph::~WholeGraph() = default;

std::vector<unsigned char> WholeGraph::cut(double lambda) const {
  checkLambda(lambda);
  const Impl& g = *impl_;
  const std::size_t n = g.sample.size(), vertices = kFirst + n;
  std::vector<double> capacity;
  capacity.reserve(g.reverse.size());
  // The sign of u + lambda d / 2 says which terminal a sample is tied to.
  for (std::size_t k = 0; k < n; ++k) capacity.push_back(std::max(0.0, -g.u[k] - lambda * g.degree[k] / 2));
  capacity.insert(capacity.end(), n, 0.0);
  std::size_t pair = 0;
  for (std::size_t begin = 0, k = 0; k < n; ++k) {
    if (k == g.classEnd[begin]) begin = k;
    capacity.push_back(0);
    capacity.push_back(std::max(0.0, g.u[k] + lambda * g.degree[k] / 2));
    for (std::size_t other = begin + 1; other < g.classEnd[begin]; ++other)
      capacity.push_back(-lambda / 2 * g.weight[pair++]);
  }
  std::vector<double> residual(capacity.size());
  std::vector<Edge> predecessor(vertices);
  std::vector<boost::default_color_type> colour(vertices);
  std::vector<long> distance(vertices);
  const auto edgeIndex = get(boost::edge_index, g.graph);
  const auto vertexIndex = get(boost::vertex_index, g.graph);
  boykov_kolmogorov_max_flow(
      g.graph, boost::make_iterator_property_map(capacity.begin(), edgeIndex),
      boost::make_iterator_property_map(residual.begin(), edgeIndex), ReverseMap{&g.graph, g.reverse.data()},
      boost::make_iterator_property_map(predecessor.begin(), vertexIndex),
      boost::make_iterator_property_map(colour.begin(), vertexIndex),
      boost::make_iterator_property_map(distance.begin(), vertexIndex), vertexIndex, kSource, kSink);
  // Black is the tree that grew from the source: exactly what it still reaches.
  std::vector<unsigned char> kept(static_cast<std::size_t>(g.inputSize));
  for (std::size_t k = 0; k < n; ++k) kept[g.sample[k]] = colour[kFirst + k] == boost::black_color ? 1 : 0;
  return kept;
}

}  // namespace discern::selection
