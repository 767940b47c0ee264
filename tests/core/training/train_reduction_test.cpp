#include "core/training/train_reduction.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/networks/checkpoint.h"
#include "tests/core/training/planted_faces.h"

namespace discern::training {
namespace {

// Classes as Gaussian clouds, far from the origin and of a tiny scale, as mimic features may be.
struct Clouds {
  data::Matrix train, test;
  std::vector<int> trainLabel, testLabel;
  int classes;

  Clouds(int classCount, int perClass, int dims, double noise) : classes(classCount) {
    fill(train, trainLabel, perClass, dims, noise, 1);
    fill(test, testLabel, perClass, dims, noise, 2);
  }
  ReductionData data() const { return {train.view(), test.view(), trainLabel, testLabel, classes}; }

 private:
  void fill(data::Matrix& features, std::vector<int>& label, int perClass, int dims, double noise,
            std::uint64_t seed) {
    features = data::Matrix(classes * perClass, dims);
    for (std::int64_t i = 0; i < features.rows; ++i) {
      label.push_back(static_cast<int>(i % classes));
      Rng rng(mixSeed(seed, static_cast<std::uint64_t>(i))),
          centre(mixSeed(77, static_cast<std::uint64_t>(i % classes)));
      for (auto& value : features.row(i))
        value = static_cast<float>(5 + 0.01 * (centre.normal() + noise * rng.normal()));
    }
  }
};

TEST(TrainReduction, FindsPlantedPeople) {
  const Clouds clouds(12, 20, 24, 0.5);
  Listener listener;
  const auto result = trainReduction({.identityDims = 16, .epochs = 30}, clouds.data(), listener.progress());
  EXPECT_LT(result.top1Error, 0.1);  // chance is 0.92
  EXPECT_LE(result.top5Error, result.top1Error);
  EXPECT_GT(result.trainAccuracy, 0.9);
  EXPECT_EQ(listener.losses, 30);
  // The errors are those of the predictions.
  double wrong = 0;
  for (std::size_t i = 0; i < clouds.testLabel.size(); ++i) {
    wrong += result.predictions[i][0] != clouds.testLabel[i] ? 1 : 0;
    EXPECT_EQ(std::set<int>(result.predictions[i].begin(), result.predictions[i].end()).size(), 5U);
  }
  EXPECT_NEAR(result.top1Error, wrong / static_cast<double>(clouds.testLabel.size()), 1e-12);
  const auto again = trainReduction({.identityDims = 16, .epochs = 30}, clouds.data(), listener.progress());
  EXPECT_EQ(again.predictions, result.predictions);
}

TEST(TrainReduction, NoiseIsNotLearnt) {
  const Clouds clouds(10, 20, 8, 1000);
  Progress silent;
  const auto result = trainReduction({.identityDims = 16, .epochs = 5}, clouds.data(), silent);
  EXPECT_NEAR(result.top1Error, 0.9, 0.1);
  EXPECT_NEAR(result.top5Error, 0.5, 0.15);
}

TEST(TrainReduction, StartsFromTheStudentsOwnReduction) {
  const TemporaryFolder folder("discern_reduction");
  const Clouds clouds(6, 10, 24, 0.3);
  const networks::NetworkOptions options{.size = 16, .dims = 24, .identityDims = 10};
  networks::saveCheckpoint(folder / "s", *networks::makeNetwork("student", options), "student", options);
  Progress silent;
  EXPECT_LT(
      trainReduction({.checkpoint = (folder / "s").string(), .epochs = 20}, clouds.data(), silent).top1Error,
      0.1);

  const Clouds wider(6, 4, 30, 0.3);
  EXPECT_NE(errorOf([&] {
              trainReduction({.checkpoint = (folder / "s").string(), .epochs = 1}, wider.data(), silent);
            }).find("mimic layer has 24 dims, the features have 30"),
            std::string::npos);
}

TEST(TrainReduction, BrokenRowsAndFewClasses) {
  Clouds clouds(3, 10, 8, 0.1);
  clouds.train.row(4)[2] = std::numeric_limits<float>::quiet_NaN();
  clouds.test.row(7)[0] = std::numeric_limits<float>::infinity();
  Progress silent;
  const auto result = trainReduction({.identityDims = 8, .epochs = 20}, clouds.data(), silent);
  EXPECT_EQ(result.predictions[7], (std::array<int, 5>{-1, -1, -1, -1, -1}));
  EXPECT_EQ(result.predictions[0][3], -1);  // three classes
  EXPECT_NE(result.predictions[0][2], -1);
  EXPECT_NEAR(result.top5Error, 1.0 / 30, 1e-9);
}

TEST(TrainReduction, BadInputAndCancelling) {
  Clouds clouds(3, 4, 8, 0.1);
  Progress silent;
  const auto message = [&](const ReductionData& data) {
    return errorOf([&] { trainReduction({.identityDims = 8, .epochs = 1}, data, silent); });
  };
  auto data = clouds.data();
  data.classes = 4;
  EXPECT_NE(message(data).find("class 3 has no training row"), std::string::npos);
  data.classes = 2;
  EXPECT_NE(message(data).find("training row 2 has the label 2"), std::string::npos);
  data = clouds.data();
  data.test.cols = 4;
  EXPECT_NE(message(data).find("8 dims and the test features 4"), std::string::npos);
  data = clouds.data();
  data.trainLabel = data.trainLabel.subspan(1);
  EXPECT_NE(message(data).find("12 training features came with 11 labels"), std::string::npos);
  Listener stopping(2);
  EXPECT_THROW(trainReduction({.identityDims = 8, .epochs = 10}, clouds.data(), stopping.progress()),
               Cancelled);
  EXPECT_EQ(stopping.losses, 2);
}

}  // namespace
}  // namespace discern::training
