// Classification of groups, against counting by hand and by brute force.
#include "core/evaluation/classes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/base/rng.h"

namespace discern::evaluation {
namespace {

data::Matrix random(std::int64_t rows, std::int64_t cols, Rng& rng) {
  data::Matrix matrix(rows, cols);
  for (float& value : matrix.values) value = static_cast<float>(rng.normal());
  return matrix;
}

TEST(Classes, CentroidScoresAreCosinesAndAnUnseenClassIsNeverNearest) {
  data::Matrix features(2, 2), centroids(3, 2);
  features.values = {3, 4, -1, 0};
  centroids.values = {1, 0, 0, 0, 0, 2};
  const auto scores = centroidScores(features.view(), centroids.view());
  EXPECT_FLOAT_EQ(scores.row(0)[0], 0.6F);
  EXPECT_FLOAT_EQ(scores.row(0)[2], 0.8F);
  EXPECT_FLOAT_EQ(scores.row(1)[0], -1);
  EXPECT_TRUE(std::isinf(scores.row(1)[1]) && scores.row(1)[1] < 0) << "below the cosine of -1";
  EXPECT_DOUBLE_EQ(classAccuracy(scores.view(), std::vector{2, 2}).top1, 1);
  EXPECT_DOUBLE_EQ(classAccuracy(scores.view(), std::vector{2, 1}).top1, 0.5);
  EXPECT_THROW(centroidScores(features.view(), data::Matrix(3, 5).view()), Error);
}

TEST(Classes, ALayerIsLinearOrComparesDirections) {
  data::Matrix features(1, 2), weight(2, 2);
  features.values = {2, 1};
  weight.values = {1, 1, 10, 0};
  const auto linear = layerScores(features.view(), weight.view(), std::vector{0.5F, -20.F}, false);
  EXPECT_FLOAT_EQ(linear.row(0)[0], 3.5F);
  EXPECT_FLOAT_EQ(linear.row(0)[1], 0);
  const auto cosines = layerScores(features.view(), weight.view(), {}, true);
  EXPECT_FLOAT_EQ(cosines.row(0)[0], static_cast<float>(3 / std::sqrt(10.0)));
  EXPECT_FLOAT_EQ(cosines.row(0)[1], static_cast<float>(2 / std::sqrt(5.0)));
  EXPECT_THROW(layerScores(features.view(), weight.view(), std::vector{1.F}, false), Error);
}

TEST(Classes, AccuraciesAreThoseOfSortingEachRow) {
  Rng rng(4);
  for (const std::int64_t classes : {3, 7, 12}) {
    const auto scores = random(200, classes, rng);
    std::vector<int> labels;
    for (int r = 0; r < 200; ++r)
      labels.push_back(static_cast<int>(rng.below(classes - 1)));  // one has no row
    double top1 = 0, top5 = 0;
    std::vector<double> right(static_cast<std::size_t>(classes)), all(right);
    for (std::int64_t r = 0; r < 200; ++r) {
      std::vector<std::pair<float, int>> order;
      for (int c = 0; c < classes; ++c) order.emplace_back(-scores.row(r)[static_cast<std::size_t>(c)], c);
      std::ranges::sort(order);
      const auto label = static_cast<std::size_t>(labels[static_cast<std::size_t>(r)]);
      for (std::size_t k = 0; k < std::min<std::size_t>(5, order.size()); ++k)
        if (order[k].second == static_cast<int>(label)) {
          top5 += 1;
          top1 += k == 0 ? 1 : 0;
          right[label] += k == 0 ? 1 : 0;
        }
      all[label] += 1;
    }
    const auto accuracy = classAccuracy(scores.view(), labels);
    EXPECT_NEAR(accuracy.top1, top1 / 200, 1e-12);
    EXPECT_NEAR(accuracy.top5, top5 / 200, 1e-12);
    EXPECT_NEAR(accuracy.mean, (top1 + top5) / 400, 1e-12);
    double mean = 0;
    for (std::size_t c = 0; c + 1 < right.size(); ++c) mean += right[c] / all[c];
    EXPECT_NEAR(accuracy.perClass, mean / static_cast<double>(classes - 1), 1e-12);
  }
}

TEST(Classes, TiesNeverHelp) {
  EXPECT_DOUBLE_EQ(classAccuracy(data::Matrix(4, 8, 0.5F).view(), std::vector{0, 1, 2, 3}).top5, 0);
  EXPECT_TRUE(std::isnan(classAccuracy(data::Matrix(0, 8).view(), {}).top1));
}

}  // namespace
}  // namespace discern::evaluation
