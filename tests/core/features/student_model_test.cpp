// Students, networks with another recipe, and ensembles as base models.
#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/features/base_model.h"
#include "core/features/internal/torch_memory.h"
#include "core/networks/checkpoint.h"
#include "core/networks/student.h"
#include "core/networks/student_engine.h"
#include "tests/core/features/scratch.h"
#include "tests/core/features/torch_faces.h"

namespace discern::features {
namespace {

using networks::NetworkOptions;

std::string errorOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& e) {
    return e.what();
  }
  return {};
}

// Saves a network under `name` with statistics that are not the initial ones.
std::string saved(const Scratch& scratch, const std::string& name, const std::string& architecture,
                  const NetworkOptions& options, const std::string& extra = "{}") {
  const auto network = networks::makeNetwork(architecture, options);
  torch::NoGradGuard guard;
  torch::manual_seed(1);
  for (auto& item : network->named_buffers())
    if (item.key().ends_with("running_mean")) item.value().normal_(0, 0.1);
  networks::saveCheckpoint(scratch.path(name), *network, architecture, options, extra);
  return scratch.path(name);
}

TEST(StudentModel, BothLayersAsTheTrainingNetworkGivesThem) {
  const Scratch scratch;
  const auto file = saved(scratch, "s.pt", "student", {.size = 16, .dims = 48, .identityDims = 20});
  const auto loaded = networks::loadCheckpoint(file);
  auto& student = dynamic_cast<networks::Student&>(*loaded.network);
  const auto faces = someFaces(16, 37);
  const torch::NoGradGuard noGradients;
  for (const std::string layer : {"", "identity", "mimic"}) {
    Recipe recipe = findRecipe("insightface");
    recipe.outputLayer = layer;
    const auto model = openBaseModel(file, recipe);
    EXPECT_EQ(model->recipe().size, 16);  // its own, not the recipe's 112
    EXPECT_EQ(model->dims(), layer == "mimic" ? 48 : 20);
    const auto mimic = student.mimic(blobOf(faces));
    const auto truth = layer == "mimic" ? mimic : student.identity(mimic);
    const auto features = model->extract(faces);
    ASSERT_EQ(features.cols, truth.size(1));
    for (std::int64_t i = 0; i < features.rows; ++i)
      for (std::int64_t c = 0; c < features.cols; ++c)
        ASSERT_NEAR(features.row(i)[static_cast<std::size_t>(c)], truth[i][c].item<float>(), 1e-5);
    EXPECT_GT(model->macs(), 1.5e6);
  }
  Recipe mimic = findRecipe("insightface");
  mimic.outputLayer = "mimic";
  EXPECT_EQ(openBaseModel(file, findRecipe("insightface"))->macs() - openBaseModel(file, mimic)->macs(),
            48 * 20);
}

TEST(StudentModel, DoesNotDependOnTheNumberOfThreads) {
  const Scratch scratch;
  const auto model =
      openBaseModel(saved(scratch, "s.pt", "student", {.size = 32, .dims = 24}), findRecipe("insightface"));
  const auto faces = someFaces(32, 70);
  setThreadCount(1);
  const auto one = model->extract(faces);
  setThreadCount(4);
  const auto four = model->extract(faces);
  setThreadCount(0);
  EXPECT_EQ(one.values, four.values);
}

TEST(TensorBytes, AreTheMostThatIsHeldAtATime) {
  EXPECT_EQ(peakTensorBytes([] {
              auto a = torch::empty({1000});  // 4,000 bytes
              const auto b = torch::empty({500});
              a = torch::Tensor();
              const auto c = torch::empty({700});  // 2,000 and 2,800 now
            }),
            6000);
  const auto kept = torch::empty({1000});
  EXPECT_EQ(peakTensorBytes([] {}), 0) << "what was there before does not count";
}

TEST(RunMemory, OfAStudentIsWhatItsEngineSays) {
  const Scratch scratch;
  const auto file = saved(scratch, "s.pt", "student", {.size = 16, .dims = 48, .identityDims = 20});
  const auto loaded = networks::loadCheckpoint(file);
  const networks::StudentEngine engine(dynamic_cast<networks::Student&>(*loaded.network).weights(),
                                       networks::StudentOutput::Identity);
  const auto model = openBaseModel(file, findRecipe("insightface"));
  setThreadCount(1);
  for (const std::int64_t faces : {1, 16, 64}) {  // sixteen of them at a time
    EXPECT_EQ(model->memory(faces).weights, static_cast<double>(engine.weightBytes()));
    EXPECT_EQ(model->memory(faces).workspace,
              static_cast<double>(engine.workspaceBytes(std::min<std::int64_t>(faces, 16))));
  }
  setThreadCount(2);
  EXPECT_EQ(model->memory(64).workspace, 2.0 * static_cast<double>(engine.workspaceBytes(16)));
  setThreadCount(0);
}

// MobileFaceNet's widest moment: the 64 planes of 56 x 56 of the first layers, one map in and one out.
TEST(RunMemory, OfANetworkCoversItsNumbersAndItsLargestMaps) {
  const Scratch scratch;
  const auto file = saved(scratch, "m.pt", "mobilefacenet", {.size = 112, .dims = 16});
  const auto loaded = networks::loadCheckpoint(file);
  double numbers = 0;
  for (const auto& [name, tensor] : networks::namedTensors(*loaded.network)) numbers += tensor.nbytes();
  const auto model = openBaseModel(file, findRecipe("insightface"));
  setThreadCount(1);
  const auto one = model->memory(1), four = model->memory(4), eight = model->memory(8);
  setThreadCount(0);
  EXPECT_EQ(one.weights, numbers);
  constexpr double kMap = 64 * 56 * 56 * 4;
  EXPECT_GE(one.workspace, 2 * kMap);
  EXPECT_LT(one.workspace, 8 * kMap);
  EXPECT_NEAR(four.workspace / one.workspace, 4, 0.5);
  EXPECT_EQ(eight.workspace, four.workspace) << "four faces at a time";
}

