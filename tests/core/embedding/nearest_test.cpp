#include "core/embedding/nearest.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "tests/core/embedding/clouds.h"

namespace discern::embedding {
namespace {

double squaredDistance(const data::Matrix& points, std::int64_t i, std::int64_t j) {
  double sum = 0;
  for (std::int64_t k = 0; k < points.cols; ++k) {
    const double d =
        static_cast<double>(points.values[i * points.cols + k]) - points.values[j * points.cols + k];
    sum += d * d;
  }
  return sum;
}

std::vector<std::int32_t> bruteForce(const data::Matrix& points, std::int64_t i, std::int64_t k) {
  std::vector<std::pair<double, std::int32_t>> all;
  for (std::int64_t j = 0; j < points.rows; ++j)
    if (j != i) all.emplace_back(squaredDistance(points, i, j), j);
  std::sort(all.begin(), all.end());
  std::vector<std::int32_t> result;
  for (std::int64_t e = 0; e < k; ++e) result.push_back(all[e].second);
  return result;
}

void expectExact(const data::Matrix& points, std::int64_t k) {
  Team team(2);
  Progress progress;
  const Prepared prepared = prepare(points.view(), team);
  const Neighbours found = nearestNeighbours(prepared, k, team, progress);
  ASSERT_EQ(found.index.size(), static_cast<std::size_t>(points.rows * k));
  const double scale = static_cast<double>(prepared.scale) * prepared.scale;
  for (std::int64_t i = 0; i < points.rows; ++i) {
    const auto expected = bruteForce(points, i, k);
    const std::vector<std::int32_t> got(found.index.begin() + i * k, found.index.begin() + (i + 1) * k);
    ASSERT_EQ(got, expected) << "point " << i;
    for (std::int64_t e = 0; e < k; ++e)
      ASSERT_NEAR(found.distances(i)[e], squaredDistance(points, i, expected[e]) * scale,
                  1e-5 * scale * squaredDistance(points, i, expected[e]));
  }
}

TEST(NearestTest, equalsBruteForce) {
  expectExact(clusters(333, 40, 5, 1, 1), 20);
  expectExact(clusters(129, 300, 3, 0.5, 2),
              128);  // all others, more than one block of rows and of dimensions
  expectExact(clusters(4, 1, 1, 1, 3), 3);
  expectExact(clusters(65, 7, 1, 1, 4), 1);
}

TEST(NearestTest, farFromTheOriginAndTinyStillExact) {
  data::Matrix points = clusters(150, 24, 3, 2, 5);
  for (float& value : points.values) value = value * 0.01F + 100;
  expectExact(points, 15);
  points = clusters(150, 24, 3, 2, 5);
  for (float& value : points.values) value *= 1e-20F;
  Team team(1);
  Progress progress;
  const Neighbours found = nearestNeighbours(prepare(points.view(), team), 15, team, progress);
  EXPECT_EQ(std::vector<std::int32_t>(found.index.begin(), found.index.begin() + 15),
            bruteForce(points, 0, 15));
}

TEST(NearestTest, equalPointsAreNeighboursInOrder) {
  data::Matrix points(100, 8, 0.25F);
  points.values[50 * 8] = 3;  // one apart
  Team team(1);
  Progress progress;
  const Neighbours found = nearestNeighbours(prepare(points.view(), team), 4, team, progress);
  EXPECT_EQ(std::vector<std::int32_t>(found.index.begin(), found.index.begin() + 4),
            (std::vector<std::int32_t>{1, 2, 3, 4}));
  EXPECT_EQ(std::vector<std::int32_t>(found.index.end() - 4, found.index.end()),
            (std::vector<std::int32_t>{0, 1, 2, 3}));
  EXPECT_EQ(found.distances(0)[3], 0);
  EXPECT_GT(found.distances(50)[0], 0);
}

TEST(NearestTest, stopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  Progress progress({}, stop.get_token());
  const data::Matrix points = clusters(300, 8, 3, 2, 5);
  Team team(2);
  const Prepared prepared = prepare(points.view(), team);
  EXPECT_THROW(nearestNeighbours(prepared, 5, team, progress), Cancelled);
}

}  // namespace
}  // namespace discern::embedding
