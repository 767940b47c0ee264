#include "core/training/perturb.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <set>
#include <vector>

#include "core/base/rng.h"
#include "core/imaging/image.h"

namespace discern::training {
namespace {

using Planes = std::vector<std::uint8_t>;

Planes planesOf(int size, const std::function<int(int channel, int y, int x)>& value) {
  Planes planes;
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < size; ++y)
      for (int x = 0; x < size; ++x) planes.push_back(static_cast<std::uint8_t>(value(c, y, x)));
  return planes;
}

Planes draw(const Planes& planes, int stored, int size, const Similarity& similarity = {},
            bool mirrored = false) {
  Planes out(static_cast<std::size_t>(3 * size * size));
  drawFace(stored, planes.data(), similarity, mirrored, size, out.data());
  return out;
}

// A bright Gaussian spot at (x, y), in shares of the side.
Planes spot(int size, double x, double y) {
  return planesOf(size, [=](int, int row, int column) {
    const double dx = (column + 0.5) / size - x, dy = (row + 0.5) / size - y;
    return std::lround(250 * std::exp(-(dx * dx + dy * dy) / (2 * 0.05 * 0.05)));
  });
}

cv::Point2d centreOf(const Planes& planes, int size) {
  double sum = 0, x = 0, y = 0;
  for (int row = 0; row < size; ++row)
    for (int column = 0; column < size; ++column) {
      const double value = planes[static_cast<std::size_t>(row * size + column)];
      sum += value;
      x += value * (column + 0.5) / size;
      y += value * (row + 0.5) / size;
    }
  return {x / sum, y / sum};
}

TEST(DrawFace, WithoutASimilarityEachPixelIsTheMeanOfItsArea) {
  Rng rng(1);
  const auto planes = planesOf(64, [&](int, int, int) { return static_cast<int>(rng.below(256)); });
  const auto drawn = draw(planes, 64, 16);
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < 16; ++y)
      for (int x = 0; x < 16; ++x) {
        double sum = 0;
        for (int i = 0; i < 16; ++i)
          sum += planes[static_cast<std::size_t>(c * 4096 + (4 * y + i / 4) * 64 + 4 * x + i % 4)];
        EXPECT_NEAR(drawn[static_cast<std::size_t>(c * 256 + y * 16 + x)], sum / 16, 0.51);
      }
  const auto mirrored = draw(planes, 64, 16, {}, true);
  for (int i = 0; i < 3 * 256; ++i)
    EXPECT_EQ(mirrored[static_cast<std::size_t>(i)],
              drawn[static_cast<std::size_t>(i - i % 16 + 15 - i % 16)]);
}

TEST(DrawFace, ASpotGoesWhereTheSimilaritySays) {
  constexpr double cx = 56.0262 / 112, cy = 71.9008 / 112;
  for (const int size : {16, 32, 64, 96}) {
    const int stored = storedSize(size);
    for (const Similarity& s : {Similarity{}, Similarity{1.2, 0, 0, 0}, Similarity{1, 0.3, 0, 0},
                                Similarity{1, 0, 0.08, -0.05}, Similarity{0.85, -0.2, 0.03, 0.06}}) {
      const double x = 0.62, y = 0.48;
      const auto got = centreOf(draw(spot(stored, x, y), stored, size, s), size);
      const double wx = cx + s.scale * (std::cos(s.angle) * (x - cx) - std::sin(s.angle) * (y - cy)) + s.dx;
      const double wy = cy + s.scale * (std::sin(s.angle) * (x - cx) + std::cos(s.angle) * (y - cy)) + s.dy;
      EXPECT_NEAR(got.x, wx, 0.006) << size;
      EXPECT_NEAR(got.y, wy, 0.006) << size;
    }
  }
}

TEST(DrawFace, FinePatternsFadeInsteadOfAliasing) {
  // Columns of 0 and 255 in turn: half a cycle a stored pixel is far above what 16 px can show.
  const auto stripes = planesOf(64, [](int, int, int x) { return x % 2 * 255; });
  for (const Similarity& s : {Similarity{}, Similarity{0.93, 0.05, 0.01, 0.02}}) {
    const auto drawn = draw(stripes, 64, 16, s);
    for (int y = 2; y < 14; ++y)
      for (int x = 2; x < 14; ++x) EXPECT_NEAR(drawn[static_cast<std::size_t>(16 * y + x)], 127.5, 30);
  }
  // Edges are repeated, so a constant face stays constant.
  for (const auto value : draw(planesOf(64, [](int, int, int) { return 77; }), 64, 16, {0.8, 0.3, 0.2, 0.2}))
    EXPECT_EQ(value, 77);
}

