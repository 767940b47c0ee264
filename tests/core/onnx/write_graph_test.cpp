#include "core/onnx/write_graph.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/onnx/read_graph.h"

namespace discern::onnx {
namespace {

Graph someGraph() {
  Graph graph;
  graph.opset = 13;
  graph.inputs = {{"x", kFloat, {-1, 3, 4}}};
  graph.outputs = {{"y", kFloat, {-1, 2}}};
  Tensor weight;
  weight.name = "w";
  weight.type = kFloat;
  weight.dims = {2, 1};
  const float numbers[] = {0.5F, -3};
  weight.bytes.assign(reinterpret_cast<const char*>(numbers), sizeof numbers);
  graph.initialisers = {weight};
  Attribute number, integer, text, list, floats;
  number.type = 1;
  number.number = 0.25F;
  integer.type = 2;
  integer.integer = -7;
  text.type = 3;
  text.text = "SAME";
  list.type = 7;
  list.integers = {1, 2, 3};
  floats.type = 6;
  floats.numbers = {1.5F, 2.5F};
  graph.nodes = {{"first", "Op", "", {"x", "w", ""}, {"h"}, {{"a", number}, {"b", integer}, {"c", text}}},
                 {"second", "Other", "own.domain", {"h"}, {"y"}, {{"d", list}, {"e", floats}}}};
  graph.metadata = {{"discern.kind", "ddnet"}, {"note", "täglich"}};
  return graph;
}

TEST(WriteGraph, IsReadAsItWas) {
  const Graph graph = someGraph();
  const auto read = readGraph(writeGraph(graph));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->problem, "");
  EXPECT_EQ(read->opset, 13);
  EXPECT_EQ(read->metadata, graph.metadata);
  ASSERT_EQ(read->inputs.size(), 1u);
  EXPECT_EQ(read->inputs[0].name, "x");
  EXPECT_EQ(read->inputs[0].type, kFloat);
  EXPECT_EQ(read->inputs[0].shape, (std::vector<std::int64_t>{-1, 3, 4}));
  EXPECT_EQ(read->outputs[0].shape, (std::vector<std::int64_t>{-1, 2}));
  ASSERT_EQ(read->initialisers.size(), 1u);
  EXPECT_EQ(read->initialisers[0].dims, graph.initialisers[0].dims);
  EXPECT_EQ(read->initialisers[0].bytes, graph.initialisers[0].bytes);
  ASSERT_EQ(read->nodes.size(), 2u);
  for (std::size_t n = 0; n < 2; ++n) {
    EXPECT_EQ(read->nodes[n].name, graph.nodes[n].name);
    EXPECT_EQ(read->nodes[n].op, graph.nodes[n].op);
    EXPECT_EQ(read->nodes[n].domain, graph.nodes[n].domain);
    EXPECT_EQ(read->nodes[n].inputs, graph.nodes[n].inputs);
    EXPECT_EQ(read->nodes[n].outputs, graph.nodes[n].outputs);
    ASSERT_EQ(read->nodes[n].attributes.size(), graph.nodes[n].attributes.size());
  }
  EXPECT_EQ(read->nodes[0].attributes.at("a").number, 0.25F);
  EXPECT_EQ(read->nodes[0].attributes.at("b").integer, -7);
  EXPECT_EQ(read->nodes[0].attributes.at("c").text, "SAME");
  EXPECT_EQ(read->nodes[1].attributes.at("d").integers, (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(read->nodes[1].attributes.at("e").numbers, (std::vector<float>{1.5F, 2.5F}));
}

TEST(WriteGraph, KeepsNoNumbersInOtherFiles) {
  Graph graph = someGraph();
  graph.initialisers[0].file = "weights.bin";
  EXPECT_THROW(writeGraph(graph), Error);
}

}  // namespace
}  // namespace discern::onnx
