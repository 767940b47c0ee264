#include "core/sweep/sweep.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "core/base/error.h"
#include "tests/core/sweep/planted.h"

namespace discern::sweep {
namespace {

TEST(Sweep, CurvesAreTheEvaluatorsPoints) {
  const Planted p = planted({});
  SweepOptions options;
  options.thresholds = 40;
  options.far = 0.01;
  options.cost = {1000, 5, 80, 1};
  Progress progress;
  const auto result = sweep(p.features.view(), p.scores, p.protocol, options, progress);
  ASSERT_EQ(result.curves.size(), 14U);
  EXPECT_EQ(result.curves[0].name, "ddl rescale=off");
  EXPECT_EQ(result.curves[2].name, "ddl rescale=auto");
  EXPECT_EQ(result.curves[3].name, "average");
  const aggregation::Rescale rescales[] = {aggregation::Rescale::Off, aggregation::Rescale::On,
                                           aggregation::Rescale::Auto};
  for (std::size_t c = 0; c < result.curves.size(); ++c) {
    const auto& curve = result.curves[c];
    EXPECT_EQ(curve.isBaseline, c >= 3);
    ASSERT_EQ(curve.points.size(), c >= 3 ? 1U : 40U);
    if (c >= 3) continue;
    EXPECT_EQ(curve.points[0].keptShare, 1);
    for (std::size_t i = 0; i < curve.points.size(); ++i) {
      const auto& point = curve.points[i];
      if (i > 0) {
        EXPECT_GT(point.threshold, curve.points[i - 1].threshold);
        EXPECT_LE(point.kept, curve.points[i - 1].kept);
      }
      // Quantiles: step i drops i / 40 of the samples, but for the best of each template.
      EXPECT_GE(point.keptShare, 1 - static_cast<double>(i) / 40 - 1e-3);
      EXPECT_NEAR(point.cost.share, point.keptShare + 0.08, 1e-12);
      ThresholdEvaluator fresh(p.features.view(), p.scores, p.protocol);
      ThresholdEvaluator::Options how;
      how.rescale = rescales[c];
      how.far = 0.01;
      ASSERT_NEAR(point.tar, fresh.at(point.threshold, how).tar, 1e-12);
    }
  }
}

TEST(Sweep, EqualThresholdsAreSweptOnce) {
  PlantedOptions make;
  make.scoreSteps = 5;
  const Planted p = planted(make);
  Progress progress;
  const auto result = sweep(p.features.view(), p.scores, p.protocol, {}, progress);
  std::set<float> distinct(p.scores.begin(), p.scores.end());
  EXPECT_LE(result.curves[0].points.size(), distinct.size() + 1);
  EXPECT_GE(result.curves[0].points.size(), distinct.size());
}

TEST(Sweep, ProposesTheKneeOverAllDdlCurves) {
  const Planted p = planted({});
  Progress progress;
  SweepOptions options;
  options.far = 0.01;
  const auto result = sweep(p.features.view(), p.scores, p.protocol, options, progress);
  ASSERT_GE(result.kneeCurve, 0);
  ASSERT_LT(result.kneeCurve, 3);
  const auto& chosen = result.curves[static_cast<std::size_t>(result.kneeCurve)]
                           .points[static_cast<std::size_t>(result.kneePoint)];
  for (const auto& curve : result.curves) {
    if (curve.isBaseline) continue;
    for (const auto& point : curve.points)  // nothing is both cheaper and better
      EXPECT_FALSE(point.cost.share < chosen.cost.share && point.tar > chosen.tar);
  }
}

TEST(Sweep, StopsWhenAsked) {
  const Planted p = planted({});
  std::stop_source stop;
  std::int64_t done = 0, total = 0;
  Progress progress(
      [&](const ProgressEvent& event) {
        total = event.total;
        done = event.done;
        stop.request_stop();
      },
      stop.get_token());
  EXPECT_THROW(sweep(p.features.view(), p.scores, p.protocol, {}, progress), Cancelled);
  EXPECT_EQ(total, 3 * 200 + 11);
  EXPECT_LT(done, total);
}

TEST(Sweep, ReportsProgressToTheEnd) {
  const Planted p = planted({});
  SweepOptions options;
  options.thresholds = 5;
  ProgressEvent last;
  Progress progress([&](const ProgressEvent& event) { last = event; });
  sweep(p.features.view(), p.scores, p.protocol, options, progress);
  EXPECT_EQ(last.kind, ProgressEvent::Kind::StageDone);
  EXPECT_EQ(last.done, last.total);
  EXPECT_EQ(last.total, 3 * 5 + 11);
}

TEST(Sweep, BadInputIsRefused) {
  Planted p = planted({});
  Progress progress;
  SweepOptions options;
  options.thresholds = 0;
  EXPECT_THROW(sweep(p.features.view(), p.scores, p.protocol, options, progress), Error);
  std::fill(p.scores.begin(), p.scores.end(), std::numeric_limits<float>::quiet_NaN());
  EXPECT_THROW(sweep(p.features.view(), p.scores, p.protocol, {}, progress), Error);
}

TEST(Knee, HandMadeCurves) {
  const std::vector<double> compute = {0.1, 0.2, 0.3, 0.6, 1.0};
  // Rises fast to .9 at .3, then slowly.
  EXPECT_EQ(knee(compute, std::vector<double>{0.2, 0.6, 0.9, 0.93, 0.95}), 2);
  // A straight line has no bend: the best.
  EXPECT_EQ(knee(compute, std::vector<double>{0.1, 0.2, 0.3, 0.6, 1.0}), 4);
  // Below the chord all the way: the best.
  EXPECT_EQ(knee(compute, std::vector<double>{0.1, 0.1, 0.1, 0.2, 0.9}), 4);
  // The best is cheaper than the last: what costs more than the best is never proposed.
  EXPECT_EQ(knee(compute, std::vector<double>{0.1, 0.5, 0.9, 0.8, 0.7}), 2);
  // Flat: the cheapest.
  EXPECT_EQ(knee(compute, std::vector<double>{0.5, 0.5, 0.5, 0.5, 0.5}), 0);
  EXPECT_EQ(knee(compute, std::vector<double>{0.9, 0.8, 0.7, 0.6, 0.5}), 0);
}

TEST(Knee, OrderAndScaleDoNotMatter) {
  const std::vector<double> compute = {100, 30, 10, 60, 20}, accuracy = {9500, 9000, 2000, 9300, 6000};
  EXPECT_EQ(knee(compute, accuracy), 1);
}

TEST(Knee, Edges) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(knee({}, {}), -1);
  EXPECT_EQ(knee(std::vector{1.0}, std::vector{nan}), -1);
  EXPECT_EQ(knee(std::vector{nan, 1.0}, std::vector{0.5, 0.5}), 1);
  EXPECT_EQ(knee(std::vector{1.0, 1.0}, std::vector{0.5, 0.7}), 1);  // the same cost
  EXPECT_THROW(knee(std::vector{1.0}, {}), Error);
}

}  // namespace
}  // namespace discern::sweep
