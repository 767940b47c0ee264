#include "core/sweep/target.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/core/sweep/planted.h"

namespace discern::sweep {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Curve curve(const char* name, bool baseline, const std::vector<std::pair<double, double>>& computeAndTar) {
  Curve made{name, baseline, {}};
  for (const auto& [compute, tar] : computeAndTar) {
    ThresholdEvaluator::Point point;
    point.tar = tar;
    point.cost.share = compute;
    made.points.push_back(point);
  }
  return made;
}

// Neither curve is monotone: the best of 30 % is better than all between it and 70 %.
const std::vector<Curve> kCurves = {
    curve("a", false, {{1.0, 0.90}, {0.7, 0.93}, {0.5, 0.80}, {0.3, 0.91}, {0.1, 0.60}}),
    curve("b", false, {{1.0, 0.95}, {0.7, 0.92}, {0.5, 0.89}, {0.3, kNone}, {0.1, 0.70}}),
    curve("average", true, {{0.0, 1.0}})};

TEST(Target, TheWholeOfEveryCurveIsLookedAt) {
  const auto at = [](const Target& target, double reference) {
    const auto found = reach(target, kCurves, reference);
    return std::pair(found.curve, found.point);
  };
  EXPECT_EQ(at({.loseAtMost = 0.0}, 0.90), std::pair(0, 3)) << "behind a dip";
  EXPECT_EQ(at({.loseAtMost = 0.02}, 0.95), std::pair(0, 1));
  EXPECT_EQ(at({.loseAtMost = 0.0}, 0.95), std::pair(1, 0));
  EXPECT_EQ(at({.loseAtMost = 0.0}, 0.96), std::pair(-1, -1)) << "out of reach";
  EXPECT_EQ(at({.computeAtMost = 0.7}, 0), std::pair(0, 1));
  EXPECT_EQ(at({.computeAtMost = 0.6}, 0), std::pair(0, 3));
  EXPECT_EQ(at({.computeAtMost = 0.1}, 0), std::pair(1, 4));
  EXPECT_EQ(at({.computeAtMost = 0.05}, 0), std::pair(-1, -1));
  EXPECT_EQ(at({.loseAtMost = 0.02, .computeAtMost = 0.7}, 0.94), std::pair(0, 1));
  EXPECT_EQ(at({.loseAtMost = 0.02, .computeAtMost = 0.6}, 0.95), std::pair(-1, -1)) << "both must hold";
}

TEST(Target, ItsDifferenceIsThatOfTheSameComparisons) {
  const Planted p = planted({});
  ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
  ThresholdEvaluator::Options how;
  how.far = 0.01;
  how.rescale = aggregation::Rescale::Off;
  const double threshold = evaluator.sortedScores()[evaluator.sortedScores().size() / 2];
  const auto told = againstEveryImage(evaluator, threshold, how, 200);
  ThresholdEvaluator fresh(p.features.view(), p.scores, p.protocol);
  aggregation::Options mean;
  mean.method = aggregation::Method::Average;
  EXPECT_NEAR(told.tarA, fresh.baseline(mean, how).tar, 1e-12);
  EXPECT_NEAR(told.tarB, fresh.at(threshold, how).tar, 1e-12);
  EXPECT_LE(told.low, told.difference());
  EXPECT_GE(told.high, told.difference());
  EXPECT_LT(told.low, told.high);
  EXPECT_NEAR(static_cast<double>(told.gained.size()) - static_cast<double>(told.lost.size()),
              told.difference() * static_cast<double>(fresh.comparisons().genuine.size()), 1e-6);
}

}  // namespace
}  // namespace discern::sweep