TEST(RunMemory, OfAModelInAProcessOfItsOwnIsCountedThere) {
  Recipe small = findRecipe("insightface");
  small.size = 8;
  const auto model = openBaseModel(golden("tiny.onnx"), small);
  const auto memory = model->memory(1);
  EXPECT_GE(memory.weights, 4 * model->parameters());
  EXPECT_LT(memory.weights, 64 + 8 * model->parameters());
  EXPECT_GT(memory.workspace, 0);
  EXPECT_EQ(model->extract({cv::Mat(8, 8, CV_8UC3, cv::Scalar(1, 2, 3))}).rows, 1) << "it goes on";
}

TEST(StudentModel, WrongUseIsExplained) {
  const Scratch scratch;
  const auto file = saved(scratch, "s.pt", "student", {.size = 16, .dims = 24});
  Recipe recipe = findRecipe("insightface");
  recipe.outputLayer = "fc7";
  EXPECT_NE(errorOf([&] { openBaseModel(file, recipe); }).find("mimic and identity"), std::string::npos);
  EXPECT_NE(errorOf([&] { openBaseModel(file, findRecipe("magface")); }).find("magface"), std::string::npos);
  const auto model = openBaseModel(file, findRecipe("insightface"));
  EXPECT_NE(errorOf([&] { model->extract(someFaces(112, 1)); }).find("112"), std::string::npos);
}

TEST(NativeModel, TakesTheRecipeItWasMadeFor) {
  const Scratch scratch;
  const auto file = saved(scratch, "m.pt", "mobilefacenet", {.size = 160, .width = 0.25, .dims = 16},
                          R"({"recipe": "facenet"})");
  EXPECT_EQ(openBaseModel(file, findRecipe("facenet"))->dims(), 16);
  Recipe other = findRecipe("insightface");
  other.size = 160;
  EXPECT_NE(errorOf([&] { openBaseModel(file, other); }).find("takes the recipe facenet"), std::string::npos);
}

double normOf(std::span<const float> values) {
  double sum = 0;
  for (const float value : values) sum += static_cast<double>(value) * value;
  return std::sqrt(sum);
}

TEST(EnsembleModel, UnitFeaturesOneBehindTheOther) {
  const Scratch scratch;
  const auto small = saved(scratch, "a.pt", "student", {.size = 16, .dims = 24, .identityDims = 8});
  const auto large = saved(scratch, "b@c.pt", "mobilefacenet", {.size = 48, .width = 0.25, .dims = 16});
  Recipe recipe = findRecipe("insightface");
  recipe.size = 48;
  const auto both = openBaseModel("ensemble:" + small + "," + large, recipe);
  EXPECT_EQ(both->dims(), 24);
  EXPECT_EQ(both->recipe().size, 48);
  EXPECT_EQ(both->recipe().name, "ensemble");
  const auto a = openBaseModel(small, recipe), b = openBaseModel(large, recipe);
  EXPECT_DOUBLE_EQ(both->macs(), a->macs() + b->macs());
  const auto faces = someFaces(48, 9);
  std::vector<cv::Mat> shrunk(9);
  for (std::size_t i = 0; i < 9; ++i) cv::resize(faces[i], shrunk[i], {16, 16}, 0, 0, cv::INTER_AREA);
  const auto features = both->extract(faces), first = a->extract(shrunk), second = b->extract(faces);
  for (std::int64_t i = 0; i < 9; ++i) {
    for (std::size_t c = 0; c < 8; ++c)
      EXPECT_NEAR(features.row(i)[c], first.row(i)[c] / normOf(first.row(i)), 1e-6);
    for (std::size_t c = 0; c < 16; ++c)
      EXPECT_NEAR(features.row(i)[8 + c], second.row(i)[c] / normOf(second.row(i)), 1e-6);
  }
}

TEST(EnsembleModel, MembersMayHaveARecipeOfTheirOwn) {
  const Scratch scratch;
  const auto a = saved(scratch, "a.pt", "student", {.size = 16, .dims = 24, .identityDims = 8});
  const auto b = saved(scratch, "b.pt", "mobilefacenet", {.size = 160, .width = 0.25, .dims = 16},
                       R"({"recipe": "facenet"})");
  const auto recipe = findRecipe("insightface");
  EXPECT_EQ(openBaseModel("ensemble:" + a + "," + b + "@facenet", recipe)->recipe().size, 160);
  EXPECT_NE(errorOf([&] { openBaseModel("ensemble:" + a + "," + b, recipe); }).find("facenet"),
            std::string::npos);
  EXPECT_NE(errorOf([&] { openBaseModel("ensemble:" + a, recipe); }).find("two members"), std::string::npos);
  EXPECT_NE(errorOf([&] { openBaseModel("ensemble:" + a + ",,", recipe); }).find("each member"),
            std::string::npos);
  EXPECT_NE(errorOf([&] { openBaseModel("ensemble:" + a + "," + a + "@nope", recipe); }).find("nope"),
            std::string::npos);
  EXPECT_NE(errorOf([&] { openBaseModel("ensemble:" + a + ",/missing.onnx", recipe); }).find("/missing.onnx"),
            std::string::npos);
}

}  // namespace
}  // namespace discern::features