// Landmarks jittered and fitted for real (Umeyama) against the closed form.
TEST(Perturbation, HasTheSpreadOfAFitToJitteredLandmarks) {
  const std::vector<cv::Point2d> landmarks = {
      {38.2946, 51.6963}, {73.5318, 51.5014}, {56.0252, 71.7366}, {41.5493, 92.3655}, {70.7299, 92.2041}};
  constexpr double strength = 0.03;
  constexpr int draws = 4000;
  cv::Point2d centre;
  for (const auto& p : landmarks) centre += p / 5.0;
  Rng rng(7);
  double fitShift = 0, fitScale = 0, fitAngle = 0, shift = 0, scale = 0, angle = 0;
  for (int i = 0; i < draws; ++i) {
    cv::Point2d moved, sum;
    std::vector<cv::Point2d> found;
    for (const auto& p : landmarks) {
      found.emplace_back(p + 112 * strength * cv::Point2d(rng.normal(), rng.normal()));
      moved += found.back() / 5.0;
    }
    double along = 0, across = 0, spread = 0;
    for (std::size_t k = 0; k < 5; ++k) {
      along += (landmarks[k] - centre).dot(found[k] - moved);
      across += (landmarks[k] - centre).cross(found[k] - moved);
      spread += (landmarks[k] - centre).dot(landmarks[k] - centre);
    }
    fitShift += std::pow((moved.x - centre.x) / 112, 2) / draws;
    fitScale += std::pow(std::hypot(along, across) / spread - 1, 2) / draws;
    fitAngle += std::pow(std::atan2(across, along), 2) / draws;
    const auto s = perturbation(3, i / 16, i % 16, strength);
    shift += s.dx * s.dx / draws;
    scale += (s.scale - 1) * (s.scale - 1) / draws;
    angle += s.angle * s.angle / draws;
  }
  // The tails are cut, which takes 2 % off.
  EXPECT_NEAR(std::sqrt(shift / fitShift), 0.98, 0.04);
  EXPECT_NEAR(std::sqrt(scale / fitScale), 0.98, 0.04);
  EXPECT_NEAR(std::sqrt(angle / fitAngle), 0.98, 0.04);
}

TEST(Perturbation, OfOwnLandmarksIsTheFitOfTheMovedPointsToTheTemplate) {
  // A face turned aside: its landmarks, aligned, are not the template's.
  const data::Landmarks own = imaging::alignedLandmarks({{{30, 52}, {60, 48}, {34, 75}, {33, 95}, {55, 93}}});
  const auto still = perturbation(1, 5, 3, 0, own);
  EXPECT_NEAR(still.scale, 1, 1e-5);
  EXPECT_NEAR(still.angle, 0, 1e-5);
  EXPECT_NEAR(still.dx, 0, 1e-5);
  EXPECT_NEAR(still.dy, 0, 1e-5);
  // The template's own points and the closed form for them have the same spread.
  constexpr int draws = 4000;
  double fit = 0, form = 0, fitShift = 0, formShift = 0, other = 0;
  for (int i = 0; i < draws; ++i) {
    const auto a = perturbation(3, i / 16, i % 16, 0.02, imaging::faceTemplate());
    const auto b = perturbation(3, i / 16, i % 16, 0.02);
    fit += a.angle * a.angle;
    form += b.angle * b.angle;
    fitShift += a.dx * a.dx;
    formShift += b.dx * b.dx;
    other += std::pow(perturbation(3, i / 16, i % 16, 0.02, own).angle, 2);
  }
  EXPECT_NEAR(std::sqrt(fit / form), 1, 0.05);
  EXPECT_NEAR(std::sqrt(fitShift / formShift), 1, 0.05);
  EXPECT_GT(std::sqrt(other / fit), 1.05);  // points that lie closer together turn farther
}

TEST(Perturbation, IsSeededAFaceAndAVariant) {
  std::set<double> seen;
  for (int face = 0; face < 10; ++face)
    for (int variant = 0; variant < 16; ++variant) seen.insert(perturbation(1, face, variant, 0.03).dx);
  EXPECT_GT(seen.size(), 150U);  // the cut tails may coincide
  EXPECT_EQ(perturbation(1, 5, 2, 0.03).angle, perturbation(1, 5, 2, 0.03).angle);
  EXPECT_NE(perturbation(1, 5, 2, 0.03).angle, perturbation(2, 5, 2, 0.03).angle);
  const auto none = perturbation(1, 5, 2, 0);
  EXPECT_EQ(none.scale, 1);
  EXPECT_EQ(none.dx, 0);
}

}  // namespace
}  // namespace discern::training
