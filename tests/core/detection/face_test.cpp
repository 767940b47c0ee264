#include "core/detection/face.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace discern::detection {
namespace {

constexpr data::Landmarks kGood{{{30, 40}, {60, 41}, {45, 55}, {34, 70}, {58, 71}}};

TEST(Suppress, KeepsTheBestOfThoseThatOverlap) {
  // By hand: a and b share 8 x 10 of 100 + 100 - 80: 2/3. a and c share 5 x 10 of 150: 1/3. d is apart.
  const cv::Rect2f a(0, 0, 10, 10), b(2, 0, 10, 10), c(5, 0, 10, 10), d(40, 40, 5, 5);
  EXPECT_NEAR(overlap(a, b), 2.0 / 3, 1e-6);
  EXPECT_NEAR(overlap(a, c), 1.0 / 3, 1e-6);
  EXPECT_EQ(overlap(a, d), 0);
  EXPECT_EQ(overlap(a, a), 1);
  const std::vector<Face> faces = {{c, 0.7F, {}}, {b, 0.8F, {}}, {a, 0.9F, {}}, {d, 0.1F, {}}};
  const auto kept = suppress(faces, 0.5);
  // b goes to a (2/3); c, which b alone would take (7 x 10 of 130), stays.
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(kept[0].box, a);
  EXPECT_EQ(kept[1].box, c);
  EXPECT_EQ(kept[2].box, d);
  EXPECT_EQ(suppress(faces, 0.3).size(), 2U);  // c goes, too
  EXPECT_EQ(suppress(faces, 1.0).size(), 4U);
  EXPECT_TRUE(suppress({}, 0.5).empty());
}

TEST(Landmarks, WhatIsAFaceAndWhatIsNot) {
  const cv::Size picture(100, 100);
  EXPECT_EQ(problemOf(kGood, picture), "");
  EXPECT_NEAR(eyeDistance(kGood), std::hypot(30, 1), 1e-5);
  auto points = kGood;
  points[2].x = std::numeric_limits<float>::quiet_NaN();
  EXPECT_NE(problemOf(points, picture).find("finite"), std::string::npos);
  points = kGood;
  points[4] = {130, 71};  // 15 beyond the edge are let pass
  EXPECT_NE(problemOf(points, picture).find("outside"), std::string::npos);
  points = kGood;
  points[1] = points[0];
  EXPECT_NE(problemOf(points, picture).find("on top of each other"), std::string::npos);
  points = kGood;
  std::swap(points[0], points[1]);  // the eyes alone
  EXPECT_NE(problemOf(points, picture).find("not in order"), std::string::npos);
  points = kGood;
  std::swap(points[3], points[4]);  // the mouth alone
  EXPECT_NE(problemOf(points, picture).find("not in order"), std::string::npos);
  points = kGood;
  for (auto& p : points) p.y = 100 - p.y;  // mirrored top to bottom: no face looks so
  EXPECT_NE(problemOf(points, picture).find("not in order"), std::string::npos);
  points = kGood;
  for (auto& p : points) p = {100 - p.x, 100 - p.y};  // a face upside down is one
  EXPECT_EQ(problemOf(points, picture), "");
}

TEST(Landmarks, ThePersonsOwnLeftAndRightBecomeThePictures) {
  auto points = kGood;
  std::swap(points[0], points[1]);
  std::swap(points[3], points[4]);
  const auto ordered = inImageOrder(points);
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_EQ(ordered[k].x, kGood[k].x);
    EXPECT_EQ(ordered[k].y, kGood[k].y);
  }
  EXPECT_EQ(inImageOrder(kGood)[0].x, kGood[0].x);
}

TEST(SquareAround, HasTheBoxesMiddleAndTheLongerSide) {
  EXPECT_EQ(squareAround({10, 20, 30, 40}, 1), (data::Rect{5, 20, 40, 40}));
  EXPECT_EQ(squareAround({10, 20, 30, 40}, 1.5), (data::Rect{-5, 10, 60, 60}));
}

}  // namespace
}  // namespace discern::detection
