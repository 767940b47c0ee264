#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/imaging/degrade.h"
#include "core/imaging/image.h"
#include "core/imaging/sample.h"
#include "tests/core/imaging/encoded_images.h"

namespace discern::imaging {
namespace {
namespace fs = std::filesystem;

constexpr data::Landmarks kTemplate{{{38.2946F, 51.6963F},
                                     {73.5318F, 51.5014F},
                                     {56.0252F, 71.7366F},
                                     {41.5493F, 92.3655F},
                                     {70.7299F, 92.2041F}}};

// Blue is x and green is y: a pixel says where it came from.
cv::Mat coordinates(int width, int height) {
  cv::Mat image(height, width, CV_8UC3);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      image.at<cv::Vec3b>(y, x) = {static_cast<uchar>(x), static_cast<uchar>(y), 255};
  return image;
}

void expectFrom(const cv::Mat& face, int u, int v, double x, double y) {
  EXPECT_NEAR(face.at<cv::Vec3b>(v, u)[0], x, 0.8) << u << "," << v;
  EXPECT_NEAR(face.at<cv::Vec3b>(v, u)[1], y, 0.8) << u << "," << v;
}

TEST(AlignFace, UndoesAKnownSimilarity) {
  const double angle = 0.4, scale = 1.3, dx = 60, dy = 12;
  const auto moved = [&](double u, double v) {
    return cv::Point2d(scale * (std::cos(angle) * u - std::sin(angle) * v) + dx,
                       scale * (std::sin(angle) * u + std::cos(angle) * v) + dy);
  };
  data::Landmarks landmarks;
  for (std::size_t i = 0; i < 5; ++i) {
    const auto p = moved(kTemplate[i].x, kTemplate[i].y);
    landmarks[i] = {static_cast<float>(p.x), static_cast<float>(p.y)};
  }
  const cv::Mat image = coordinates(250, 250);
  for (const int size : {112, 224, 56}) {
    const cv::Mat face = alignFace(image, landmarks, size);
    ASSERT_EQ(face.size(), cv::Size(size, size));
    for (const int u : {20, 56, 90})
      for (const int v : {20, 56, 90}) {
        const int s = size / 56;
        const auto from = moved(u / 2 * 2, v / 2 * 2);
        expectFrom(face, u / 2 * s, v / 2 * s, from.x, from.y);
      }
  }
}

TEST(AlignFace, IsTheLeastSquaresFitOfInexactLandmarks) {
  // Umeyama by NumPy's SVD: [[0.6284875, 0.11171778, -9.77073941], [-0.11171778, 0.6284875, 8.12912893]].
  const data::Landmarks landmarks{{{60, 80}, {118, 92}, {80, 118}, {58, 140}, {104, 152}}};
  const cv::Mat face = alignFace(coordinates(250, 250), landmarks);
  expectFrom(face, 20, 30, 39.922, 41.896);
  expectFrom(face, 56, 56, 88.319, 91.868);
  expectFrom(face, 90, 40, 145.147, 76.511);
  expectFrom(face, 50, 100, 67.001, 158.088);
}

TEST(AlignFace, OutsideIsBlackAndNonsenseIsRefused) {
  data::Landmarks shifted = kTemplate;
  for (auto& p : shifted) p.x -= 50;
  const cv::Mat face = alignFace(coordinates(112, 112), shifted);
  EXPECT_EQ(face.at<cv::Vec3b>(60, 10), cv::Vec3b(0, 0, 0));
  EXPECT_EQ(face.at<cv::Vec3b>(60, 80)[2], 255);
  data::Landmarks same;
  same.fill({5, 5});
  EXPECT_THROW(alignFace(face, same), Error);
  same[2].x = NAN;
  EXPECT_THROW(alignFace(face, same), Error);
}

class LoadFace : public ::testing::Test {
 protected:
  LoadFace() {
    fs::create_directories(folder_);
    writeFileAtomically(folder_ / "face.png", encoded_);
    writeFileAtomically(folder_ / "pack.bin", "header.." + encoded_ + "rest");
    image_.file = "face.png";
  }
  ~LoadFace() override { fs::remove_all(folder_); }

