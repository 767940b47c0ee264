// The reader of ONNX files sees arbitrary bytes before anybody else does.
#include "core/onnx/read_graph.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/files.h"
#include "core/base/rng.h"

namespace discern::onnx {
namespace {

std::string golden(const std::string& name) {
  return (std::filesystem::path(DISCERN_SOURCE_DIR) / "tests/golden" / name).string();
}

TEST(ReadGraph, ReadsInputsAndOutputs) {
  const auto graph = readGraph(readFile(golden("tiny.onnx")));
  ASSERT_TRUE(graph);
  ASSERT_EQ(graph->inputs.size(), 1U);
  EXPECT_EQ(graph->inputs[0].name, "input");
  EXPECT_EQ(graph->inputs[0].shape, (std::vector<std::int64_t>{1, 3, 8, 8}));
  ASSERT_EQ(graph->outputs.size(), 1U);
  EXPECT_EQ(graph->outputs[0].name, "feature");
}

TEST(ReadGraph, NoPrefixOfAModelIsAModel) {
  const std::string bytes = readFile(golden("tiny.onnx"));
  // The last field (the opset) may be missing; anything shorter cuts the graph.
  const std::size_t graphEnd = bytes.size() - 6;
  for (std::size_t n = 0; n < graphEnd; ++n)
    EXPECT_FALSE(readGraph(std::string_view(bytes).substr(0, n))) << n;
}

TEST(ReadGraph, SurvivesDamage) {
  const std::string bytes = readFile(golden("tiny.onnx"));
  Rng rng(11);
  int stillRead = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string damaged = bytes;
    for (std::int64_t k = rng.below(4); k >= 0; --k)
      damaged[rng.below(static_cast<std::int64_t>(damaged.size()))] = static_cast<char>(rng.below(256));
    stillRead += readGraph(damaged) ? 1 : 0;
  }
  EXPECT_GT(stillRead, 0);       // most bytes are weights
  EXPECT_LT(stillRead, 20'000);  // and lengths are noticed
}

TEST(ReadGraph, OtherFormatsAreNotModels) {
  EXPECT_FALSE(readGraph(""));
  EXPECT_FALSE(readGraph("this is a text file and not a model at all\n"));
  EXPECT_FALSE(readGraph(std::string("\xFF\xD8\xFF\xE0", 4)));
  EXPECT_FALSE(readGraph(std::string(1000, '\0')));
  EXPECT_FALSE(readGraph(std::string("\x08\x06", 2)));  // a version and no graph
}

}  // namespace
}  // namespace discern::onnx
