#include "core/embedding/principal.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/core/embedding/clouds.h"

namespace discern::embedding {
namespace {

// Deviations 10 and 5 along two directions that are planted, 1 along all others, far from the origin.
TEST(PrincipalTest, findsPlantedDirections) {
  constexpr std::int64_t n = 700, d = 60;
  std::vector<double> first(d), second(d);
  for (std::int64_t k = 0; k < d; ++k) {
    first[k] = 1 / std::sqrt(static_cast<double>(d));
    second[k] = (k % 2 == 0 ? 1 : -1) / std::sqrt(static_cast<double>(d));
  }
  Rng rng(3);
  data::Matrix points(n, d);
  std::vector<double> a(n), b(n);
  for (std::int64_t i = 0; i < n; ++i) {
    a[i] = 10 * rng.normal(), b[i] = 5 * rng.normal();
    for (std::int64_t k = 0; k < d; ++k)
      points.values[i * d + k] =
          static_cast<float>(30 + a[i] * first[k] + b[i] * second[k] + 0.1 * rng.normal());
  }
  Team team(2);
  const Prepared prepared = prepare(points.view(), team);
  const std::vector<double> scores = principalScores(prepared, 1, team);
  const auto correlation = [&](int axis, const std::vector<double>& truth) {
    double xy = 0, xx = 0, yy = 0, mean = 0;
    for (std::int64_t i = 0; i < n; ++i) mean += truth[i] / n;
    for (std::int64_t i = 0; i < n; ++i) {
      xy += scores[2 * i + axis] * (truth[i] - mean);
      xx += scores[2 * i + axis] * scores[2 * i + axis];
      yy += (truth[i] - mean) * (truth[i] - mean);
    }
    return xy / std::sqrt(xx * yy);
  };
  EXPECT_GT(std::abs(correlation(0, a)), 0.99);
  EXPECT_GT(std::abs(correlation(1, b)), 0.99);
  double across = 0, square = 0;
  for (std::int64_t i = 0; i < n; ++i) {
    across += scores[2 * i] * scores[2 * i + 1];
    square += scores[2 * i] * scores[2 * i];
  }
  EXPECT_NEAR(across / square, 0, 1e-4);  // components are uncorrelated
  EXPECT_NEAR(std::sqrt(square / n) / prepared.scale, 10, 1);
}

TEST(PrincipalTest, fewDimensionsAndNoVariance) {
  Team team(1);
  data::Matrix line(20, 1);
  for (std::int64_t i = 0; i < 20; ++i) line.values[i] = static_cast<float>(i);
  auto scores = principalScores(prepare(line.view(), team), 1, team);
  for (std::int64_t i = 0; i < 20; ++i) {
    EXPECT_NEAR(scores[2 * i], (static_cast<double>(i) - 9.5) / 9.5, 1e-6);
    EXPECT_NEAR(scores[2 * i + 1], 0, 1e-9);
  }
  const data::Matrix same(20, 5, 3.0F);
  scores = principalScores(prepare(same.view(), team), 1, team);
  for (const double score : scores) EXPECT_EQ(score, 0);
}

}  // namespace
}  // namespace discern::embedding
