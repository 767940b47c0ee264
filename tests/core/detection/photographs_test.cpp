// Raw photographs become faces: which one, what is missed, and how a stopped import goes on. The detector is
// a toy that finds what the test planted.
#include "core/detection/photographs.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/data/no_face.h"
#include "core/imaging/image.h"
#include "tests/core/detection/scratch.h"
#include "tests/core/detection/toy_detector.h"
#include "tests/core/imaging/encoded_images.h"

namespace discern::detection {
namespace {
namespace fs = std::filesystem;
using test::plantLarge;
using test::plantSmall;
using test::toyPhotograph;

class Photographs : public testing::Test {
 protected:
  void SetUp() override {
    options_.model = test::writeToyDetector(scratch_.path("toy.onnx"));
    options_.tinyEyes = 0;
    set_.name = "photographs";
    set_.identities = {"anna"};
  }
  // Returns the sample's index.
  int add(const std::string& name, const cv::Mat& photograph) {
    cv::imwrite(scratch_.path(name), photograph);
    data::Sample sample;
    sample.image.file = scratch_.path(name);
    sample.identity = 0;
    set_.samples.push_back(sample);
    return static_cast<int>(set_.samples.size()) - 1;
  }
  Summary detect(const fs::path& cache = {}) { return detectFaces(set_, options_, cache, progress_); }
  const data::Sample& sample(int i) const { return set_.samples.at(static_cast<std::size_t>(i)); }
  nlohmann::json facts(int i) const { return nlohmann::json::parse(sample(i).nuisance); }
  static void expectAt(const data::Sample& sample, float x, float y, float side) {
    ASSERT_TRUE(sample.image.landmarks);
    const auto points = test::toyLandmarks(x, y, side);
    for (std::size_t k = 0; k < 5; ++k) {
      EXPECT_NEAR((*sample.image.landmarks)[k].x, points[k].x, 0.01);
      EXPECT_NEAR((*sample.image.landmarks)[k].y, points[k].y, 0.01);
    }
  }

