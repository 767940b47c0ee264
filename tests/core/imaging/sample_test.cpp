// The one way to a sample's pixels: shapes, frames, damage, and what is shown.
#include "core/imaging/sample.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/imaging/degrade.h"
#include "core/imaging/image.h"
#include "tests/core/imaging/encoded_images.h"

namespace discern::imaging {
namespace {

namespace fs = std::filesystem;
using data::Shape;

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && cv::norm(a, b, cv::NORM_INF) == 0;
}

// Frame f of a sample is a ramp that begins at 40 f; no file is needed.
cv::Mat ramp(const Shape& shape, int frame) {
  cv::Mat image(shape.height, shape.width, CV_8UC3);
  for (int y = 0; y < shape.height; ++y)
    for (int x = 0; x < shape.width; ++x)
      image.at<cv::Vec3b>(y, x) = cv::Vec3b(static_cast<uchar>(40 * frame + x), static_cast<uchar>(y), 90);
  return image;
}
data::GroupKind ramps(const Shape& own) {
  data::GroupKind kind;
  kind.name = "ramps";
  kind.sample = {"ramp", "ramps"};
  kind.shape = own;
  kind.load = [](const data::ImageRef&, const Shape& shape, const fs::path&) {
    cv::Mat sample(shape.rows(), shape.width, CV_8UC3);
    for (int f = 0; f < shape.frames; ++f)
      ramp(shape, f).copyTo(sample.rowRange(f * shape.height, (f + 1) * shape.height));
    return sample;
  };
  return kind;
}

TEST(Shape, KeepsItsFormAtAnotherSize) {
  const Shape tracklet{224, 112, 1}, clip{24, 12, 4};
  EXPECT_EQ(tracklet.at(56), (Shape{112, 56, 1}));
  EXPECT_EQ(clip.at(16), (Shape{32, 16, 4}));
  EXPECT_EQ(clip.rows(), 96);
  EXPECT_EQ(clip.pixels(), 96 * 12);
  EXPECT_EQ(clip.tensor(7), (std::vector<std::int64_t>{7, 3, 4, 24, 12}));
  EXPECT_EQ(tracklet.tensor(7), (std::vector<std::int64_t>{7, 3, 224, 112}));
  EXPECT_TRUE(Shape().isSquare());
  EXPECT_FALSE(clip.at(112).isSquare());
  EXPECT_EQ(toString(tracklet), "224 x 112 pixels");
  EXPECT_EQ(toString(clip), "4 frames of 24 x 12 pixels");
}

TEST(LoadSample, DamagesEachFrameAlikeAndOnItsOwn) {
  const auto kind = ramps({224, 112, 3});
  data::ImageRef sample;
  for (const auto damage : allDegradations()) {
    sample.degradation = {damage, 0.8F, 5};
    const cv::Mat loaded = loadSample(kind, sample, kind.shape);
    ASSERT_EQ(loaded.size(), cv::Size(112, 3 * 224));
    for (int f = 0; f < 3; ++f)
      EXPECT_TRUE(
          same(loaded.rowRange(f * 224, (f + 1) * 224), degrade(ramp({224, 112, 1}, f), sample.degradation)))
          << toString(damage) << " " << f;
  }
}

TEST(LoadSample, ASmallerOneIsDamagedAtTheKindsOwnSize) {
  const auto kind = ramps({224, 112, 2});
  data::ImageRef sample;
  sample.degradation = {data::DegradationKind::Occlusion, 0.7F, 9};
  const cv::Mat small = loadSample(kind, sample, {56, 28, 2});
  for (int f = 0; f < 2; ++f) {
    cv::Mat expected;
    cv::resize(degrade(ramp({224, 112, 1}, f), sample.degradation), expected, {28, 56}, 0, 0, cv::INTER_AREA);
    EXPECT_TRUE(same(small.rowRange(f * 56, (f + 1) * 56), expected)) << f;
  }
}

TEST(LoadSample, SaysWhichKindGivesAWrongShape) {
  auto kind = ramps({24, 12, 1});
  kind.load = [](const data::ImageRef&, const Shape&, const fs::path&) { return cv::Mat(5, 5, CV_8UC3); };
  EXPECT_THROW(loadSample(kind, {}, kind.shape), Error);
  EXPECT_THROW(loadSample(ramps({24, 12, 1}), {}, {0, 12, 1}), Error);
  EXPECT_THROW(loadSample(ramps({24, 12, 1}), {}, {24, 5000, 1}), Error);
}

TEST(LoadPicture, IsTheFrameInTheMiddleInItsOwnForm) {
  EXPECT_TRUE(same(loadPicture(ramps({224, 112, 5}), {}, 64), ramp({64, 32, 1}, 2)));
  EXPECT_TRUE(same(loadPicture(ramps({24, 48, 1}), {}, 64), ramp({32, 64, 1}, 0)));
  EXPECT_TRUE(same(loadPicture(ramps({112, 112, 1}), {}, 64), ramp({64, 64, 1}, 0)));
}

TEST(Resized, KeepsFramesApart) {
  const auto kind = ramps({32, 16, 2});
  const cv::Mat sample = loadSample(kind, {}, kind.shape);
  const cv::Mat small = resized(sample, kind.shape, {16, 8, 2});
  for (int f = 0; f < 2; ++f) {
    cv::Mat expected;
    cv::resize(ramp({32, 16, 1}, f), expected, {8, 16}, 0, 0, cv::INTER_AREA);
    EXPECT_TRUE(same(small.rowRange(f * 16, (f + 1) * 16), expected));
  }
  EXPECT_THROW(resized(sample, kind.shape, {16, 8, 1}), Error);
}

TEST(FaceKind, IsTheFirstAndLoadsOblongsFromTheMiddle) {
  const data::GroupKind* first = &findGroupKind("");
  const data::GroupKind& face = *first;
  EXPECT_EQ(face.name, "face");
  EXPECT_EQ(&findGroupKind("face"), first);
  EXPECT_EQ(groupKinds().names(), (std::vector<std::string>{"face", "tracklet", "clip"}));
  EXPECT_THROW(findGroupKind("hologram"), Error);
  const fs::path folder = fs::path(::testing::TempDir()) / "discern_face_kind";
  fs::create_directories(folder);
  writeFileAtomically(folder / "face.png", testing::encode(".png", ramp({112, 112, 1}, 0)));
  data::ImageRef image;
  image.file = "face.png";
  EXPECT_TRUE(same(loadSample(face, image, {112, 112, 1}, folder), ramp({112, 112, 1}, 0)));
  EXPECT_TRUE(
      same(loadSample(face, image, {112, 96, 1}, folder), ramp({112, 112, 1}, 0)(cv::Rect(8, 0, 96, 112))));
  EXPECT_THROW(loadSample(face, image, {112, 112, 4}, folder), Error);
  EXPECT_EQ(face.stored(image, folder).size(), cv::Size(112, 112));
  fs::remove_all(folder);
}

// A box of 20 x 60 pixels, its left half bright; the whole of it fills an upright sample.
TEST(TrackletKind, TakesTheWholeBoxOrItsCrop) {
  const std::string name = "tracklet";
  const data::GroupKind& kind = findGroupKind(name);
  EXPECT_EQ(kind.shape, (Shape{224, 112, 1}));
  const auto file = fs::temp_directory_path() / "discern_tracklet.ppm";
  std::string pixels;
  for (int y = 0; y < 60; ++y)
    for (int x = 0; x < 20; ++x) pixels += std::string(3, x < 10 ? '\xC8' : '\x14');
  writeFileAtomically(file, "P6\n20 60\n255\n" + pixels);
  data::ImageRef frame;
  frame.file = file.string();
  const cv::Mat whole = loadSample(kind, frame, kind.shape.at(48));
  EXPECT_EQ(whole.size(), cv::Size(48, 96));
  EXPECT_EQ(whole.at<cv::Vec3b>(95, 5)[0], 0xC8);
  EXPECT_EQ(whole.at<cv::Vec3b>(0, 42)[0], 0x14);
  EXPECT_EQ(loadPicture(kind, frame, 64).size(), cv::Size(32, 64)) << "as high as a face is";
  frame.crop = data::Rect{10, 0, 10, 60};
  EXPECT_EQ(loadSample(kind, frame, kind.shape).at<cv::Vec3b>(100, 2)[0], 0x14) << "the right half alone";
  frame.degradation = {data::DegradationKind::Occlusion, 1, 3};
  EXPECT_EQ(loadSample(kind, frame, kind.shape.at(48)).size(), cv::Size(48, 96));
  EXPECT_THROW(loadSample(kind, frame, {224, 112, 2}), Error);
  fs::remove(file);
}

}  // namespace
}  // namespace discern::imaging
