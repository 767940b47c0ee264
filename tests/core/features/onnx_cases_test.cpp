// Recognisers as people have them, as ONNX files in a process of their own: what was met in the field
// (../shared/cases has more of it), each against values worked out here.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/features/base_model.h"
#include "tests/core/features/onnx/small_graph.h"
#include "tests/core/features/scratch.h"

namespace discern::features {
namespace {

using onnx::SmallGraph;
constexpr int kSize = 8;
constexpr std::int64_t kPixels = 3 * kSize * kSize;

Recipe plain() {
  Recipe recipe = findRecipe("sface");
  recipe.size = kSize;
  return recipe;
}

// The pixels of a face as the model gets them.
std::vector<float> pixels(const cv::Mat& face) {
  std::vector<float> values;
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < kSize; ++y)
      for (int x = 0; x < kSize; ++x) values.push_back(face.ptr<unsigned char>(y)[3 * x + 2 - c]);
  return values;
}

std::vector<float> weights(std::int64_t count, float scale = 0.01F) {
  std::vector<float> values;
  for (std::int64_t i = 0; i < count; ++i)
    values.push_back(scale * static_cast<float>((i * 37 + i * i % 101) % 41 - 20));
  return values;
}

SmallGraph flat(int opset = 13) {
  SmallGraph small(opset);
  small.input("image", {-1, 3, kSize, kSize}).node("Flatten", {"image"}, {"q"});
  return small;
}

struct Opened {
  std::unique_ptr<BaseModel> model;
  data::Matrix features;
  std::vector<std::string> notes;
};
Opened opened(const Scratch& scratch, const SmallGraph& small, const Recipe& recipe = plain()) {
  Opened result{openBaseModel(scratch.write("small.onnx", small.bytes()), recipe), {}, {}};
  result.notes = result.model->takeNotes();
  result.features =
      result.model->extract({formulaFace(kSize), formulaFace(kSize, 60), formulaFace(kSize, 130)});
  return result;
}

std::string problemOf(const Scratch& scratch, const SmallGraph& small, const Recipe& recipe = plain()) {
  try {
    openBaseModel(scratch.write("small.onnx", small.bytes()), recipe);
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

// truth(pixels) for each of the three faces.
template <typename Truth>
void expectFeatures(const Opened& got, const Truth& truth) {
  const int shifts[] = {0, 60, 130};
  for (int i = 0; i < 3; ++i) {
    const std::vector<double> expected = truth(pixels(formulaFace(kSize, shifts[i])));
    ASSERT_EQ(got.model->dims(), static_cast<int>(expected.size()));
    double largest = 1e-6;
    for (const double value : expected) largest = std::max(largest, std::abs(value));
    for (std::size_t k = 0; k < expected.size(); ++k)
      EXPECT_NEAR(got.features.row(i)[k], expected[k], 1e-5 * largest) << i << " " << k;
  }
}

// q W, W of kPixels x columns.
std::vector<double> product(const std::vector<float>& q, const std::vector<float>& w, std::int64_t columns) {
  std::vector<double> out(static_cast<std::size_t>(columns), 0);
  for (std::size_t k = 0; k < q.size(); ++k)
    for (std::int64_t c = 0; c < columns; ++c) out[c] += static_cast<double>(q[k]) * w[k * columns + c];
  return out;
}

TEST(OnnxCases, AGemmWithoutTransBMultipliesByWhatIsThere) {
  const Scratch scratch;
  for (const std::int64_t columns : {kPixels, std::int64_t{32}}) {
    const auto w = weights(kPixels * columns);
    SmallGraph small = flat();
    small.constant("w", {kPixels, columns}, w).node("Gemm", {"q", "w"}, {"feature"}).output("feature");
    expectFeatures(opened(scratch, small), [&](const auto& q) { return product(q, w, columns); });
  }
}

TEST(OnnxCases, AlphaAndBetaCount) {
  const Scratch scratch;
  const auto w = weights(kPixels * 70), b = weights(70, 100);
  SmallGraph small = flat();
  small.constant("w", {kPixels, 70}, w)
      .constant("b", {70}, b)
      .node("Gemm", {"q", "w", "b"}, {"feature"})
      .set("alpha", 0.5)
      .set("beta", 2.0)
      .output("feature");
  expectFeatures(opened(scratch, small), [&](const auto& q) {
    auto out = product(q, w, 70);
    for (std::size_t k = 0; k < out.size(); ++k) out[k] = 0.5 * out[k] + 2.0 * b[k];
    return out;
  });
}

TEST(OnnxCases, PaddingIsCountedByTheAttributeAlone) {
  const Scratch scratch;
  for (const std::int64_t counted : {0, 1}) {
    SmallGraph small;
    small.input("image", {-1, 3, kSize, kSize})
        .node("AveragePool", {"image"}, {"p"})
        .set("kernel_shape", std::vector<std::int64_t>{3, 3})
        .set("strides", std::vector<std::int64_t>{2, 2})
        .set("pads", std::vector<std::int64_t>{1, 1, 1, 1})
        .set("count_include_pad", counted)
        .node("Flatten", {"p"}, {"feature"})
        .output("feature");
    expectFeatures(opened(scratch, small), [&](const auto& q) {
      std::vector<double> out;
      for (int c = 0; c < 3; ++c)
        for (int y = 0; y < kSize; y += 2)
          for (int x = 0; x < kSize; x += 2) {
            double sum = 0;
            int there = 0;
            for (int v = std::max(0, y - 1); v <= y + 1; ++v)
              for (int u = std::max(0, x - 1); u <= x + 1; ++u, ++there)
                sum += q[(c * kSize + v) * kSize + u];
            out.push_back(sum / (counted != 0 ? 9 : there));
          }
      return out;
    });
  }
}

TEST(OnnxCases, HalfPrecisionIsComputedInSingle) {
  const Scratch scratch;
  // 0x3C00 is 1, 0xB800 -0.5, 0x2E66 0.0999755859375: one filter for each channel, of one pixel.
  SmallGraph small;
  small.input("image", {-1, 3, kSize, kSize}, 10)
      .halves("w", {3, 1, 1, 1}, {0x3C00, 0xB800, 0x2E66})
      .node("Conv", {"image", "w"}, {"c"})
      .set("group", std::int64_t{3})
      .node("Flatten", {"c"}, {"feature"})
      .output("feature");
  expectFeatures(opened(scratch, small), [&](const auto& q) {
    std::vector<double> out;
    for (std::size_t i = 0; i < q.size(); ++i)
      out.push_back(q[i] * (i < 64 ? 1 : i < 128 ? -0.5 : 0.0999755859375));
    return out;
  });
}

TEST(OnnxCases, FeaturesThatAreNormalisedInside) {
  const Scratch scratch;
  SmallGraph small = flat();
  small.node("LpNormalization", {"q"}, {"feature"})
      .set("axis", std::int64_t{1})
      .set("p", std::int64_t{2})
      .output("feature");
  expectFeatures(opened(scratch, small), [&](const auto& q) {
    double squares = 0;
    for (const float v : q) squares += static_cast<double>(v) * v;
    std::vector<double> out;
    for (const float v : q) out.push_back(v / std::sqrt(squares));
    return out;
  });
}

TEST(OnnxCases, LimitsThatComeAsInputs) {
  const Scratch scratch;
  SmallGraph small = flat();
  small.constant("low", {}, {30})
      .constant("high", {}, {200})
      .node("Clip", {"q", "low", "high"}, {"feature"})
      .output("feature");
  expectFeatures(opened(scratch, small), [&](const auto& q) {
    std::vector<double> out;
    for (const float v : q) out.push_back(std::clamp(v, 30.F, 200.F));
    return out;
  });
}

TEST(OnnxCases, WeightsInAFileBesideTheModel) {
  const Scratch scratch;
  const auto w = weights(kPixels * 70);
  std::string file(8, '\0');
  file.append(reinterpret_cast<const char*>(w.data()), w.size() * sizeof(float));
  scratch.write("weights.bin", file);
  const auto bytes = static_cast<std::int64_t>(w.size() * sizeof(float));
  const auto model = [&](const std::string& name, std::int64_t offset, std::int64_t length) {
    SmallGraph small = flat();
    small.external("w", {kPixels, 70}, name, offset, length)
        .node("Gemm", {"q", "w"}, {"feature"})
        .output("feature");
    return small;
  };
  expectFeatures(opened(scratch, model("weights.bin", 8, bytes)),
                 [&](const auto& q) { return product(q, w, 70); });
  const auto before = hashOfModel(scratch.path("small.onnx"));
  file.back() = static_cast<char>(file.back() ^ 1);
  scratch.write("weights.bin", file);
  EXPECT_NE(hashOfModel(scratch.path("small.onnx")), before);

  EXPECT_NE(problemOf(scratch, model("weights.bin", 9, bytes)).find("truncated"), std::string::npos);
  EXPECT_NE(problemOf(scratch, model("weights.bin", 0, 12)).find("more or fewer bytes"), std::string::npos);
  EXPECT_NE(problemOf(scratch, model("absent.bin", 0, bytes)).find("absent.bin, which is not beside it"),
            std::string::npos);
  for (const std::string outside : {"/etc/passwd", "../weights.bin", "a/../../b"})
    EXPECT_NE(problemOf(scratch, model(outside, 0, bytes)).find("outside of its folder"), std::string::npos)
        << outside;
  std::filesystem::create_symlink("/etc/passwd", scratch.path("link.bin"));
  EXPECT_NE(problemOf(scratch, model("link.bin", 0, bytes)).find("outside of its folder"), std::string::npos);
  std::filesystem::create_directory(scratch.path("folder"));
  EXPECT_NE(problemOf(scratch, model("folder", 0, bytes)).find("folder"), std::string::npos);
}

TEST(OnnxCases, AShapeThatWasWrittenDownForOneImageIsFedOneByOne) {
  const Scratch scratch;
  const auto w = weights(kPixels * 70);
  SmallGraph small;
  small.input("image", {-1, 3, kSize, kSize})
      .integers("s", {1, kPixels})
      .node("Reshape", {"image", "s"}, {"q"})
      .constant("w", {kPixels, 70}, w)
      .node("Gemm", {"q", "w"}, {"feature"})
      .output("feature");
  expectFeatures(opened(scratch, small), [&](const auto& q) { return product(q, w, 70); });
  SmallGraph four;  // or for four
  four.input("image", {4, 3, kSize, kSize})
      .node("Flatten", {"image"}, {"q"})
      .constant("w", {kPixels, 70}, w)
      .node("Gemm", {"q", "w"}, {"feature"})
      .output("feature");
  expectFeatures(opened(scratch, four), [&](const auto& q) { return product(q, w, 70); });
}

// embedding -> logits
SmallGraph classifier(std::int64_t embedding, std::int64_t classes) {
  SmallGraph small = flat();
  small.constant("w", {kPixels, embedding}, weights(kPixels * embedding))
      .node("Gemm", {"q", "w"}, {"embedding"})
      .constant("v", {embedding, classes}, weights(embedding * classes))
      .node("Gemm", {"embedding", "v"}, {"logits"});
  return small;
}

TEST(OnnxCases, OfSeveralOutputsTheFeatureIsTaken) {
  const Scratch scratch;
  const auto w = weights(kPixels * 96);
  const auto truth = [&](const auto& q) { return product(q, w, 96); };
  for (const std::int64_t classes : {50, 500}) {
    SmallGraph both = classifier(96, classes);
    both.output("embedding", {-1, 96}).output("logits", {-1, classes});
    const auto got = opened(scratch, both);
    expectFeatures(got, truth);
    ASSERT_EQ(got.notes.size(), 1U);
    EXPECT_NE(got.notes[0].find("embedding (1 x 96), logits (1 x " + std::to_string(classes)),
              std::string::npos)
        << got.notes[0];
    Recipe recipe = plain();
    recipe.outputLayer = "logits";
    EXPECT_EQ(opened(scratch, both, recipe).model->dims(), classes);
  }
  // Class scores alone: more than features have numbers.
  SmallGraph scores = classifier(96, 5000);
  scores.output("logits", {-1, 5000});
  const auto got = opened(scratch, scores);
  expectFeatures(got, truth);
  ASSERT_EQ(got.notes.size(), 1U);
  EXPECT_NE(got.notes[0].find("looks like class scores"), std::string::npos) << got.notes[0];
}

TEST(OnnxCases, WhereTwoOutputsCouldBeTheFeatureItIsAskedFor) {
  const Scratch scratch;
  SmallGraph small = flat();
  small.constant("w", {kPixels, 96}, weights(kPixels * 96))
      .constant("v", {kPixels, 80}, weights(kPixels * 80, 0.02F))
      .node("Gemm", {"q", "w"}, {"left"})
      .node("Gemm", {"q", "v"}, {"right"})
      .output("left")
      .output("right");
  const auto problem = problemOf(scratch, small);
  EXPECT_NE(problem.find("left (1 x 96), right (1 x 80) could each be the feature"), std::string::npos)
      << problem;
  Recipe recipe = plain();
  recipe.outputLayer = "right";
  EXPECT_EQ(opened(scratch, small, recipe).model->dims(), 80);
}

TEST(OnnxCases, WhatGivesNoFeatureIsRefusedAtOpening) {
  const Scratch scratch;
  SmallGraph constant = flat();
  constant.constant("w", {kPixels, 70}, std::vector<float>(kPixels * 70, 0))
      .constant("b", {70}, weights(70))
      .node("Gemm", {"q", "w", "b"}, {"feature"})
      .output("feature");
  EXPECT_NE(problemOf(scratch, constant).find("gives every face the same feature"), std::string::npos);
  SmallGraph broken = flat();
  broken.node("Neg", {"q"}, {"n"}).node("Log", {"n"}, {"feature"}).output("feature");
  EXPECT_NE(problemOf(scratch, broken).find("gives no finite numbers"), std::string::npos);
  SmallGraph mixing = flat();  // as a batch norm in training mode does
  mixing.node("ReduceMean", {"q"}, {"m"})
      .set("axes", std::vector<std::int64_t>{0})
      .node("Sub", {"q", "m"}, {"d"})
      .node("Add", {"d", "q"}, {"feature"})
      .output("feature");
  EXPECT_NE(problemOf(scratch, mixing).find("another feature when others are beside it"), std::string::npos);
}

TEST(OnnxCases, NotFiniteForSomeFacesAloneIsNoFaultOfTheModel) {
  const Scratch scratch;
  SmallGraph small = flat();  // the logarithm of pixels less 90, which dark faces have none of
  small.constant("b", {}, {90})
      .node("Sub", {"q", "b"}, {"d"})
      .node("ReduceMean", {"d"}, {"m"})
      .set("axes", std::vector<std::int64_t>{1})
      .node("Log", {"m"}, {"l"})
      .node("Mul", {"q", "l"}, {"feature"})
      .output("feature");
  const auto model = openBaseModel(scratch.write("small.onnx", small.bytes()), plain());
  const auto features = model->extract({cv::Mat(kSize, kSize, CV_8UC3, cv::Scalar(20, 20, 20)),
                                        cv::Mat(kSize, kSize, CV_8UC3, cv::Scalar(200, 200, 200))});
  EXPECT_FALSE(data::isFinite(features.row(0)));
  EXPECT_TRUE(data::isFinite(features.row(1)));
}

TEST(OnnxCases, SubtractingAndMultiplyingInsideIsAHint) {
  const Scratch scratch;
  SmallGraph small;
  small.input("image", {-1, 3, kSize, kSize})
      .constant("mean", {}, {127.5F})
      .constant("scale", {}, {0.0078125F})
      .node("Sub", {"image", "mean"}, {"s"})
      .node("Mul", {"s", "scale"}, {"m"})
      .node("Flatten", {"m"}, {"feature"})
      .output("feature");
  Recipe scaled = findRecipe("insightface");
  scaled.size = kSize;
  const auto hinted = opened(scratch, small, scaled);
  ASSERT_EQ(hinted.notes.size(), 1U);
  EXPECT_NE(hinted.notes[0].find("expects pixels from 0 to 255, but the recipe insightface gives -1 to 1"),
            std::string::npos)
      << hinted.notes[0];
  EXPECT_TRUE(opened(scratch, small).notes.empty());
}

}  // namespace
}  // namespace discern::features
