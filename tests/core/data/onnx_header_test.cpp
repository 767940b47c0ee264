// The header reader sees arbitrary bytes before anybody else does.
#include "core/data/onnx_header.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/files.h"
#include "core/base/rng.h"

namespace discern::data {
namespace {

std::string golden(const std::string& name) {
  return (std::filesystem::path(DISCERN_SOURCE_DIR) / "tests/golden" / name).string();
}

TEST(OnnxHeader, ReadsInputsAndOutputs) {
  const auto header = readOnnxHeader(readFile(golden("tiny.onnx")));
  ASSERT_TRUE(header);
  ASSERT_EQ(header->inputs.size(), 1U);
  EXPECT_EQ(header->inputs[0].name, "input");
  EXPECT_EQ(header->inputs[0].shape, (std::vector<std::int64_t>{1, 3, 8, 8}));
  ASSERT_EQ(header->outputs.size(), 1U);
  EXPECT_EQ(header->outputs[0].name, "feature");
}

TEST(OnnxHeader, NoPrefixOfAModelIsAModel) {
  const std::string bytes = readFile(golden("tiny.onnx"));
  // The last field (the opset) may be missing; anything shorter cuts the graph.
  const std::size_t graphEnd = bytes.size() - 6;
  for (std::size_t n = 0; n < graphEnd; ++n)
    EXPECT_FALSE(readOnnxHeader(std::string_view(bytes).substr(0, n))) << n;
}

TEST(OnnxHeader, SurvivesDamage) {
  const std::string bytes = readFile(golden("tiny.onnx"));
  Rng rng(11);
  int stillRead = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string damaged = bytes;
    for (std::int64_t k = rng.below(4); k >= 0; --k)
      damaged[rng.below(static_cast<std::int64_t>(damaged.size()))] = static_cast<char>(rng.below(256));
    stillRead += readOnnxHeader(damaged) ? 1 : 0;
  }
  EXPECT_GT(stillRead, 0);       // most bytes are weights
  EXPECT_LT(stillRead, 20'000);  // and lengths are noticed
}

TEST(OnnxHeader, OtherFormatsAreNotModels) {
  EXPECT_FALSE(readOnnxHeader(""));
  EXPECT_FALSE(readOnnxHeader("this is a text file and not a model at all\n"));
  EXPECT_FALSE(readOnnxHeader(std::string("\xFF\xD8\xFF\xE0", 4)));
  EXPECT_FALSE(readOnnxHeader(std::string(1000, '\0')));
  EXPECT_FALSE(readOnnxHeader(std::string("\x08\x06", 2)));  // a version and no graph
}

}  // namespace
}  // namespace discern::data
