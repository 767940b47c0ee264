#include "core/embedding/affinities.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "tests/core/embedding/clouds.h"

namespace discern::embedding {
namespace {

double entropy(const std::vector<double>& weights) {
  double sum = 0;
  for (const double w : weights)
    if (w > 0) sum -= w * std::log(w);
  return sum;
}

TEST(CalibrateTest, entropyIsThatOfThePerplexity) {
  Rng rng(4);
  for (const double scale : {1e-8, 1.0, 1e8})
    for (const double perplexity : {1.5, 5.0, 30.0, 85.0})
      for (const double offset : {0.0, 50.0}) {  // a common distance to all must not matter
        std::vector<float> distances;
        for (int i = 0; i < 91; ++i)
          distances.push_back(static_cast<float>(scale * (offset + std::pow(rng.normal(), 2))));
        std::sort(distances.begin(), distances.end());
        std::vector<double> weights(distances.size());
        const double beta = calibrate(distances, perplexity, weights);
        EXPECT_NEAR(std::exp(entropy(weights)), perplexity, 1e-4 * perplexity) << scale << " " << offset;
        double sum = 0;
        for (const double w : weights) sum += w;
        EXPECT_NEAR(sum, 1, 1e-12);
        for (int e = 1; e < 91 && weights[e] > 1e-200; ++e)
          EXPECT_NEAR(std::log(weights[0] / weights[e]),
                      beta * (static_cast<double>(distances[e]) - distances[0]), 1e-9);
      }
}

TEST(CalibrateTest, whatCannotBeReachedIsBounded) {
  std::vector<double> weights(10);
  calibrate(std::vector<float>(10, 0.0F), 3, weights);  // equal: uniform
  for (const double w : weights) EXPECT_DOUBLE_EQ(w, 0.1);
  calibrate(std::vector<float>(10, 7.0F), 3, weights);
  for (const double w : weights) EXPECT_DOUBLE_EQ(w, 0.1);
  // Five at the nearest distance: no less than a perplexity of 5.
  const std::vector<float> ties{0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
  calibrate(ties, 2, weights);
  EXPECT_NEAR(std::exp(entropy(weights)), 5, 1e-3);
  // More than all: uniform in the limit.
  calibrate(ties, 10, weights);
  EXPECT_NEAR(std::exp(entropy(weights)), 10, 1e-2);
}

TEST(AffinitiesTest, symmetricSumOneAndTheMeanOfBothSides) {
  const data::Matrix points = clusters(200, 6, 4, 2, 7);
  Team team(2);
  Progress progress;
  const double perplexity = 8;
  const Neighbours near = nearestNeighbours(prepare(points.view(), team), 25, team, progress);
  const Affinities p = affinities(near, perplexity, team);

  std::map<std::pair<std::int64_t, std::int64_t>, double> expected;
  for (std::int64_t i = 0; i < 200; ++i) {
    std::vector<double> weights(25);
    calibrate(near.distances(i), perplexity, weights);
    for (std::int64_t e = 0; e < 25; ++e) {
      const std::int64_t j = near.index[i * 25 + e];
      expected[{i, j}] += weights[e] / 400;
      expected[{j, i}] += weights[e] / 400;
    }
  }
  std::map<std::pair<std::int64_t, std::int64_t>, double> got;
  double sum = 0;
  for (std::int64_t i = 0; i < 200; ++i) {
    EXPECT_EQ(p.rowStart[i] % 16, 0);
    for (std::int64_t e = p.rowStart[i]; e < p.rowStart[i + 1]; ++e) {
      sum += p.p[e];
      if (p.column[e] == i)
        EXPECT_EQ(p.p[e], 0);  // padding
      else
        got[{i, p.column[e]}] += p.p[e];
    }
  }
  EXPECT_NEAR(sum, 1, 1e-6);
  ASSERT_EQ(got.size(), expected.size());
  for (const auto& [pair, value] : expected) EXPECT_NEAR(got[pair], value, 1e-9);
}

}  // namespace
}  // namespace discern::embedding
