// The published teachers against the same networks written in NumPy (tests/golden/teachers_golden.py).
#include "core/networks/teachers.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/core/networks/golden_weights.h"

namespace discern::networks {
namespace {

void expectGolden(const std::string& name, Network& network, int size, std::int64_t dims) {
  fill(network);
  network.eval();
  torch::NoGradGuard guard;
  const auto output = network.forward(noise("input", {3, size, size}).unsqueeze(0));
  ASSERT_EQ(output.sizes(), (std::vector<std::int64_t>{1, dims}));
  const auto golden = goldenOf("teachers.csv", name);
  ASSERT_EQ(golden.size(), 17U);
  const double norm = golden[0];
  EXPECT_NEAR(output.norm().item<double>() / norm, 1, 1e-4);
  for (int i = 0; i < 16; ++i)
    EXPECT_NEAR(output[0][i].item<double>(), golden[static_cast<std::size_t>(i) + 1], 1e-4 * norm)
        << name << " " << i;
}

TEST(Teachers, VggFaceAsInNumPy) {
  VggFace narrow(224, 8, 32);
  expectGolden("vggface", narrow, 224, 32);
}

TEST(Teachers, FaceNetAsInNumPy) {
  FaceNet network;
  expectGolden("facenet", network, 160, 512);
}

TEST(Teachers, VggFace2AsInNumPy) {
  VggFace2 network;
  expectGolden("vggface2", network, 224, 2048);
}

TEST(Teachers, PublishedSizesWithoutTheirClassifiers) {
  // facenet-pytorch: 27,910,327 with 8,631 classes. torchvision: 25,557,032 (ResNet-50) and 138,357,544
  // (VGG-16) with 1,000.
  EXPECT_EQ(parametersOf(FaceNet()), 27910327 - 8631 * 513);
  EXPECT_EQ(parametersOf(VggFace2()), 25557032 - 1000 * 2049);
  EXPECT_EQ(parametersOf(VggFace()), 138357544 - 1000 * 4097);
}

// Weights of a ResNet-50 whose first stage is `w` wide, without a classifier: kernels and two numbers of
// batch norm for each channel.
std::int64_t resnet50Weights(std::int64_t w) {
  const auto layer = [](std::int64_t in, std::int64_t out, std::int64_t kernel) {
    return in * out * kernel * kernel + 2 * out;
  };
  std::int64_t sum = layer(3, w, 7), in = w;
  const std::int64_t blocks[] = {3, 4, 6, 3};
  for (int stage = 0; stage < 4; ++stage) {
    const std::int64_t inner = w << stage;
    for (int i = 0; i < blocks[stage]; ++i) {
      sum += layer(in, inner, 1) + layer(inner, inner, 3) + layer(inner, 4 * inner, 1);
      if (i == 0) sum += layer(in, 4 * inner, 1);
      in = 4 * inner;
    }
  }
  return sum;
}

TEST(Teachers, ResNet50OfAnyWidthTakesUprightPersons) {
  EXPECT_EQ(resnet50Weights(64), 25557032 - 1000 * 2049) << "the published one";
  for (const double width : {1.0, 0.25}) {
    const auto network = makeNetwork("resnet50", {.size = 32, .width = width, .dims = 24, .height = 64});
    const auto w = static_cast<std::int64_t>(64 * width);
    EXPECT_EQ(parametersOf(*network), resnet50Weights(w) + (32 * w + 1) * 24 + 2 * 24) << width;
    network->train();
    const auto feature = network->forward(torch::rand({3, 3, 64, 32}));
    ASSERT_EQ(feature.sizes(), (std::vector<std::int64_t>{3, 24}));
    (feature * torch::arange(72).reshape({3, 24}).sin()).sum().backward();
    for (const auto& parameter : network->named_parameters())
      if (parameter.value().requires_grad()) {
        EXPECT_TRUE(torch::isfinite(parameter.value().grad()).all().item<bool>()) << parameter.key();
      }
    EXPECT_GT(network->parameters()[0].grad().abs().sum().item<double>(), 0);
  }
}

TEST(Teachers, SizesAndDimsAreTheirOwn) {
  const auto messageOf = [](const char* name, const NetworkOptions& options) -> std::string {
    try {
      makeNetwork(name, options);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_NE(messageOf("vggface", {.size = 112, .dims = 4096}).find("224 px"), std::string::npos);
  EXPECT_NE(messageOf("vggface2", {.size = 224, .dims = 512}).find("has 2048"), std::string::npos);
  EXPECT_NE(messageOf("facenet", {.size = 64, .dims = 512}).find("96 px"), std::string::npos);
  EXPECT_EQ(usualOptions("vggface").dims, 4096);
  EXPECT_EQ(usualOptions("vggface").size, 224);
  EXPECT_EQ(networkRecipe("vggface2"), "vggface2");
  EXPECT_EQ(networkRecipe("iresnet18"), "insightface");
}

}  // namespace
}  // namespace discern::networks
