#include "core/evaluation/edc.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/base/rng.h"

namespace discern::evaluation {
namespace {

struct Set {
  std::vector<float> scores, quality;
  std::vector<bool> genuine;
  void add(float score, bool isGenuine, float q) {
    scores.push_back(score);
    genuine.push_back(isGenuine);
    quality.push_back(q);
  }
};

// Impostors at .1 .. .4; genuine: two misses of low quality, one in the middle, one of the best quality.
Set small() {
  Set s;
  for (const float score : {0.1F, 0.2F, 0.3F, 0.4F}) s.add(score, false, 0.5F);
  s.add(0.05F, true, 0.1F);
  s.add(0.15F, true, 0.2F);
  s.add(0.9F, true, 0.2F);
  s.add(0.25F, true, 0.6F);
  s.add(0.8F, true, 0.7F);
  return s;
}

TEST(Edc, HandComputed) {
  EdcOptions options;
  options.fmr = 0.25;  // one impostor may pass: reject up to .3
  options.partialTo = 1;
  const Set s = small();
  const auto result = errorVersusDiscard(s.scores, s.genuine, s.quality, options);
  EXPECT_GT(result.threshold, 0.3F);
  EXPECT_NEAR(result.threshold, 0.3, 1e-6);
  EXPECT_DOUBLE_EQ(result.startFnmr, 3.0 / 5);
  // Qualities .1 | .2 .2 | .6 | .7: equal ones leave together; the best quality never leaves.
  const std::vector<EdcPoint> expected = {{0, 3.0 / 5}, {1.0 / 5, 2.0 / 4}, {3.0 / 5, 1.0 / 2}, {4.0 / 5, 0}};
  ASSERT_EQ(result.curve.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_DOUBLE_EQ(result.curve[i].discarded, expected[i].discarded);
    EXPECT_DOUBLE_EQ(result.curve[i].fnmr, expected[i].fnmr);
  }
  // Steps: .2 * .6 + .4 * .5 + .2 * .5; the ideal line's triangle: .6 * .6 / 2.
  EXPECT_NEAR(result.pauc, 0.12 + 0.2 + 0.1 - 0.18, 1e-12);
  options.partialTo = 0.3;  // .2 * .6 + .1 * .5 less the trapezoid from .6 to .3
  EXPECT_NEAR(errorVersusDiscard(s.scores, s.genuine, s.quality, options).pauc, 0.17 - 0.3 * 0.45, 1e-12);
}

TEST(Edc, AnOracleLiesAlmostOnTheIdealLineAndChanceFarAboveIt) {
  Rng rng(3);
  Set oracle, chance;
  for (int i = 0; i < 20000; ++i) {
    const bool genuine = i % 2 == 0;
    const auto score = static_cast<float>(genuine ? 0.4 + 0.15 * rng.normal() : 0.15 * rng.normal());
    oracle.add(score, genuine, score);
    chance.add(score, genuine, static_cast<float>(rng.uniform()));
  }
  EdcOptions options;
  options.fmr = 0.01;
  const auto best = errorVersusDiscard(oracle.scores, oracle.genuine, oracle.quality, options);
  const auto worst = errorVersusDiscard(chance.scores, chance.genuine, chance.quality, options);
  EXPECT_DOUBLE_EQ(best.startFnmr, worst.startFnmr);
  EXPECT_GT(best.startFnmr, 0.2);
  EXPECT_NEAR(worst.pauc, 0.2 * 0.2 / 2, 2e-3);  // flat: a triangle above the falling line
  // An oracle discards only misses: fnmr = (f - x) / (1 - x), integrated, less the ideal line f - x.
  const double f = best.startFnmr;
  EXPECT_NEAR(best.pauc, 0.2 + (1 - f) * std::log(0.8) - 0.2 * (f - 0.1), 1e-4);
  EXPECT_LT(best.pauc, 0.4 * worst.pauc);
}

TEST(Edc, CrFiqaDiscardsAllComparisonsAndMovesTheThreshold) {
  Set s;
  // 40 comparisons: quality rises with the index; the worst impostors have the lowest quality.
  for (int i = 0; i < 20; ++i) {
    s.add(i < 5 ? 0.9F : 0.1F, false, static_cast<float>(i));
    s.add(0.5F, true, static_cast<float>(i) + 0.5F);
  }
  EdcOptions options;
  options.variant = EdcVariant::CrFiqa;
  options.fmr = 0.1;
  const auto result = errorVersusDiscard(s.scores, s.genuine, s.quality, options);
  ASSERT_EQ(result.curve.size(), 20U);
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_DOUBLE_EQ(result.curve[i].discarded, static_cast<double>(i) / 20);
    // 2 i comparisons are gone, i of them impostors. Bad ones left: 5 - i; allowed: a tenth of 20 - i.
    const int bad = std::max(0, 5 - static_cast<int>(i)), allowed = (20 - static_cast<int>(i)) / 10;
    EXPECT_DOUBLE_EQ(result.curve[i].fnmr, bad > allowed ? 1 : 0) << i;
  }
  // With the threshold of the start it would stay at 1.
  options.variant = EdcVariant::FixedThreshold;
  EXPECT_DOUBLE_EQ(errorVersusDiscard(s.scores, s.genuine, s.quality, options).curve.back().fnmr, 1);
}

TEST(Edc, CrFiqaEndsWhereOneSideIsUsedUp) {
  Set s;
  for (int i = 0; i < 10; ++i) s.add(0.1F, false, 0);
  for (int i = 0; i < 10; ++i) s.add(0.9F, true, 1);
  EdcOptions options;
  options.variant = EdcVariant::CrFiqa;
  EXPECT_EQ(errorVersusDiscard(s.scores, s.genuine, s.quality, options).curve.size(), 10U);
}

TEST(Edc, OneQualityForAllIsOnePoint) {
  Set s = small();
  s.quality.assign(s.quality.size(), 0.5F);
  EXPECT_EQ(errorVersusDiscard(s.scores, s.genuine, s.quality).curve.size(), 1U);
}

TEST(Edc, UnknownQualityLeavesFirst) {
  Set s = small();
  s.quality[8] = NAN;  // the genuine .8, a match
  EdcOptions options;
  options.fmr = 0.25;
  const auto curve = errorVersusDiscard(s.scores, s.genuine, s.quality, options).curve;
  EXPECT_DOUBLE_EQ(curve[1].discarded, 1.0 / 5);
  EXPECT_DOUBLE_EQ(curve[1].fnmr, 3.0 / 4);
}

TEST(Edc, BadInputIsRefused) {
  const Set s = small();
  EXPECT_THROW(errorVersusDiscard(s.scores, s.genuine, std::vector{1.0F}), Error);
  EXPECT_THROW(errorVersusDiscard(std::vector{0.5F}, {true}, std::vector{1.0F}), Error);
  EXPECT_THROW(errorVersusDiscard(std::vector{0.5F}, {false}, std::vector{1.0F}), Error);
  EXPECT_THROW(errorVersusDiscard(std::vector{0.5F, NAN}, {true, false}, std::vector{1.0F, 1.0F}), Error);
  EdcOptions options;
  options.partialTo = 0;
  EXPECT_THROW(errorVersusDiscard(s.scores, s.genuine, s.quality, options), Error);
}

}  // namespace
}  // namespace discern::evaluation
