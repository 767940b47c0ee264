// Clips of real, small videos: which frames, which part of them, and how often they are decoded.
#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/error.h"
#include "core/imaging/sample.h"
#include "core/imaging/video.h"
#include "tests/datasets/tiny_video.h"
#include "tests/message_of.h"

namespace discern::imaging {
namespace {
namespace fs = std::filesystem;
using data::Shape;

class Clip : public ::testing::Test {
 protected:
  Clip() {
    fs::remove_all(root_);
    test::writeVideo(root_ / "a.avi", 6);
    test::writeVideo(root_ / "upright.avi", 1, {32, 48});
  }
  ~Clip() override { fs::remove_all(root_); }
  static data::ImageRef at(const char* file, double time, double seconds) {
    data::ImageRef clip;
    clip.file = file;
    clip.moment = data::Moment{time, seconds};
    return clip;
  }
  cv::Mat load(const data::ImageRef& clip, const Shape& shape) const {
    return loadSample(kind_, clip, shape, root_);
  }
  // The level of the middle of frame f: 2 i + 20 of the video's frame i.
  static int levelOf(const cv::Mat& sample, const Shape& shape, int f) {
    return sample.at<cv::Vec3b>(f * shape.height + shape.height / 2, shape.width / 2)[1];
  }

  const fs::path root_ = fs::path(::testing::TempDir()) / "discern_clip";
  const data::GroupKind& kind_ = findGroupKind("clip");
};

TEST_F(Clip, FramesAreEvenlyOverItsTime) {
  for (const int frames : {1, 4, 8}) {
    const Shape shape{16, 16, frames};
    const auto sample = load(at("a.avi", 2, 1.6), shape);
    ASSERT_EQ(sample.rows, 16 * frames);
    for (int f = 0; f < frames; ++f) {
      const int frame = static_cast<int>((2 + f * 1.6 / frames) * test::kTinyRate + 1e-6);
      EXPECT_NEAR(levelOf(sample, shape, f), 2 * frame + 20, 1.5) << frames << ' ' << f;
    }
  }
}

TEST_F(Clip, TheShortSideFitsAndTheMiddleOfTheLongOneIsTaken) {
  const Shape shape{16, 16, 1};
  // 48 x 32 becomes 24 x 16, of which 16 columns are left: the bars of 4 of 48 columns are outside.
  const auto wide = load(at("a.avi", 0, 1), shape);
  double least = 0, most = 0;
  cv::minMaxLoc(wide.reshape(1), &least, &most);
  EXPECT_NEAR(least, 20, 4);
  EXPECT_NEAR(most, 20, 4);
  // Of 32 x 48 all columns are left, and a quarter of their breadth are bars.
  const auto high = load(at("upright.avi", 0, 1), shape);
  EXPECT_GT(high.at<cv::Vec3b>(8, 0)[0], 200);
  EXPECT_LT(high.at<cv::Vec3b>(8, 15)[0], 15);
  EXPECT_NEAR(high.at<cv::Vec3b>(8, 8)[0], 20, 4);
}

TEST_F(Clip, ConsecutiveClipsAreDecodedOnce) {
  const Shape shape{16, 16, 8};
  const auto before = decodedFrames();
  for (int clip = 0; clip < 6; ++clip) load(at("a.avi", clip, 1), shape);
  EXPECT_LE(decodedFrames() - before, 6 * test::kTinyRate + 2);
}

TEST_F(Clip, ClipsThatOverlapAreDecodedOnce) {
  const Shape shape{16, 16, 8};
  const auto throughIt = [&] {
    const auto before = decodedFrames();
    for (double begin = 0; begin <= 5; begin += 0.25) {
      const auto pixels = load(at("a.avi", begin, 1), shape);
      for (int f = 0; f < 8; ++f) {
        const int frame = static_cast<int>(std::floor((begin + f / 8.0 + 0.001) * test::kTinyRate));
        EXPECT_NEAR(levelOf(pixels, shape, f), 2 * frame + 20, 1.5) << begin << ' ' << f;
      }
    }
    return decodedFrames() - before;
  };
  throughIt();  // the first that comes back a little way is how it is found out
  fs::last_write_time(root_ / "a.avi", fs::last_write_time(root_ / "a.avi") + std::chrono::seconds(5));
  EXPECT_LE(throughIt(), 6 * test::kTinyRate + 2);
}

TEST_F(Clip, ItsPictureIsTheFrameInItsMiddle) {
  const auto stored = kind_.stored(at("a.avi", 2, 2), root_);
  EXPECT_EQ(stored.size(), cv::Size(48, 32)) << "the whole frame";
  EXPECT_NEAR(stored.at<cv::Vec3b>(16, 24)[0], 2 * 30 + 20, 1.5);
  const auto picture = loadPicture(kind_, at("a.avi", 2, 2), 24, root_);
  EXPECT_EQ(picture.size(), cv::Size(24, 24));
  EXPECT_NEAR(picture.at<cv::Vec3b>(12, 12)[0], 2 * 30 + 20, 1.5);
}

TEST_F(Clip, WhatCannotBeReadIsSaid) {
  const Shape shape{16, 16, 4};
  const auto message = [&](const data::ImageRef& clip) {
    return testing::messageOf([&] { load(clip, shape); });
  };
  data::ImageRef still;
  still.file = (root_ / "a.avi").string();
  EXPECT_NE(message(still).find("when in it the clip is was not said"), std::string::npos) << message(still);
  EXPECT_NE(message(at("a.avi", 20, 2)).find("a.avi: ends at"), std::string::npos);
  EXPECT_NE(message(at("gone.avi", 0, 1)).find("gone.avi"), std::string::npos);
}

}  // namespace
}  // namespace discern::imaging
