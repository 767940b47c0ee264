#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/base/rng.h"
#include "core/sweep/sweep.h"

namespace discern::sweep {
namespace {

std::ptrdiff_t keptAbove(const std::vector<float>& sorted, double threshold) {
  return std::count_if(sorted.begin(), sorted.end(), [&](float s) { return s > threshold; });
}

TEST(Readings, HandComputed) {
  const std::vector<float> sorted = {0.125F, 0.25F, 0.5F, 0.75F};
  const evaluation::CostModel cost{1000, 0, 50, 0};
  const auto readings = readingsAt(0.25, sorted, cost);  // the score at the threshold is dropped
  EXPECT_DOUBLE_EQ(readings.percentile, 50);
  EXPECT_DOUBLE_EQ(readings.keptShare, 0.5);
  EXPECT_DOUBLE_EQ(readings.computeShare, 0.55);
  EXPECT_DOUBLE_EQ(scoreAtPercentile(50, sorted), 0.25);
  EXPECT_DOUBLE_EQ(scoreAtKeptShare(0.25, sorted), 0.5);
  EXPECT_DOUBLE_EQ(scoreAtComputeShare(0.55, sorted, cost), 0.25);
  EXPECT_EQ(keptAbove(sorted, scoreAtKeptShare(1, sorted)), 4);
  EXPECT_NEAR(scoreAtKeptShare(1, sorted), 0.125, 1e-6);
  EXPECT_EQ(keptAbove(sorted, scoreAtKeptShare(0, sorted)), 0);
}

TEST(Readings, EveryHandleComesBackToTheSameKeptSet) {
  for (const int steps : {12, 1000000}) {  // with and without ties
    Rng rng(4);
    std::vector<float> sorted;
    for (int i = 0; i < 500; ++i)
      sorted.push_back(static_cast<float>(rng.below(steps)) / static_cast<float>(steps));
    std::sort(sorted.begin(), sorted.end());
    const evaluation::CostModel cost{1000, 0, 37, 0};
    for (int i = -5; i <= 105; ++i) {
      const double score = i / 100.0;
      const auto readings = readingsAt(score, sorted, cost);
      const auto kept = keptAbove(sorted, score);
      EXPECT_EQ(keptAbove(sorted, scoreAtKeptShare(readings.keptShare, sorted)), kept) << score;
      EXPECT_EQ(keptAbove(sorted, scoreAtPercentile(readings.percentile, sorted)), kept) << score;
      EXPECT_EQ(keptAbove(sorted, scoreAtComputeShare(readings.computeShare, sorted, cost)), kept) << score;
    }
  }
}

TEST(Readings, EqualScoresLeaveTogetherTowardsTheNearerShare) {
  std::vector<float> sorted(10, 0.5F);
  EXPECT_EQ(keptAbove(sorted, scoreAtKeptShare(0.9, sorted)), 10);
  EXPECT_EQ(keptAbove(sorted, scoreAtKeptShare(0.1, sorted)), 0);
}

TEST(Readings, ScoresToldFromFeaturesSaveNoCompute) {
  const std::vector<float> sorted = {0.1F, 0.2F, 0.3F, 0.4F};
  evaluation::CostModel cost{1000, 0, 0, 0};
  EXPECT_DOUBLE_EQ(readingsAt(0.25, sorted, cost).computeShare, 0.5);
  cost.scoresNeedBase = true;
  EXPECT_DOUBLE_EQ(readingsAt(0.25, sorted, cost).computeShare, 1);
  EXPECT_DOUBLE_EQ(readingsAt(0.25, sorted, cost).keptShare, 0.5);
}

TEST(Readings, BudgetsOutOfReachAreClamped) {
  const std::vector<float> sorted = {0.25F, 0.5F};
  const evaluation::CostModel cost{1000, 0, 600, 0};
  EXPECT_EQ(keptAbove(sorted, scoreAtComputeShare(0.5, sorted, cost)), 0);  // scoring alone costs more
  EXPECT_EQ(keptAbove(sorted, scoreAtComputeShare(9, sorted, cost)), 2);
  EXPECT_EQ(keptAbove(sorted, scoreAtPercentile(-3, sorted)), 2);
  EXPECT_DOUBLE_EQ(readingsAt(0.3, {}, cost).keptShare, 1);
  EXPECT_DOUBLE_EQ(scoreAtKeptShare(0.5, {}), 0);
}

}  // namespace
}  // namespace discern::sweep
