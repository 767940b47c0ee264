// TorchScript archives and our own checkpoints behind the same interface.
#include <gtest/gtest.h>
#include <torch/script.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/features/base_model.h"
#include "core/networks/checkpoint.h"
#include "tests/core/features/scratch.h"
#include "tests/core/features/torch_faces.h"

namespace discern::features {
namespace {

Recipe sized(int size) {
  Recipe recipe = findRecipe("insightface");
  recipe.size = size;
  return recipe;
}

// Saves a module with this body of forward(self, x) and a seeded 3 -> 5 channel weight.
std::string script(const Scratch& scratch, const std::string& name, const std::string& body) {
  torch::manual_seed(3);
  torch::jit::Module module("tiny");
  module.register_parameter("weight", torch::randn({5, 3, 3, 3}), false);
  module.define("def forward(self, x):\n" + body);
  module.save(scratch.path(name));
  return scratch.path(name);
}

const char* const kPooled = "  return torch.conv2d(x, self.weight).relu().mean([2, 3])\n";

// To float32's precision at the size of the largest number: LibTorch 2.6 adds in another order for another
// number of faces, and an untrained network's outputs reach 1,000.
void expectEqual(const data::Matrix& features, const torch::Tensor& truth) {
  const double tolerance = 2e-5 * std::max(1.0F, truth.abs().max().item<float>());
  ASSERT_EQ(features.rows, truth.size(0));
  ASSERT_EQ(features.cols, truth.size(1));
  for (std::int64_t i = 0; i < features.rows; ++i)
    for (std::int64_t c = 0; c < features.cols; ++c)
      ASSERT_NEAR(features.row(i)[c], truth[i][c].item<float>(), tolerance) << i << " " << c;
}

std::string openingError(const std::string& model, const Recipe& recipe) {
  try {
    openBaseModel(model, recipe);
  } catch (const Error& e) {
    return e.what();
  }
  ADD_FAILURE() << model << " was opened";
  return {};
}

TEST(TorchScriptModel, GivesWhatTheModuleGives) {
  const Scratch scratch;
  const std::string file = script(scratch, "tiny.onnx", kPooled);  // the extension does not matter
  const auto model = openBaseModel(file, sized(12));
  EXPECT_EQ(model->dims(), 5);
  const std::vector<cv::Mat> faces = someFaces(12, 11);
  torch::jit::Module module = torch::jit::load(file);
  expectEqual(model->extract(faces), module.forward({blobOf(faces)}).toTensor());
}

TEST(TorchScriptModel, DoesNotDependOnTheNumberOfThreads) {
  const Scratch scratch;
  const auto model = openBaseModel(script(scratch, "tiny.pt", kPooled), sized(12));
  const std::vector<cv::Mat> faces = someFaces(12, 30);
  setThreadCount(1);
  const data::Matrix one = model->extract(faces);
  setThreadCount(4);
  const data::Matrix four = model->extract(faces);
  setThreadCount(0);
  EXPECT_EQ(one.values, four.values);
}

TEST(TorchScriptModel, TuplesAndDictionaries) {
  const Scratch scratch;
  const std::string tuple = script(scratch, "tuple.pt",
                                   "  y = torch.conv2d(x, self.weight).mean([2, 3])\n"
                                   "  return (y[:, :3], y)\n");
  Recipe recipe = sized(10);
  EXPECT_EQ(openBaseModel(tuple, recipe)->dims(), 5);
  recipe.outputLayer = "0";
  EXPECT_EQ(openBaseModel(tuple, recipe)->dims(), 3);
  const std::string dictionary = script(scratch, "dictionary.pt",
                                        "  y = torch.conv2d(x, self.weight).mean([2, 3])\n"
                                        "  return {'feature': y, 'half': y[:, :2]}\n");
  recipe.outputLayer = "half";
  EXPECT_EQ(openBaseModel(dictionary, recipe)->dims(), 2);
  recipe.outputLayer = "absent";
  EXPECT_NE(openingError(dictionary, recipe).find("absent"), std::string::npos);
}

TEST(TorchScriptModel, RefusesWhatIsNoVectorAnImage) {
  const Scratch scratch;
  const std::string image =
      openingError(script(scratch, "image.pt", "  return torch.conv2d(x, self.weight)\n"), sized(10));
  EXPECT_NE(image.find("1 x 5 x 8 x 8"), std::string::npos) << image;
  const std::string pooled = openingError(
      script(scratch, "mean.pt", "  return torch.conv2d(x, self.weight).mean([0, 2, 3])\n"), sized(10));
  EXPECT_NE(pooled.find("two images is 5"), std::string::npos) << pooled;
  const std::string fixed = openingError(
      script(scratch, "fixed.pt", "  return torch.matmul(x.flatten(1), torch.ones([300, 4]))\n"), sized(12));
  EXPECT_NE(fixed.find("12 x 12"), std::string::npos) << fixed;
}

TEST(TorchScriptModel, HalfAndDoublePrecisionAreFedAsTheyNeedIt) {
  const Scratch scratch;
  const std::vector<cv::Mat> faces = someFaces(12, 6);
  torch::jit::Module module = torch::jit::load(script(scratch, "single.pt", kPooled));
  const auto truth = module.forward({blobOf(faces)}).toTensor();
  module.to(at::kDouble);
  module.save(scratch.path("double.pt"));
  expectEqual(openBaseModel(scratch.path("double.pt"), sized(12))->extract(faces), truth);
  module.to(at::kHalf);
  module.save(scratch.path("half.pt"));
  module.to(at::kFloat);  // the weights as they were rounded
  expectEqual(openBaseModel(scratch.path("half.pt"), sized(12))->extract(faces),
              module.forward({blobOf(faces)}).toTensor());
}

TEST(TorchScriptModel, OneThatWasTracedForOneImageIsFedOneByOne) {
  const Scratch scratch;
  const std::vector<cv::Mat> faces = someFaces(12, 7);
  const auto truth =
      torch::jit::load(script(scratch, "free.pt", kPooled)).forward({blobOf(faces)}).toTensor();
  const std::string fixed = script(
      scratch, "fixed.pt", "  return torch.conv2d(x, self.weight).relu().mean([2, 3]).reshape([1, 5])\n");
  expectEqual(openBaseModel(fixed, sized(12))->extract(faces), truth);
}

TEST(TorchScriptModel, RandomFeaturesAreRefusedAtOpening) {
  const Scratch scratch;
  const std::string problem =
      openingError(script(scratch, "random.pt",
                          "  return torch.dropout(torch.conv2d(x, self.weight).flatten(1), 0.5, True)\n"),
                   sized(12));
  EXPECT_NE(problem.find("random.pt: gives the same face another feature the second time"), std::string::npos)
      << problem;
  const std::string constant =
      openingError(script(scratch, "constant.pt", "  return torch.ones([x.size(0), 9])\n"), sized(12));
  EXPECT_NE(constant.find("constant.pt: gives every face the same feature"), std::string::npos) << constant;
}

TEST(TorchScriptModel, WeightsOfAnEarlyTorchSaveSayWhatTheyAre) {
  const Scratch scratch;
  const std::string start("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19\x2e\x80\x02", 17);
  const std::string problem = openingError(scratch.write("weights.pth", start), sized(12));
  EXPECT_NE(problem.find("weights.pth: is what torch.save wrote before PyTorch 1.6"), std::string::npos)
      << problem;
}

TEST(TorchScriptModel, DamagedArchives) {
  const Scratch scratch;
  const std::string bytes = readFile(script(scratch, "whole.pt", kPooled));
  for (const double share : {0.1, 0.5, 0.9, 0.99}) {
    const auto length = static_cast<std::size_t>(share * static_cast<double>(bytes.size()));
    const std::string message = openingError(scratch.write("cut.pt", bytes.substr(0, length)), sized(12));
    EXPECT_NE(message.find("cut.pt"), std::string::npos) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
  EXPECT_FALSE(openingError(scratch.write("zip.pt", "PK\x03\x04 nothing more"), sized(12)).empty());
}

TEST(NativeModel, GivesWhatTheNetworkGives) {
  const Scratch scratch;
  networks::NetworkOptions options;
  options.width = 0.25;
  options.dims = 32;
  const auto network = networks::makeNetwork("mobilefacenet", options);
  network->eval();
  networks::saveCheckpoint(scratch.path("base.pt"), *network, "mobilefacenet", options);
  const auto model = openBaseModel(scratch.path("base.pt"), sized(112));
  EXPECT_EQ(model->dims(), 32);
  EXPECT_GT(model->macs(), 1e6);
  const std::vector<cv::Mat> faces = someFaces(112, 5);
  const torch::NoGradGuard noGradients;
  expectEqual(model->extract(faces), network->forward(blobOf(faces)));

  EXPECT_NE(openingError(scratch.path("base.pt"), sized(96)).find("112"), std::string::npos);
  EXPECT_NE(openingError(scratch.path("base.pt"), findRecipe("magface")).find("magface"), std::string::npos);
}

TEST(NativeModel, ANetworkThatPredictsScoresIsNoBaseModel) {
  const Scratch scratch;
  networks::NetworkOptions options;
  options.size = 32;
  const auto network = networks::makeNetwork("ddnet-r18", options);
  networks::saveCheckpoint(scratch.path("ddnet.pt"), *network, "ddnet-r18", options);
  EXPECT_NE(openingError(scratch.path("ddnet.pt"), sized(32)).find("ddnet"), std::string::npos);
}

}  // namespace
}  // namespace discern::features
