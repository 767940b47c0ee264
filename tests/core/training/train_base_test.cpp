#include "core/training/train_base.h"

#include <gtest/gtest.h>

#include <atomic>

#include "core/base/error.h"
#include "core/networks/checkpoint.h"
#include "tests/core/training/planted_faces.h"
#include "tests/core/training/same_weights.h"

namespace discern::training {
namespace {

namespace fs = std::filesystem;

BaseOptions quick(int epochs) {
  BaseOptions options;
  options.width = 0.25;
  options.dims = 32;
  options.size = 32;
  options.scale = 16;
  options.margin = 0.2;
  options.epochs = epochs;
  options.batch = 16;
  return options;
}

TEST(TrainBase, LearnsPlantedClasses) {
  const TemporaryFolder folder("discern_base");
  auto options = quick(8);
  options.size = 24;
  Listener listener;
  const auto file = folder / "base.ckpt";
  const auto result = trainBase(options, plantedBars(24, 24), file, listener.progress());
  EXPECT_GT(result.trainAccuracy, 0.9);
  EXPECT_EQ(result.epochs, 8);
  for (const char* name : {"train/loss", "train/accuracy", "train/learning_rate"})
    EXPECT_TRUE(listener.measured(name)) << name;

  const auto loaded = networks::loadCheckpoint(file);
  EXPECT_EQ(loaded.kind, "base");
  EXPECT_EQ(loaded.dims, 32);
  EXPECT_EQ(loaded.size, 24);
  EXPECT_EQ(loaded.width, 0.25);
  for (const auto& item : loaded.network->named_parameters())
    EXPECT_EQ(item.key().find("head"), std::string::npos);
  EXPECT_EQ(loaded.forward(torch::zeros({1, 3, 24, 24})).sizes(), (std::vector<std::int64_t>{1, 32}));
  EXPECT_FALSE(fs::exists(file.string() + ".state"));
}

TEST(TrainBase, ResumesBitForBitWithAugmentation) {
  const TemporaryFolder folder("discern_base_resume");
  const auto data = plantedBars(12, 16);
  auto options = quick(2);
  options.size = 16;
  options.augment = true;
  options.schedule = Falling::Step;
  options.steps = {1};
  Listener straight, first(4), second;
  trainBase(options, data, folder / "a", straight.progress());
  EXPECT_EQ(straight.losses, 6);
  EXPECT_THROW(trainBase(options, data, folder / "b", first.progress()), Cancelled);
  const auto resumed = trainBase(options, data, folder / "b", second.progress());
  EXPECT_EQ(second.losses, 2);
  EXPECT_GT(resumed.trainAccuracy, 0);
  EXPECT_TRUE(sameCheckpoint(folder / "a", folder / "b"));
}

TEST(TrainBase, ResumesBitForBitWithDropoutTripletsAndAnAnnealedMargin) {
  const TemporaryFolder folder("discern_base_switches");
  const auto data = plantedBars(12, 16);
  auto options = quick(2);
  options.architecture = "iresnet18";
  options.width = 1;
  options.size = 16;
  options.head = "sphereface";
  options.margin = 4;
  options.scale = 0;
  options.dropout = 0.4;
  options.tripletWeight = 0.5;
  Listener straight, first(4), second;
  trainBase(options, data, folder / "a", straight.progress());
  EXPECT_THROW(trainBase(options, data, folder / "b", first.progress()), Cancelled);
  trainBase(options, data, folder / "b", second.progress());
  EXPECT_TRUE(sameCheckpoint(folder / "a", folder / "b"));
  options.dropout = 0;  // which changed something
  trainBase(options, data, folder / "c", second.progress());
  EXPECT_FALSE(sameCheckpoint(folder / "a", folder / "c"));
  options.architecture = "mobilefacenet";
  options.dropout = 0.4;
  EXPECT_THROW(trainBase(options, data, folder / "d", second.progress()), Error);  // has no such layer
}

TEST(TrainBase, TheCurveGoesOnAsIfNobodyHadStoppedIt) {
  const TemporaryFolder folder("discern_base_curve");
  auto data = plantedBars(50, 16);
  auto options = quick(2);
  options.size = 16;
  options.batch = 2;  // 100 steps an epoch: a point of the curve is the mean of two
  Listener straight;
  trainBase(options, data, folder / "a", straight.progress());
  ASSERT_EQ(straight.losses, 100);
  // Stopped at any step, also between two points: when that many images have been read.
  for (const int stop : {21, 60, 103, 150}) {
    const auto file = folder / ("b" + std::to_string(stop));
    std::stop_source source;
    std::atomic<int> loaded{0};
    auto counted = data;
    counted.faces.load = [&](std::int64_t i) {
      if (++loaded == stop) source.request_stop();
      return data.faces.load(i);
    };
    std::vector<std::pair<std::string, double>> curve;
    const auto listen = [&](const ProgressEvent& event) {
      if (event.kind == ProgressEvent::Kind::Metric) curve.emplace_back(event.text, event.value);
    };
    Progress first(listen, source.get_token()), second(listen);
    EXPECT_THROW(trainBase(options, counted, file, first), Cancelled);
    trainBase(options, data, file, second);
    EXPECT_EQ(curve, straight.metrics) << stop;
    EXPECT_TRUE(sameCheckpoint(folder / "a", file)) << stop;
  }
}

TEST(TrainBase, MaxStepsEndsEarly) {
  const TemporaryFolder folder("discern_base_steps");
  auto options = quick(5);
  options.size = 16;
  options.maxSteps = 2;
  Listener listener;
  const auto result = trainBase(options, plantedBars(12, 16), folder / "a", listener.progress());
  EXPECT_EQ(listener.losses, 2);
  EXPECT_EQ(result.epochs, 1);
  EXPECT_TRUE(networks::isCheckpoint(folder / "a"));
}

TEST(TrainBase, BadInputIsExplained) {
  const TemporaryFolder folder("discern_base_bad");
  const auto data = plantedBars(2, 16);
  auto options = quick(1);
  options.size = 16;
  Progress silent;
  const auto message = [&](const BaseOptions& o, const BaseData& d) {
    return errorOf([&] { trainBase(o, d, folder / "x", silent); });
  };
  auto broken = data;
  broken.label[1] = 4;
  EXPECT_NE(message(options, broken).find("face 1 has the label 4"), std::string::npos);
  broken = data;
  broken.label.pop_back();
  EXPECT_NE(message(options, broken).find("7 labels"), std::string::npos);
  EXPECT_NE(message(options, {}).find("0 faces"), std::string::npos);
  auto wrong = options;
  wrong.architecture = "ddnet-r18";
  EXPECT_NE(message(wrong, data).find("architecture ddnet-r18: is not known; use mobilefacenet"),
            std::string::npos);
  wrong = options;
  wrong.tripletWeight = 1;
  wrong.batch = 6;
  EXPECT_NE(message(wrong, data).find("per identity 4: is more than half a batch of 6"), std::string::npos)
      << message(wrong, data);
  wrong = options;
  wrong.head = "magface";
  EXPECT_NE(message(wrong, data).find("arcface"), std::string::npos);
}

}  // namespace
}  // namespace discern::training