  Scratch scratch_;
  DetectOptions options_;
  data::Dataset set_;
  Progress progress_;
};

// A small one near the middle, a large one in a corner.
cv::Mat twoFaces() {
  cv::Mat photograph = toyPhotograph();
  plantSmall(photograph, 24, 24);
  plantLarge(photograph, 16, 48);
  return photograph;
}

TEST_F(Photographs, TheLargestOrTheCentralFaceIsTaken) {
  const int i = add("two.png", twoFaces());
  const data::Dataset before = set_;
  EXPECT_EQ(detect().several, 1);
  expectAt(sample(i), 16, 48, 16);
  EXPECT_EQ(sample(i).image.crop, (data::Rect{0, 32, 48, 48}));
  EXPECT_EQ(facts(i)["faces"], 2);
  EXPECT_NEAR(facts(i)["eyes"], 24, 0.1);
  EXPECT_EQ(facts(i)["detector_score"], 1);
  ASSERT_EQ(set_.problems.size(), 1U);
  EXPECT_NE(set_.problems[0].what.find("2 faces"), std::string::npos);

  set_ = before;
  options_.choose = Choice::Central;
  EXPECT_EQ(detect().several, 1);
  expectAt(sample(i), 24, 24, 8);
}

TEST_F(Photographs, AllMakesASampleEachAndTemplatesHoldThemAll) {
  cv::Mat one = toyPhotograph();
  plantSmall(one, 32, 32);
  add("one.png", one);
  add("two.png", twoFaces());
  data::Protocol protocol;
  protocol.templates = {{"a", 0, {0}}, {"b", 0, {1}}};
  set_.protocols = {protocol};
  options_.choose = Choice::All;
  EXPECT_EQ(detect().several, 0);
  ASSERT_EQ(set_.samples.size(), 3U);
  expectAt(sample(0), 32, 32, 8);
  expectAt(sample(1), 16, 48, 16);  // the largest first
  expectAt(sample(2), 24, 24, 8);
  EXPECT_EQ(set_.protocols[0].templates[0].samples, std::vector<int>{0});
  EXPECT_EQ(set_.protocols[0].templates[1].samples, (std::vector<int>{1, 2}));
}

TEST_F(Photographs, AMissStaysWithoutAFaceAndIsListed) {
  const int i = add("nobody.png", toyPhotograph());
  const auto summary = detect();
  EXPECT_EQ(summary.missed, 1);
  EXPECT_TRUE(data::isWithoutFace(sample(i).image));
  EXPECT_EQ(facts(i)["faces"], 0);
  ASSERT_EQ(set_.problems.size(), 1U);
  EXPECT_EQ(set_.problems[0].where, scratch_.path("nobody.png"));
  // No model sees it as a face.
  EXPECT_THROW(imaging::loadFace(sample(i).image), Error);
}

TEST_F(Photographs, WhatIsReadIsTheFaceOnTheTemplate) {
  cv::Mat photograph = toyPhotograph();
  plantLarge(photograph, 16, 16);
  const int i = add("one.png", photograph);
  detect();
  // The template's points of the toy's proportions: fitted by hand-made least squares would be the same code
  // again, so what is asked is where the block is: its upper left corner lies a sixth of the eyes' distance
  // inside the left eye.
  const cv::Mat face = imaging::loadFace(sample(i).image, 112);
  EXPECT_EQ(face.at<cv::Vec3b>(60, 56), cv::Vec3b(0, 0, 255));  // between the eyes
  EXPECT_EQ(face.at<cv::Vec3b>(100, 100), cv::Vec3b(0, 0, 0));
}

TEST_F(Photographs, TinyFacesAreListed) {
  add("two.png", twoFaces());
  options_.choose = Choice::All;
  options_.tinyEyes = 20;  // the small one has 12 pixels, the large one 24
  EXPECT_EQ(detect().tiny, 1);
  ASSERT_EQ(set_.problems.size(), 1U);
  EXPECT_NE(set_.problems[0].what.find("12.0 pixels"), std::string::npos);
}

TEST_F(Photographs, ACropSaysWhereToLook) {
  const int i = add("two.png", twoFaces());
  set_.samples[0].image.crop = data::Rect{20, 20, 30, 20};  // holds the small one's middle alone
  EXPECT_EQ(detect().several, 0);
  expectAt(sample(i), 24, 24, 8);
}

TEST_F(Photographs, FacesThatAreAlignedAlreadyAreLeftAlone) {
  const int i = add("two.png", twoFaces());
  const auto mine = test::toyLandmarks(1, 2, 3);
  set_.samples[0].image.landmarks = mine;
  EXPECT_EQ(detect().photographs, 0);
  EXPECT_EQ(sample(i).image.landmarks->at(2).x, mine[2].x);
}

TEST_F(Photographs, WithoutLandmarksTheBoxIsCroppedSquare) {
  cv::Mat photograph = toyPhotograph();
  plantLarge(photograph, 16, 16);
  const int i = add("one.png", photograph);
  options_.model = test::writeToyDetector(scratch_.path("boxes.onnx"), false);
  EXPECT_EQ(detect().cropped, 1);
  EXPECT_FALSE(sample(i).image.landmarks);
  ASSERT_TRUE(sample(i).image.crop);
  const auto& crop = *sample(i).image.crop;
  EXPECT_EQ(crop.width, crop.height);
  EXPECT_NEAR(crop.x + crop.width / 2.0, 24, 1);  // the box is 0 .. 48
  EXPECT_NEAR(crop.y + crop.height / 2.0, 24, 1);
}

// A JPEG with the tag that it was taken on its side (6: what is stored is turned clockwise to be seen).
std::string onItsSide(const cv::Mat& upright) {
  using namespace std::string_literals;
  using imaging::testing::bigEndian;
  cv::Mat stored;
  cv::rotate(upright, stored, cv::ROTATE_90_COUNTERCLOCKWISE);
  const std::string jpeg = imaging::testing::encode(".jpg", stored);
  const std::string exif = "Exif\0\0MM\0*"s + bigEndian(8) + bigEndian(1, 2) + bigEndian(0x0112, 2) +
                           bigEndian(3, 2) + bigEndian(1) + bigEndian(6, 2) + bigEndian(0, 2) + bigEndian(0);
  return jpeg.substr(0, 2) + "\xFF\xE1" + bigEndian(static_cast<std::uint32_t>(exif.size()) + 2, 2) + exif +
         jpeg.substr(2);
}

TEST_F(Photographs, ExifIsObeyed) {
  cv::Mat photograph = toyPhotograph();
  plantLarge(photograph, 16, 48);
  const int i = add("side.jpg", photograph);
  scratch_.write("side.jpg", onItsSide(photograph));
  detect();
  expectAt(sample(i), 16, 48, 16);  // in pixels of the picture as people see it
}

TEST_F(Photographs, AnUnreadableOneIsTold) {
  add("broken.png", toyPhotograph());
  scratch_.write("broken.png", "not a picture");
  EXPECT_EQ(detect().unreadable, 1);
  EXPECT_FALSE(data::isWithoutFace(sample(0).image));
  EXPECT_EQ(set_.problems.size(), 1U);
}

TEST_F(Photographs, WhatWasFoundIsNotLookedForAgain) {
  cv::Mat photograph = toyPhotograph();
  plantLarge(photograph, 16, 16);
  add("a.png", photograph);
  add("b.png", toyPhotograph());
  const data::Dataset before = set_;
  const std::string cache = scratch_.path("found.jsonl");
  setThreadCount(1);  // in order
  detect(cache);
  setThreadCount(0);
  // Other bytes of the same size and time: who looks again finds no picture.
  const auto time = fs::last_write_time(scratch_.path("a.png"));
  scratch_.write("a.png", std::string(fs::file_size(scratch_.path("a.png")), 'x'));
  fs::last_write_time(scratch_.path("a.png"), time);
  set_ = before;
  auto summary = detect(cache);
  EXPECT_EQ(summary.unreadable, 0);
  EXPECT_EQ(summary.missed, 1);
  expectAt(sample(0), 16, 16, 16);
  // Half a line, as a power cut leaves it, is passed over.
  std::istringstream lines(readFile(cache));
  std::string first, one, other;
  std::getline(lines, first);
  std::getline(lines, one);
  std::getline(lines, other);
  if (one.find("b.png") != std::string::npos) std::swap(one, other);
  scratch_.write("found.jsonl", first + "\n" + one + "\n" + other.substr(0, other.size() / 2));
  set_ = before;
  summary = detect(cache);
  EXPECT_EQ(summary.missed, 1);  // b.png, looked at again
  EXPECT_EQ(summary.unreadable, 0);
  EXPECT_EQ(readFile(cache).size(), first.size() + one.size() + other.size() + 3);
  // With another detector all is looked at anew.
  scratch_.write("toy.toml", "mean = 0\nstd = 255\nscore = 0.7\n");
  set_ = before;
  summary = detect(cache);
  EXPECT_EQ(summary.unreadable, 1);
  // And a photograph that has changed since, too.
  set_ = before;
  cv::imwrite(scratch_.path("a.png"), twoFaces());
  summary = detect(cache);
  EXPECT_EQ(summary.unreadable, 0);
  EXPECT_EQ(summary.several, 1);
}

TEST_F(Photographs, AStopLeavesTheSetAsItWasAndGoesOnFromThere) {
  for (int k = 0; k < 40; ++k) {
    cv::Mat photograph = toyPhotograph();
    plantSmall(photograph, 8 * (k % 7), 16);
    add(std::to_string(k) + ".png", photograph);
  }
  std::stop_source stop;
  Progress stopped([&](const ProgressEvent&) { stop.request_stop(); }, stop.get_token());
  const std::string cache = scratch_.path("found.jsonl");
  EXPECT_THROW(detectFaces(set_, options_, cache, stopped), Cancelled);
  EXPECT_FALSE(sample(0).image.landmarks);
  const std::string left = readFile(cache);
  detect(cache);
  EXPECT_TRUE(readFile(cache).starts_with(left.substr(0, left.find('\n'))));
  for (int k = 0; k < 40; ++k) expectAt(sample(k), static_cast<float>(8 * (k % 7)), 16, 8);
}

TEST_F(Photographs, AFaceThatFillsThePictureIsFoundWithRoomAroundIt) {
  // A detector of one cell: green in the middle half counts for a face, green around it three times against.
  test::TinyOnnx onnx(3, 64, 64);
  std::vector<float> weights(std::size_t{2} * 3 * 64 * 64, 0);
  for (std::size_t y = 0; y < 64; ++y)
    for (std::size_t x = 0; x < 64; ++x)
      weights[((3 + 1) * 64 + y) * 64 + x] = (y >= 16 && y < 48 && x >= 16 && x < 48 ? 1.0F : -1.0F) / 1024;
  onnx.rowsOfConvolution("scores", 64, weights, {0, 0}, 2);
  onnx.constant("boxes", {0.25F, 0.25F, 0.75F, 0.75F}, 4);
  options_.model = scratch_.write("close.onnx", onnx.file());
  scratch_.write("close.toml", "mean = 0\nstd = 255\n");
  const int i = add("close.png", cv::Mat(40, 40, CV_8UC3, cv::Scalar(0, 255, 0)));
  EXPECT_EQ(detect().missed, 0);
  // Twice its size with room around it, of which the box is the middle half: the photograph.
  ASSERT_TRUE(sample(i).image.crop);
  EXPECT_NEAR(sample(i).image.crop->x + sample(i).image.crop->width / 2.0, 20, 1);
  EXPECT_NEAR(facts(i)["detector_score"].get<double>(), 1, 0.02);
}

TEST(Choose, OfNothingNothing) { EXPECT_TRUE(choose({}, Choice::Largest, {0, 0, 10, 10}).empty()); }

TEST(Unaligned, SizesThatVaryAreSaidAndFacesAreNot) {
  const Scratch scratch;
  data::Dataset set;
  set.identities = {"anna"};
  for (int k = 0; k < 6; ++k) {
    cv::imwrite(scratch.path(std::to_string(k) + ".png"), cv::Mat::zeros(112, 112, CV_8UC3));
    data::Sample sample;
    sample.image.file = scratch.path(std::to_string(k) + ".png");
    sample.identity = 0;
    set.samples.push_back(sample);
  }
  EXPECT_EQ(unalignedReason(set), "");
  cv::imwrite(scratch.path("5.png"), cv::Mat::zeros(90, 90, CV_8UC3));
  EXPECT_NE(unalignedReason(set).find("90 x 90 to 112 x 112"), std::string::npos);
  cv::imwrite(scratch.path("5.png"), cv::Mat::zeros(90, 120, CV_8UC3));
  EXPECT_NE(unalignedReason(set).find("not square (120 x 90"), std::string::npos);
  set.samples[0].image.landmarks = test::toyLandmarks(1, 2, 3);
  EXPECT_EQ(unalignedReason(set), "");
}

}  // namespace
}  // namespace discern::detection
