#include "core/training/face_loader.h"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <opencv2/core.hpp>
#include <thread>

#include "core/base/error.h"

namespace discern::training {
namespace {

// Blue i, green 100, red 200.
FaceSource colours(std::int64_t count, int size, std::atomic<int>* loads = nullptr) {
  return {count, [=](std::int64_t i) {
            if (loads != nullptr) ++*loads;
            return cv::Mat(size, size, CV_8UC3, cv::Scalar(static_cast<double>(i), 100, 200));
          }};
}

TEST(FaceStore, HandsOutPlanesRgbAndResizes) {
  const auto source = colours(3, 20);
  FaceStore store(source, 10, 0);
  std::vector<std::uint8_t> face(300);
  ASSERT_TRUE(store.fetch(2, face.data()));
  EXPECT_EQ(face[0], 200);
  EXPECT_EQ(face[100], 100);
  EXPECT_EQ(face[299], 2);
}

TEST(FaceStore, KeepsTheFormOfItsSource) {
  FaceSource source{2,
                    [](std::int64_t i) {  // two frames of 8 x 4, dark and light; the second sample is square
                      cv::Mat clip(i == 0 ? 16 : 4, 4, CV_8UC3, cv::Scalar(10, 20, 30));
                      if (i == 0) clip.rowRange(8, 16).setTo(cv::Scalar(110, 120, 130));
                      return clip;
                    }};
  source.form = {8, 4, 2};
  FaceStore store(source, 2, 0);
  ASSERT_EQ(store.shape(), (data::Shape{4, 2, 2}));
  ASSERT_EQ(store.bytes(), 3 * 2 * 4 * 2);
  std::vector<std::uint8_t> planes(48);
  ASSERT_TRUE(store.fetch(0, planes.data()));
  for (std::size_t i = 0; i < 48; ++i)  // red, green, blue; in each the first frame, then the second
    EXPECT_EQ(planes[i], 30 - 10 * static_cast<int>(i / 16) + (i % 16 >= 8 ? 100 : 0)) << i;
  EXPECT_FALSE(store.fetch(1, planes.data()));
  EXPECT_NE(store.firstFailure().find("2 frames of 8 x 4"), std::string::npos) << store.firstFailure();
  BatchLoader loader(store, {{0}}, 0, 1);
  EXPECT_EQ(loader.next()->images.sizes(), (std::vector<std::int64_t>{1, 3, 2, 4, 2}));
}

TEST(FaceStore, DecodesOnceWhileThereIsRoom) {
  std::atomic<int> loads = 0;
  const auto source = colours(4, 8, &loads);
  FaceStore store(source, 8, 2 * 192);
  std::vector<std::uint8_t> face(192);
  for (int pass = 0; pass < 3; ++pass) {
    for (std::int64_t i = 0; i < 4; ++i) {
      store.fetch(i, face.data());
      EXPECT_EQ(face[191], i);
    }
  }
  EXPECT_EQ(loads, 2 + 3 * 2);  // two fit
}

TEST(BatchLoader, KeepsTheOrderWithManyThreads) {
  const auto source = colours(200, 8);
  FaceStore store(source, 8, 1 << 20);
  std::vector<std::int64_t> order(200);
  std::iota(order.rbegin(), order.rend(), 0);
  BatchLoader loader(store, cutIntoBatches(order, 7), 3, 5);
  std::int64_t expected = 199 - 21;
  while (const auto batch = loader.next()) {
    ASSERT_EQ(batch->images.size(0), static_cast<std::int64_t>(batch->faces.size()));
    for (std::size_t i = 0; i < batch->faces.size(); ++i) {
      EXPECT_EQ(batch->faces[i], expected);
      EXPECT_EQ(batch->images[static_cast<std::int64_t>(i)][2][7][7].item<int>(), expected);
      --expected;
    }
  }
  EXPECT_EQ(expected, -1);
  EXPECT_FALSE(loader.next().has_value());
}

TEST(BatchLoader, MayBeLeftHalfWay) {
  const auto source = colours(200, 8);
  FaceStore store(source, 8, 0);
  std::vector<std::int64_t> order(200);
  std::iota(order.begin(), order.end(), 0);
  BatchLoader loader(store, cutIntoBatches(order, 2), 0, 3);
  EXPECT_TRUE(loader.next().has_value());
}

TEST(BatchLoader, LeavesOutWhatCannotBeLoadedAndRethrowsTheRest) {
  auto source = colours(6, 8);
  const auto load = source.load;
  source.load = [load](std::int64_t i) -> cv::Mat {
    if (i == 1) throw Error("1.jpg: broken");
    if (i == 4) throw std::runtime_error("a bug");
    return load(i);
  };
  FaceStore store(source, 8, 0);
  BatchLoader loader(store, {{0, 1, 2}, {3, 4}}, 0, 1);
  const auto batch = loader.next();
  EXPECT_EQ(batch->faces, (std::vector<std::int64_t>{0, 2}));
  EXPECT_EQ(batch->images[1][2][0][0].item<int>(), 2);
  EXPECT_EQ(store.dropped(), (std::vector<std::int64_t>{1}));
  EXPECT_EQ(store.firstFailure(), "1.jpg: broken");
  EXPECT_THROW(loader.next(), std::runtime_error);
}

TEST(BatchLoader, PreparesBatchesBeforeTheyAreAskedFor) {
  std::atomic<int> loads = 0;
  const auto source = colours(64, 8, &loads);
  FaceStore store(source, 8, 1 << 20);
  std::vector<std::int64_t> order(64);
  std::iota(order.begin(), order.end(), 0);
  BatchLoader loader(store, cutIntoBatches(order, 4), 0, 2);
  // Nobody asks, and still some batches become ready, but not all: the loader does not run away either.
  while (loads < 4 * 4) std::this_thread::yield();
  EXPECT_LE(loads, 6 * 4);  // four ahead, two in the threads' hands
  ASSERT_TRUE(loader.next().has_value());
  while (loads < 5 * 4) std::this_thread::yield();
}

TEST(BatchLoader, DrawsImagesOfAnotherSize) {
  const auto source = colours(10, 8);
  FaceStore store(source, 8, 1 << 20);
  const Drawing drawing{2, [](std::int64_t face, int stored, const std::uint8_t* planes, std::uint8_t* out) {
                          EXPECT_EQ(stored, 8);
                          for (int i = 0; i < 12; ++i)
                            out[i] = static_cast<std::uint8_t>(planes[128] + 10 * face + i);
                        }};
  BatchLoader loader(store, {{3, 4}, {5}}, 0, 2, {}, drawing);
  const auto batch = loader.next();
  ASSERT_EQ(batch->images.sizes(), (std::vector<std::int64_t>{2, 3, 2, 2}));
  EXPECT_EQ(batch->images[0][0][0][0].item<int>(), 33);
  EXPECT_EQ(batch->images[1][2][1][1].item<int>(), 55);
  EXPECT_EQ(loader.next()->faces, (std::vector<std::int64_t>{5}));
}

TEST(Normalised, MapsBytesToMinusOneToOne) {
  FaceBatch batch{torch::tensor({0, 255, 51}, torch::kUInt8), {}};
  const auto values = normalised(batch, torch::kCPU);
  EXPECT_FLOAT_EQ(values[0].item<float>(), -1);
  EXPECT_FLOAT_EQ(values[1].item<float>(), 1);
  EXPECT_FLOAT_EQ(values[2].item<float>(), (51 - 127.5F) / 127.5F);
}

}  // namespace
}  // namespace discern::training
