#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/embedding/tsne.h"
#include "tests/core/embedding/clouds.h"

namespace discern::embedding {
namespace {

TsneResult run(const data::Matrix& points, const TsneOptions& options) {
  Progress progress;
  return tsne(points.view(), options, progress);
}

std::string messageOf(const data::Matrix& points, const TsneOptions& options) {
  try {
    run(points, options);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

double distance(const data::Matrix& map, std::int64_t i, std::int64_t j) {
  return std::hypot(map.values[2 * i] - map.values[2 * j], map.values[2 * i + 1] - map.values[2 * j + 1]);
}

TEST(TsneEdgesTest, fourPointsInTwoPairs) {
  data::Matrix points(4, 3);
  points.values = {0, 0, 0, 0.1F, 0, 0, 10, 0, 0, 10, 0.1F, 0};
  for (const int iterations : {1000, 5000}) {
    const TsneResult result = run(points, {.iterations = iterations});
    EXPECT_TRUE(data::isFinite(result.map.values));
    EXPECT_LT(distance(result.map, 0, 1), distance(result.map, 0, 2));
    EXPECT_LT(distance(result.map, 2, 3), distance(result.map, 1, 3));
  }
}

TEST(TsneEdgesTest, allPointsEqual) {
  for (const float value : {0.0F, 7.0F}) {
    const TsneResult result = run(data::Matrix(40, 6, value), {.iterations = 300});
    EXPECT_TRUE(data::isFinite(result.map.values));
    EXPECT_GT(distance(result.map, 0, 1), 0);  // noise parts them
    EXPECT_TRUE(std::isfinite(result.kl));
  }
}

TEST(TsneEdgesTest, duplicatesStayTogether) {
  data::Matrix points = clusters(90, 8, 3, 3, 4);
  for (std::int64_t i = 0; i < 30; ++i) {  // 3 i + 1 and 3 i + 2 become copies of 3 i
    const auto row = points.row(3 * i);
    std::copy(row.begin(), row.end(), points.row(3 * i + 1).begin());
    std::copy(row.begin(), row.end(), points.row(3 * i + 2).begin());
  }
  TsneOptions options;
  options.perplexity = 5;
  const TsneResult result = run(points, options);
  EXPECT_TRUE(data::isFinite(result.map.values));
  double copies = 0, others = 0;
  for (std::int64_t i = 0; i < 29; ++i) {
    copies += distance(result.map, 3 * i, 3 * i + 1);
    others += distance(result.map, 3 * i, 3 * i + 3);
  }
  EXPECT_LT(copies, 0.3 * others);
}

TEST(TsneEdgesTest, aLineOfOneDimension) {
  data::Matrix points(60, 1);
  for (std::int64_t i = 0; i < 60; ++i) points.values[i] = static_cast<float>(i);
  const TsneResult result = run(points, {.perplexity = 5});
  double width = 0, height = 0;  // noise lets it leave the line it starts on
  for (std::int64_t i = 0; i < 60; ++i) {
    width = std::max(width, std::abs(static_cast<double>(result.map.values[2 * i])));
    height = std::max(height, std::abs(static_cast<double>(result.map.values[2 * i + 1])));
  }
  EXPECT_GT(width, 1);
  EXPECT_GT(height, 1);
}

TEST(TsneEdgesTest, tooLargePerplexityIsLowered) {
  const data::Matrix points = clusters(31, 8, 3, 3, 4);
  const TsneResult large = run(points, {.perplexity = 500, .iterations = 300});
  EXPECT_EQ(large.map.values, run(points, {.perplexity = 10, .iterations = 300}).map.values);
  EXPECT_NE(large.map.values, run(points, {.perplexity = 5, .iterations = 300}).map.values);
}

TEST(TsneEdgesTest, badInputIsNamed) {
  EXPECT_NE(messageOf(data::Matrix(3, 5), {}).find("at least 4 points, not 3"), std::string::npos);
  EXPECT_NE(messageOf(data::Matrix(10, 0), {}).find("at least one dimension"), std::string::npos);
  data::Matrix points = clusters(20, 4, 2, 3, 1);
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    data::Matrix broken = points;
    broken.values[4 * 13 + 2] = bad;
    EXPECT_NE(messageOf(broken, {}).find("row 13"), std::string::npos);
  }
  EXPECT_NE(messageOf(points, {.perplexity = 0.5}).find("perplexity"), std::string::npos);
  EXPECT_NE(messageOf(points, {.perplexity = std::nan("")}).find("perplexity"), std::string::npos);
  EXPECT_NE(messageOf(points, {.iterations = 0}).find("iterations"), std::string::npos);
  EXPECT_NE(messageOf(points, {.learningRate = -1}).find("learningRate"), std::string::npos);
  EXPECT_NE(messageOf(points, {.exaggeration = 0}).find("exaggeration"), std::string::npos);
  EXPECT_NE(messageOf(points, {.reportEvery = 0}).find("reportEvery"), std::string::npos);
}

TEST(TsneEdgesTest, aLearningRateThatTearsTheMapIsNamed) {
  const data::Matrix points = clusters(50, 4, 2, 3, 1);
  EXPECT_NE(messageOf(points, {.learningRate = 1e12}).find("learning rate of"), std::string::npos);
}

TEST(TsneEdgesTest, hugeValuesDoNotOverflow) {
  data::Matrix points = clusters(60, 8, 3, 5, 4);
  for (float& value : points.values) value *= 1e36F;
  const TsneResult result = run(points, {.perplexity = 8, .iterations = 400});
  EXPECT_TRUE(data::isFinite(result.map.values));
  EXPECT_EQ(agreement(result.map, 3), 1.0);
}

}  // namespace
}  // namespace discern::embedding
