#include "core/analysis/kept.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/rng.h"
#include "core/sweep/sweep.h"
#include "tests/core/aggregation/planted_network.h"

namespace discern::analysis {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();
using Groups = std::vector<std::vector<int>>;

TEST(KeptOf, KeepsWhatIsAboveTheBestOneAndAllWhereNothingIsKnown) {
  const std::vector<float> scores = {0.1F, 0.5F, 0.5F, kNan, kNan, 0.9F, 0.2F};
  EXPECT_EQ(keptOf({{0, 1, 2}, {3, 4}, {3, 5}, {6, 0}}, scores, 0.3), (Groups{{1, 2}, {3, 4}, {5}, {6}}));
  EXPECT_EQ(keptOf({{0, 1, 2}}, scores, 0.5), (Groups{{1}})) << "of equal ones the earlier";
  EXPECT_EQ(keptOf({{3, 0}}, scores, 0.5), (Groups{{0}})) << "an unknown score is no best one";
  EXPECT_EQ(keptOf({{}}, scores, 0.5), (Groups{{}}));
}

struct Random {
  data::Protocol protocol;
  std::vector<float> scores;
  data::Matrix features{200, 4};
};

Random randomTemplates(std::uint64_t seed) {
  Rng rng(seed);
  Random made;
  for (int s = 0; s < 200; ++s) {
    made.scores.push_back(rng.chance(0.1) ? kNan : static_cast<float>(rng.below(20)) / 20);
    for (float& value : made.features.row(s)) value = static_cast<float>(rng.normal());
  }
  for (int t = 0; t < 30; ++t) {
    data::Template group{"t", t / 2, {}};
    const auto n = 1 + rng.below(7);
    for (int k = 0; k < n; ++k) group.samples.push_back(static_cast<int>(rng.below(200)));
    made.protocol.templates.push_back(group);
  }
  for (int a = 0; a < 30; ++a)
    for (int b = a + 1; b < 30; ++b) made.protocol.pairs.push_back({a, b, a / 2 == b / 2, -1});
  return made;
}

// What is kept is one rule, told by three pieces of code: this one, the evaluator behind the slider, and the
// thresholds at which images leave.
TEST(KeptShare, IsTheEvaluatorsAndThatOfTheLeavingThresholds) {
  const Random made = randomTemplates(4);
  sweep::ThresholdEvaluator evaluator(made.features.view(), made.scores, made.protocol);
  const auto leaving = leavingThresholds(made.protocol, made.scores);
  aggregation::Options options;
  for (const double threshold : {0.0, 0.05, 0.1, 0.3, 0.5, 0.77, 0.95, 1.0}) {
    options.threshold = threshold;
    const double share = keptShare(made.protocol, made.scores, options);
    EXPECT_DOUBLE_EQ(share, evaluator.at(threshold, {}).keptShare) << threshold;
    EXPECT_NEAR(share, sweep::readingsAt(threshold, leaving, {}).keptShare, 1e-12) << threshold;
  }
}

TEST(KeptShare, OfTheOtherAggregationsCountsWhatTheyUse) {
  const Random made = randomTemplates(5);
  sweep::ThresholdEvaluator evaluator(made.features.view(), made.scores, made.protocol);
  for (const auto method : aggregation::allMethods()) {
    if (method == aggregation::Method::MediaMeanSum) continue;
    aggregation::Options options;
    options.method = method;
    options = withNetwork(options, made.features.cols);
    EXPECT_DOUBLE_EQ(keptShare(made.protocol, made.scores, options),
                     evaluator.baseline(options, {}).keptShare)
        << toString(method);
  }
  EXPECT_EQ(keptShare({}, {}, {}), 1);
}

TEST(LeavingThresholds, ATemplateKeepsItsBestAndUnknownOnesLeaveFirst) {
  data::Protocol protocol;
  protocol.templates = {{"a", 0, {0, 1, 2}}, {"b", 0, {3}}};
  EXPECT_EQ(leavingThresholds(protocol, std::vector<float>{0.2F, 0.7F, kNan, kNan}),
            (std::vector<float>{-kInfinity, 0.2F, kInfinity, kInfinity}));
}

TEST(UsesOf, IsThatOfTheTemplatesAndTheScoreAloneOutsideOfThem) {
  const std::vector<float> scores = {0.1F, 0.2F, 0.9F, 0.1F, 0.8F, kNan, kNan};
  data::Protocol protocol;
  protocol.templates = {{"low", 0, {0, 1}}, {"both", 0, {0, 2}}, {"unknown", 1, {5}}};
  using enum Use;
  EXPECT_EQ(usesOf(&protocol, scores, 0.5),
            (std::vector<Use>{Dropped, Kept, Kept, Dropped, Kept, Kept, Unknown}))
      << "1: the best of its template, 5: its template has no score at all";
  EXPECT_EQ(usesOf(nullptr, scores, 0.5),
            (std::vector<Use>{Dropped, Dropped, Kept, Dropped, Kept, Unknown, Unknown}));
}

}  // namespace
}  // namespace discern::analysis