  const fs::path folder_ = fs::path(::testing::TempDir()) / "discern_load_face";
  const cv::Mat pixels_ = coordinates(200, 160);
  const std::string encoded_ = testing::encode(".png", pixels_);
  data::ImageRef image_;
};

TEST_F(LoadFace, WholeCropAndLandmarksInThatOrder) {
  cv::Mat whole;
  cv::resize(pixels_, whole, {100, 100}, 0, 0, cv::INTER_AREA);
  EXPECT_EQ(cv::norm(loadFace(image_, 100, folder_), whole, cv::NORM_INF), 0);
  image_.crop = data::Rect{20, 30, 100, 100};
  EXPECT_EQ(cv::norm(loadFace(image_, 100, folder_), pixels_(cv::Rect(20, 30, 100, 100)), cv::NORM_INF), 0);
  image_.landmarks = kTemplate;
  EXPECT_LE(cv::norm(loadFace(image_, 112, folder_), pixels_(cv::Rect(0, 0, 112, 112)), cv::NORM_INF), 1);
  image_.degradation = {data::DegradationKind::Noise, 0.5F, 3};
  EXPECT_EQ(cv::norm(loadSample(findGroupKind("face"), image_, {112, 112, 1}, folder_),
                     degrade(alignFace(pixels_, kTemplate), image_.degradation), cv::NORM_INF),
            0);
}

TEST_F(LoadFace, CropsMayReachOutside) {
  image_.crop = data::Rect{-10, 120, 50, 50};
  const cv::Mat face = loadFace(image_, 50, folder_);
  EXPECT_EQ(face.at<cv::Vec3b>(20, 9), cv::Vec3b(0, 0, 0));
  EXPECT_EQ(face.at<cv::Vec3b>(20, 10), cv::Vec3b(0, 140, 255));
  EXPECT_EQ(face.at<cv::Vec3b>(39, 49), cv::Vec3b(39, 159, 255));
  EXPECT_EQ(face.at<cv::Vec3b>(40, 49), cv::Vec3b(0, 0, 0));
  for (const data::Rect bad :
       {data::Rect{200, 0, 10, 10}, data::Rect{0, 0, 0, 5}, data::Rect{0, 0, 1 << 30, 1 << 30},
        data::Rect{2147483647, 0, 2147483647, 1}}) {
    image_.crop = bad;
    EXPECT_THROW(loadFace(image_, 50, folder_), Error);
  }
}

TEST_F(LoadFace, ShrinkingAveragesInsteadOfSkipping) {
  cv::Mat board(224, 224, CV_8UC3);
  for (int y = 0; y < 224; ++y)
    for (int x = 0; x < 224; ++x) board.at<cv::Vec3b>(y, x) = cv::Vec3b::all((x + y) % 2 ? 200 : 0);
  writeFileAtomically(folder_ / "board.png", testing::encode(".png", board));
  image_.file = "board.png";
  const cv::Mat face = loadFace(image_, 112, folder_);
  EXPECT_EQ(cv::norm(face, cv::Mat(112, 112, CV_8UC3, cv::Scalar::all(100)), cv::NORM_INF), 0);
}

TEST_F(LoadFace, SmallFacesAreAveragedFromTheAlignedAndDamagedOne) {
  image_.landmarks = kTemplate;
  image_.degradation = {data::DegradationKind::Occlusion, 0.7F, 5};
  cv::Mat expected;
  const data::GroupKind face = findGroupKind("face");
  cv::resize(loadSample(face, image_, {112, 112, 1}, folder_), expected, {16, 16}, 0, 0, cv::INTER_AREA);
  EXPECT_EQ(cv::norm(loadSample(face, image_, {16, 16, 1}, folder_), expected, cv::NORM_INF), 0);
}

TEST_F(LoadFace, ReadsInsideContainersAndNamesWhatIsMissing) {
  image_.file = (folder_ / "pack.bin").string();  // an absolute path needs no root
  image_.offset = 8;
  image_.length = static_cast<std::int64_t>(encoded_.size());
  EXPECT_EQ(cv::norm(loadImage(image_), pixels_, cv::NORM_INF), 0);
  image_.length += 100;
  EXPECT_THROW(loadImage(image_), Error);
  image_.file = "gone.png";
  try {
    loadImage(image_, folder_);
    FAIL() << "an Error was expected";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("gone.png"), std::string::npos);
  }
  image_.file = folder_.string();
  EXPECT_THROW(loadImage(image_), Error);
  image_.file = (folder_ / "face.png").string();
  image_.length = 0;
  EXPECT_THROW(loadSample(findGroupKind("face"), image_, {0, 0, 1}), Error);
}

TEST(Sharpness, IsTheVarianceOfTheLaplacian) {
  cv::Mat impulse = cv::Mat::zeros(16, 16, CV_8UC1);
  impulse.at<uchar>(8, 8) = 10;
  EXPECT_NEAR(sharpness(impulse), (40.0 * 40 + 4 * 10 * 10) / 256, 1e-9);
  EXPECT_EQ(sharpness(cv::Mat(20, 20, CV_8UC3, cv::Scalar(3, 90, 200))), 0);
}

}  // namespace
}  // namespace discern::imaging
