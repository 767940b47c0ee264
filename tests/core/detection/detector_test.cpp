// Every layout of a detector that is known, as a tiny ONNX file whose numbers are planted, against boxes
// worked out by hand.
#include "core/detection/detector.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/base/error.h"
#include "tests/core/detection/scratch.h"
#include "tests/core/detection/toy_detector.h"

namespace discern::detection {
namespace {
using test::TinyOnnx;

void expectBox(const Face& face, float x, float y, float width, float height, float score) {
  EXPECT_NEAR(face.box.x, x, 1e-3);
  EXPECT_NEAR(face.box.y, y, 1e-3);
  EXPECT_NEAR(face.box.width, width, 1e-3);
  EXPECT_NEAR(face.box.height, height, 1e-3);
  EXPECT_NEAR(face.score, score, 1e-5);
}

void expectPoint(const Face& face, std::size_t k, float x, float y) {
  ASSERT_TRUE(face.landmarks);
  EXPECT_NEAR((*face.landmarks)[k].x, x, 1e-3);
  EXPECT_NEAR((*face.landmarks)[k].y, y, 1e-3);
}

std::string messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

TEST(Detector, UltraFace) {
  const Scratch scratch;
  TinyOnnx onnx(3, 24, 32);
  // Background and face; the third lies on the first, the fourth is too unsure.
  onnx.constant("scores", {0.1F, 0.9F, 0.2F, 0.8F, 0.3F, 0.7F, 0.5F, 0.5F}, 2);
  onnx.constant("boxes", {0.25F, 0.25F, 0.5F, 0.75F, 0.5F, 0, 1, 0.5F, 0.25F, 0.25F, 0.5F, 0.7F, 0, 0, 1, 1},
                4);
  const auto detector = openDetector(scratch.write("ultra.onnx", onnx.file()));
  EXPECT_EQ(detector->kind(), Kind::UltraFace);
  // A photograph of 64 x 96 fills the input of 32 x 24 as it is: one pixel there is 2 x 4 of it.
  const auto faces = detector->find(cv::Mat::zeros(96, 64, CV_8UC3));
  ASSERT_EQ(faces.size(), 2U);
  expectBox(faces[0], 16, 24, 16, 48, 0.9F);
  expectBox(faces[1], 32, 0, 32, 48, 0.8F);
  EXPECT_FALSE(faces[0].landmarks);
}

// Rows of zeros, but for one.
std::vector<float> rows(std::size_t count, std::size_t at, const std::vector<float>& values) {
  std::vector<float> all(count * values.size(), 0);
  for (std::size_t k = 0; k < values.size(); ++k) all[at * values.size() + k] = values[k];
  return all;
}

TEST(Detector, ScrfdOfTwoAnchors) {
  const Scratch scratch;
  TinyOnnx onnx(3, 32, 32);  // 16, 4 and 1 cells
  // As it is exported: the scores of all strides first, then boxes, then landmarks.
  onnx.constant("s8", rows(32, 2 * 5 + 1, {0.9F}), 1);  // second anchor of cell (1, 1): at (8, 8)
  onnx.constant("s16", rows(8, 0, {0.4F}), 1);          // below 0.5
  onnx.constant("s32", rows(2, 1, {0.6F}), 1);          // at (0, 0)
  onnx.constant("b8", rows(32, 11, {0.5F, 1, 1, 0.25F}), 4);
  onnx.constant("b16", rows(8, 0, {1, 1, 1, 1}), 4);
  onnx.constant("b32", rows(2, 1, {0, -0.5F, 1, 1}), 4);
  onnx.constant("k8", rows(32, 11, {0, 0, 1, 0, 0.5F, 0.5F, 0, 1, 1, 1}), 10);
  onnx.constant("k16", rows(8, 0, std::vector<float>(10, 1)), 10);
  onnx.constant("k32", rows(2, 1, {0, 0.5F, 1, 0.5F, 0.5F, 0.75F, 0, 1, 1, 1}), 10);
  const auto detector = openDetector(scratch.write("det.onnx", onnx.file()));
  EXPECT_EQ(detector->kind(), Kind::Strided);
  // 64 x 32 pixels fit into 32 x 32 at half their size, black below.
  const auto faces = detector->find(cv::Mat::zeros(32, 64, CV_8UC3));
  ASSERT_EQ(faces.size(), 2U);
  expectBox(faces[0], 2 * (8 - 4), 2 * (8 - 8), 2 * 12, 2 * 10, 0.9F);
  expectPoint(faces[0], 0, 16, 16);
  expectPoint(faces[0], 2, 24, 24);
  expectPoint(faces[0], 4, 32, 32);
  expectBox(faces[1], 0, 2 * 16, 2 * 32, 2 * 16, 0.6F);
}

TEST(Detector, ScrfdOfOneAnchorWithoutLandmarks) {
  const Scratch scratch;
  TinyOnnx onnx(3, 32, 32);
  onnx.constant("s8", rows(16, 6, {0.75F}), 1);  // cell (2, 1): at (16, 8)
  onnx.constant("s16", rows(4, 0, {0}), 1);
  onnx.constant("s32", {0}, 1);
  onnx.constant("b8", rows(16, 6, {1, 0.5F, 0.25F, 2}), 4);
  onnx.constant("b16", rows(4, 0, {0, 0, 0, 0}), 4);
  onnx.constant("b32", {0, 0, 0, 0}, 4);
  const auto faces =
      openDetector(scratch.write("det.onnx", onnx.file()))->find(cv::Mat::zeros(32, 32, CV_8UC3));
  ASSERT_EQ(faces.size(), 1U);
  expectBox(faces[0], 8, 4, 10, 20, 0.75F);
  EXPECT_FALSE(faces[0].landmarks);
}

TEST(Detector, RetinaFace) {
  const Scratch scratch;
  TinyOnnx onnx(3, 32, 32);
  // 2 * (16 + 4 + 1) priors. Row 11: stride 8, cell (1, 1), the prior of 32 around (12, 12). Row 40: stride
  // 32, the prior of 256 around (16, 16).
  std::vector<float> scores = rows(42, 11, {0.05F, 0.95F});
  scores[80] = 0.3F, scores[81] = 0.7F;
  std::vector<float> boxes = rows(42, 11, {1, -0.5F, 5 * std::log(0.5F), 5 * std::log(0.5F)});
  for (std::size_t k = 0; k < 4; ++k) boxes[160 + k] = std::vector<float>{0, 0, 5 * std::log(0.125F), -10}[k];
  onnx.constant("loc", boxes, 4);
  onnx.constant("conf", scores, 2);
  onnx.constant("landms", rows(42, 11, {-1, -1, 1, -1, 0, 0, -1, 1, 1, 1}), 10);
  const auto detector = openDetector(scratch.write("retina.onnx", onnx.file()));
  EXPECT_EQ(detector->kind(), Kind::Priors);
  const auto faces = detector->find(cv::Mat::zeros(32, 32, CV_8UC3));
  ASSERT_EQ(faces.size(), 2U);
  // Middle (12 + 0.1 * 32, 12 - 0.05 * 32), half the prior's side.
  expectBox(faces[0], 15.2F - 8, 10.4F - 8, 16, 16, 0.95F);
  expectPoint(faces[0], 0, 12 - 3.2F, 12 - 3.2F);
  expectPoint(faces[0], 4, 12 + 3.2F, 12 + 3.2F);
  const float height = 256 * std::exp(-2.0F);
  expectBox(faces[1], 0, 16 - height / 2, 32, height, 0.7F);
}

TEST(Detector, YuNet) {
  const Scratch scratch;
  TinyOnnx onnx(3, 32, 32);
  onnx.constant("cls_8", rows(16, 5, {0.81F}), 1);
  onnx.constant("cls_16", rows(4, 0, {0.9F}), 1);
  onnx.constant("cls_32", {0}, 1);
  onnx.constant("obj_8", rows(16, 5, {1.5F}), 1);   // counts as 1
  onnx.constant("obj_16", rows(4, 0, {0.25F}), 1);  // 0.47 in all: below 0.6
  onnx.constant("obj_32", {0}, 1);
  onnx.constant("bbox_8", rows(16, 5, {0.5F, 1, std::log(2.0F), std::log(3.0F)}), 4);
  onnx.constant("bbox_16", rows(4, 0, {0, 0, 0, 0}), 4);
  onnx.constant("bbox_32", {0, 0, 0, 0}, 4);
  onnx.constant("kps_8", rows(16, 5, {0, 0, 1, 0, 0.5F, 0.5F, 0, 1, 1, 1}), 10);
  onnx.constant("kps_16", rows(4, 0, std::vector<float>(10, 0)), 10);
  onnx.constant("kps_32", std::vector<float>(10, 0), 10);
  const auto detector = openDetector(scratch.write("yunet.onnx", onnx.file()));
  EXPECT_EQ(detector->kind(), Kind::YuNet);
  const auto faces = detector->find(cv::Mat::zeros(32, 32, CV_8UC3));
  ASSERT_EQ(faces.size(), 1U);
  // Cell (1, 1): middle (8 + 4, 8 + 8), sides 16 and 24.
  expectBox(faces[0], 12 - 8, 16 - 12, 16, 24, 0.9F);
  expectPoint(faces[0], 1, 16, 8);
  expectPoint(faces[0], 3, 8, 16);
}

TEST(Detector, AToyFindsWhatIsPlanted) {
  const Scratch scratch;
  const auto detector = openDetector(test::writeToyDetector(scratch.path("toy.onnx")));
  cv::Mat photograph = test::toyPhotograph();
  EXPECT_TRUE(detector->find(photograph).empty());
  test::plantSmall(photograph, 8, 40);
  test::plantLarge(photograph, 32, 16);
  auto faces = detector->find(photograph);
  ASSERT_EQ(faces.size(), 2U);
  if (faces[0].box.width > faces[1].box.width) std::swap(faces[0], faces[1]);
  expectBox(faces[0], 0, 32, 24, 24, 1);
  expectBox(faces[1], 16, 0, 48, 48, 1);
  const auto points = test::toyLandmarks(32, 16, 16);
  for (std::size_t k = 0; k < 5; ++k) expectPoint(faces[1], k, points[k].x, points[k].y);
}

TEST(Detector, WhatIsNoneIsSaidInOneSentence) {
  const Scratch scratch;
  EXPECT_NE(messageOf([&] { openDetector(scratch.path("absent.onnx")); }).find("absent.onnx"),
            std::string::npos);
  EXPECT_NE(
      messageOf([&] { openDetector(scratch.write("text.onnx", "no model at all")); }).find("no ONNX file"),
      std::string::npos);
  TinyOnnx one(3, 32, 32);
  one.constant("feature", std::vector<float>(8, 1), 8);
  EXPECT_NE(messageOf([&] { openDetector(scratch.write("one.onnx", one.file())); }).find("no face detector"),
            std::string::npos);
  // Shapes that fit no 32 x 32: found when it runs, since many files say nothing of their shapes.
  TinyOnnx odd(3, 32, 32);
  for (const char* k : {"8", "16", "32"}) {
    odd.constant(std::string("s") + k, std::vector<float>(7, 0.9F), 1);
    odd.constant(std::string("b") + k, std::vector<float>(28, 1), 4);
  }
  const auto detector = openDetector(scratch.write("odd.onnx", odd.file()));
  EXPECT_NE(messageOf([&] { detector->find(cv::Mat::zeros(32, 32, CV_8UC3)); }).find("do not fit"),
            std::string::npos);
  const std::string whole = test::toyDetector();
  for (const std::size_t length : {std::size_t{10}, whole.size() / 2, whole.size() - 20})
    EXPECT_NE(messageOf([&] { openDetector(scratch.write("cut.onnx", whole.substr(0, length))); }), "");
}

TEST(Detector, TheRecipeBesideItIsChecked) {
  const Scratch scratch;
  const std::string model = scratch.write("toy.onnx", test::toyDetector());
  const auto said = [&](const std::string& recipe) {
    scratch.write("toy.toml", recipe);
    return messageOf([&] { openDetector(model); });
  };
  EXPECT_EQ(said("kind = \"scrfd\"\nscore = 0.9\nmean = [1, 2, 3]\n"), "");
  EXPECT_NE(said("kidn = \"scrfd\"\n").find("kidn is not known"), std::string::npos);
  EXPECT_NE(said("kind = \"frcnn\"\n").find("is not known"), std::string::npos);
  EXPECT_NE(said("std = 0\n").find("std not 0"), std::string::npos);
  EXPECT_NE(said("score = 2\n").find("between 0 and 1"), std::string::npos);
  EXPECT_NE(said("rgb = 1\n").find("true (RGB) or false (BGR)"), std::string::npos);
  EXPECT_NE(said("a line\n").find("line 1"), std::string::npos);
  EXPECT_NE(said("width = 100000\n").find("pixels"), std::string::npos);
}

TEST(LandmarkModel, FiveOfSixtyEight) {
  std::vector<float> points(136);
  for (std::size_t k = 0; k < 68; ++k) points[2 * k] = static_cast<float>(k), points[2 * k + 1] = 1;
  const auto five = fiveOf(points);
  EXPECT_EQ(five[0].x, 38.5F);  // 36 .. 41
  EXPECT_EQ(five[1].x, 44.5F);
  EXPECT_EQ(five[2].x, 30);
  EXPECT_EQ(five[3].x, 48);
  EXPECT_EQ(five[4].x, 54);
}

TEST(LandmarkModel, PointsAreOfTheBoxThatWasCutOut) {
  const Scratch scratch;
  TinyOnnx onnx(1, 8, 8);
  onnx.constant("points", {0.25F, 0.25F, 0.75F, 0.25F, 0.5F, 0.5F, 0.25F, 1, 0.75F, 1}, 10);
  LandmarkModel model(scratch.write("five.onnx", onnx.file()));
  const cv::Mat photograph = cv::Mat::zeros(100, 100, CV_8UC3);
  const auto points = model.find(photograph, {20, 40, 40, 20});
  EXPECT_NEAR(points[0].x, 30, 1e-4);
  EXPECT_NEAR(points[0].y, 45, 1e-4);
  EXPECT_NEAR(points[4].x, 50, 1e-4);
  EXPECT_NEAR(points[4].y, 60, 1e-4);
  // Of a box that is cut off by the edge, what is inside.
  EXPECT_NEAR(model.find(photograph, {-20, 0, 60, 20})[0].x, 10, 1e-4);
  TinyOnnx other(1, 8, 8);
  other.constant("points", std::vector<float>(12, 0.5F), 12);
  EXPECT_NE(messageOf([&] { LandmarkModel(scratch.write("six.onnx", other.file())); }).find("68"),
            std::string::npos);
}

}  // namespace
}  // namespace discern::detection
