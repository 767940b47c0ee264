// Trainings on clips whose classes have the same frames in another order: only who sees time tells them
// apart.
#include <gtest/gtest.h>

#include "core/base/parallel.h"
#include "core/networks/checkpoint.h"
#include "core/training/trained_ddnet.h"
#include "tests/core/training/planted_faces.h"
#include "tests/core/training/same_weights.h"

namespace discern::training {
namespace {

constexpr data::Shape kClip{16, 16, 4};

// Four frames from dark to bright on noise, begun with frame `first`, or the other way round.
cv::Mat clip(int first, bool backwards, std::int64_t seed) {
  Rng rng(mixSeed(5, static_cast<std::uint64_t>(seed)));
  cv::Mat sample(kClip.rows(), kClip.width, CV_8UC3);
  for (int f = 0; f < kClip.frames; ++f) {
    const int place = (f + first) % kClip.frames;
    const int light = 40 + 50 * (backwards ? kClip.frames - 1 - place : place);
    for (int r = 0; r < kClip.height; ++r)
      for (int c = 0; c < kClip.width; ++c)
        sample.at<cv::Vec3b>(f * kClip.height + r, c) =
            cv::Vec3b::all(static_cast<unsigned char>(light + rng.uniform(-15, 15)));
  }
  return sample;
}

BaseData plantedOrder(int perClass) {
  BaseData data;
  data.classes = kClip.frames;
  data.faces.count = std::int64_t{kClip.frames} * perClass;
  data.faces.form = kClip;
  for (std::int64_t i = 0; i < data.faces.count; ++i)
    data.label.push_back(static_cast<int>(i % kClip.frames));
  data.faces.load = [](std::int64_t i) { return clip(static_cast<int>(i % kClip.frames), false, i); };
  return data;
}

BaseOptions quick(const std::string& architecture) {
  BaseOptions options;
  options.architecture = architecture;
  options.width = 0.125;
  options.dims = 8;
  options.size = 16;
  options.head = "softmax";
  options.epochs = 16;
  options.batch = 8;
  options.learningRate = 0.05;
  options.schedule = Falling::HalfCosine;
  return options;
}

// Many tiny layers: two threads would mostly wait for each other, on a busy machine for minutes.
struct OneThread {
  OneThread() { setThreadCount(1); }
  ~OneThread() { setThreadCount(0); }
};

TEST(TrainClips, ARecogniserLearnsTheOrderOfFrames) {
  const OneThread alone;
  const TemporaryFolder folder("discern_clips_base");
  const auto options = quick("r3d-50");
  Listener listener;
  const auto file = folder / "base";
  const auto result = trainBase(options, plantedOrder(12), file, listener.progress());
  EXPECT_GT(result.trainAccuracy, 0.75) << "a quarter by chance";
  const auto loaded = networks::loadCheckpoint(file);
  EXPECT_EQ(loaded.shape, kClip);
  EXPECT_EQ(loaded.dims, 8);
}

TEST(TrainClips, GoesOnBitForBitWithDropoutAndAugmentation) {
  const OneThread alone;
  const TemporaryFolder folder("discern_clips_resume");
  const auto data = plantedOrder(6);
  auto options = quick("slowfast-50");
  options.epochs = 2;
  options.dropout = 0.5;
  options.augment = true;
  Listener straight, first(4), second;
  trainBase(options, data, folder / "a", straight.progress());
  EXPECT_THROW(trainBase(options, data, folder / "b", first.progress()), Cancelled);
  trainBase(options, data, folder / "b", second.progress());
  EXPECT_TRUE(sameCheckpoint(folder / "a", folder / "b"));
}

// What brightens is worth more than what darkens.
TEST(TrainClips, ADdnetOfClipsLearnsScoresThatTimeAloneTells) {
  const OneThread alone;
  const TemporaryFolder folder("discern_clips_ddnet");
  DdnetData data;
  data.faces.count = 96;
  data.faces.form = kClip;
  for (int i = 0; i < 96; ++i) {
    data.identity.push_back(i / 8);
    data.target.push_back(i % 2 == 0 ? 0.85F : 0.15F);
  }
  data.faces.load = [](std::int64_t i) { return clip(0, i % 2 == 1, i); };
  DdnetOptions options;
  options.architecture = "ddnet-3d-r18";
  options.size = 16;
  options.epochs = 8;
  options.batch = 16;
  Listener listener;
  trainDdnet(options, data, folder / "d", listener.progress());
  const TrainedDdnet trained(folder / "d");
  EXPECT_EQ(trained.shape(), kClip);
  const auto scores = trained.scores(data.faces, 16, listener.progress());
  double up = 0, down = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) (i % 2 == 0 ? up : down) += scores[i] / 48;
  EXPECT_GT(up, down + 0.4);

  options.architecture = "ddnet-r18";
  const auto message = errorOf([&] { trainDdnet(options, data, folder / "flat", listener.progress()); });
  EXPECT_NE(message.find("not 4 frames of 16 x 16 pixels; use ddnet-3d-r18"), std::string::npos) << message;
}

}  // namespace
}  // namespace discern::training
