#include "core/evaluation/verification.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "tests/core/evaluation/brute.h"

namespace discern::evaluation {
namespace {

VerificationOptions at(std::vector<double> fars, FarRule rule = FarRule::AtMost) {
  VerificationOptions options;
  options.fars = std::move(fars);
  options.rule = rule;
  return options;
}

TEST(Verification, HandComputed) {
  // Descending: g.9 | i.8 | g.7 | g.6 i.6 | i.5 | g.4 | i.2
  const Comparisons c{{0.9F, 0.7F, 0.6F, 0.4F}, {0.8F, 0.6F, 0.5F, 0.2F}};
  const auto result = verify(c, at({0, 0.25, 0.5, 0.74, 1}));
  EXPECT_EQ(result.genuine, 4);
  EXPECT_EQ(result.impostor, 4);
  EXPECT_DOUBLE_EQ(result.auc, (4 + 3 + 2.5 + 1) / 16);  // wins of .9 .7 .6 .4
  // After .7: FAR 1/4, FRR 1/2. The tie at .6 leads to FAR 1/2, FRR 1/4: they meet half-way.
  EXPECT_DOUBLE_EQ(result.eer, 0.375);
  EXPECT_FLOAT_EQ(static_cast<float>(result.eerThreshold), 0.6F);
  const std::vector<double> tars = {0.25, 0.5, 0.75, 0.75, 1}, fars = {0, 0.25, 0.5, 0.5, 1};
  for (std::size_t i = 0; i < tars.size(); ++i) {
    EXPECT_DOUBLE_EQ(result.tarAtFar[i].tar, tars[i]) << i;
    EXPECT_DOUBLE_EQ(result.tarAtFar[i].actualFar, fars[i]) << i;
  }
}

TEST(Verification, TiesAtTheCutAreAllRejected) {
  // 1 of 4 may pass, but .8 holds two impostors: both stay out, and the genuine .8 with them.
  const Comparisons c{{0.9F, 0.8F}, {0.8F, 0.8F, 0.3F, 0.1F}};
  const auto point = verify(c, at({0.25})).tarAtFar[0];
  EXPECT_DOUBLE_EQ(point.tar, 0.5);
  EXPECT_DOUBLE_EQ(point.actualFar, 0);
  EXPECT_GT(point.threshold, 0.8F);
  // InsightFace's rule goes to the nearest: 0 and 0.5 are equally near, the larger is taken.
  EXPECT_DOUBLE_EQ(tarAtFar(c, 0.25, FarRule::Nearest), 1);
  EXPECT_DOUBLE_EQ(tarAtFar(c, 0.24, FarRule::Nearest), 0.5);
}

TEST(Verification, PerfectAndHopelessScores) {
  const auto perfect = verify({{0.9F, 0.8F}, {0.2F, 0.1F}}, at({1e-3}));
  EXPECT_DOUBLE_EQ(perfect.auc, 1);
  EXPECT_DOUBLE_EQ(perfect.eer, 0);
  EXPECT_DOUBLE_EQ(perfect.tarAtFar[0].tar, 1);
  const auto hopeless = verify({{0.5F, 0.5F}, {0.5F, 0.5F, 0.5F}}, at({0.5}));
  EXPECT_DOUBLE_EQ(hopeless.auc, 0.5);
  EXPECT_DOUBLE_EQ(hopeless.eer, 0.5);
  EXPECT_DOUBLE_EQ(hopeless.tarAtFar[0].tar, 0);
  EXPECT_DOUBLE_EQ(verify({{0.1F}, {0.9F}}).auc, 0);
}

TEST(Verification, AgreesWithBruteForceUnderHeavyTies) {
  const std::vector<double> fars = {0, 0.01, 0.05, 0.1, 0.333, 0.5, 0.999, 1};
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const auto c = brute::tiedScores(seed, 20 + static_cast<int>(seed), 90 - static_cast<int>(seed),
                                     seed % 3 == 0   ? 7
                                     : seed % 3 == 1 ? 40
                                                     : 100000);
    for (const FarRule rule : {FarRule::AtMost, FarRule::Nearest}) {
      const auto result = verify(c, at(fars, rule));
      EXPECT_NEAR(result.auc, brute::auc(c), 1e-12);
      EXPECT_NEAR(result.eer, brute::eer(c), 1e-12) << seed;
      for (const auto& point : result.tarAtFar) {
        EXPECT_DOUBLE_EQ(point.tar, brute::tar(c, point.far, rule)) << seed << " " << point.far;
        EXPECT_DOUBLE_EQ(point.tar, tarAtFar(c, point.far, rule));
        EXPECT_DOUBLE_EQ(point.tar, brute::shareAtLeast(c.genuine, point.threshold));
        EXPECT_DOUBLE_EQ(point.actualFar, brute::shareAtLeast(c.impostor, point.threshold));
      }
    }
  }
}

TEST(Verification, AFarThatIsAWholeNumberOfImpostorsIsNotLostToRounding) {
  for (const int n : {10, 30, 70, 100, 300, 700, 1000, 3000, 7000}) {
    Comparisons c{{2.0F}, {}};
    for (int i = 0; i < n; ++i) c.impostor.push_back(static_cast<float>(i) / static_cast<float>(n));
    for (const int k : {1, 3, 7})
      EXPECT_DOUBLE_EQ(verify(c, at({static_cast<double>(k) / n})).tarAtFar[0].actualFar,
                       static_cast<double>(k) / n);
  }
}

TEST(Verification, PointsThatTooFewImpostorsSupportAreFlagged) {
  Comparisons c{{1.0F}, std::vector<float>(3000, 0.0F)};
  const auto points = verify(c, at({1e-4, 0.999e-3, 1e-3, 1e-2})).tarAtFar;
  EXPECT_FALSE(points[0].supported);
  EXPECT_FALSE(points[1].supported);
  EXPECT_TRUE(points[2].supported);
  EXPECT_TRUE(points[3].supported);
}

TEST(Verification, ARateWantsThreeImpostorsOfItsSize) {
  EXPECT_EQ(leastImpostors(1e-1), 30);
  EXPECT_EQ(leastImpostors(3e-2), 100);
  EXPECT_EQ(leastImpostors(1e-3), 3000);
  EXPECT_EQ(leastImpostors(1e-6), 3'000'000);
  EXPECT_EQ(leastImpostors(7e-3), 429) << "428.6";
  for (const double far : {1e-1, 3e-2, 7e-3, 1e-3, 1e-4, 1e-5, 1e-6}) {
    EXPECT_TRUE(supports(leastImpostors(far), far)) << far;
    EXPECT_FALSE(supports(leastImpostors(far) - 1, far)) << far;
    EXPECT_LE(lowestFar(leastImpostors(far)), far * (1 + 1e-9)) << far;
  }
  EXPECT_FALSE(supports(1'000'000'000'000, 0));
}

TEST(Verification, RocHoldsOperatingPointsInOrder) {
  const auto c = brute::tiedScores(3, 200, 300, 25);
  const auto roc = verify(c).roc;
  EXPECT_EQ(roc.front().far, 0);
  EXPECT_EQ(roc.front().tar, 0);
  EXPECT_EQ(roc.back().far, 1);
  EXPECT_EQ(roc.back().tar, 1);
  double area = 0;
  for (std::size_t i = 0; i < roc.size(); ++i) {
    EXPECT_DOUBLE_EQ(roc[i].far, brute::shareAtLeast(c.impostor, roc[i].threshold));
    EXPECT_DOUBLE_EQ(roc[i].tar, brute::shareAtLeast(c.genuine, roc[i].threshold));
    if (i == 0) continue;
    EXPECT_GE(roc[i].far, roc[i - 1].far);
    EXPECT_GE(roc[i].tar, roc[i - 1].tar);
    area += (roc[i].far - roc[i - 1].far) * (roc[i].tar + roc[i - 1].tar) / 2;
  }
  EXPECT_NEAR(area, brute::auc(c), 1e-12);  // nothing was thinned: the points carry the whole curve
}

// Of both signs and every size, zeros and many equal ones among them.
TEST(Verification, SoManyThatTheyAreSortedByTheirBitsAreReadAsFew) {
  Rng rng(6);
  Comparisons comparisons;
  for (int i = 0; i < 200'000; ++i) {
    const double value = rng.normal() * std::pow(10, rng.uniform(-30, 3));
    comparisons.impostor.push_back(i % 50 == 0  ? (i % 100 == 0 ? 0.0F : -0.0F)
                                   : i % 7 == 0 ? std::round(static_cast<float>(value))
                                                : static_cast<float>(value));
  }
  for (int i = 0; i < 70'000; ++i)
    comparisons.genuine.push_back(i % 3 == 0 ? comparisons.impostor[static_cast<std::size_t>(i)]
                                             : static_cast<float>(rng.normal()));
  const auto result = verify(comparisons);
  std::vector<float> up = comparisons.impostor;
  std::ranges::sort(up);
  double wins = 0;  // pairs of which the genuine one is larger, ties half
  for (const float score : comparisons.genuine)
    wins += 0.5 * static_cast<double>((std::ranges::lower_bound(up, score) - up.begin()) +
                                      (std::ranges::upper_bound(up, score) - up.begin()));
  EXPECT_NEAR(result.auc, wins / (200'000.0 * 70'000.0), 1e-12);
  for (const auto& point : result.tarAtFar) EXPECT_EQ(point.tar, tarAtFar(comparisons, point.far));
}

TEST(Verification, MillionsAreReadAsFew) {
  Rng rng(5);
  Comparisons comparisons;
  for (int i = 0; i < 1'500'000; ++i) comparisons.impostor.push_back(static_cast<float>(rng.uniform()));
  for (int i = 0; i < 1000; ++i) comparisons.genuine.push_back(static_cast<float>(rng.uniform(0.2, 1.2)));
  const auto result = verify(comparisons);
  for (const auto& point : result.tarAtFar) {
    EXPECT_EQ(point.tar, tarAtFar(comparisons, point.far));  // which sorts nothing
    EXPECT_EQ(static_cast<double>(std::ranges::count_if(
                  comparisons.impostor, [&](float score) { return score >= point.threshold; })),
              std::round(point.actualFar * 1.5e6));
  }
  EXPECT_NEAR(result.auc, 0.68, 0.02);  // of U(0.2, 1.2) against U(0, 1): 1 - 0.8^2 / 2
}

TEST(Verification, ThinnedRocKeepsEndsAndEveryDecade) {
  const auto c = brute::tiedScores(4, 5000, 50000, 10000000);
  auto options = at({});
  options.maxRocPoints = 100;
  const auto thin = verify(c, options).roc;
  options.maxRocPoints = 1000000;
  const auto full = verify(c, options).roc;
  EXPECT_LE(thin.size(), 100U);
  EXPECT_GT(thin.size(), 50U);
  EXPECT_GT(full.size(), 1000U);
  EXPECT_EQ(thin.front().tar, 0);
  EXPECT_EQ(thin.back().far, 1);
  for (const double from : {1e-3, 1e-2, 1e-1}) {
    const auto inDecade = std::count_if(
        thin.begin(), thin.end(), [&](const RocPoint& p) { return p.far >= from && p.far < 10 * from; });
    EXPECT_GE(inDecade, 5) << from;
  }
  for (const auto& p : thin)
    EXPECT_TRUE(std::any_of(full.begin(), full.end(), [&](const RocPoint& q) {
      return q.far == p.far && q.tar == p.tar && q.threshold == p.threshold;
    }));
  options.maxRocPoints = 2;
  EXPECT_EQ(verify(c, options).roc.size(), 2U);
}

std::string messageOf(const Comparisons& c) {
  try {
    verify(c);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Verification, BadInputIsRefused) {
  EXPECT_NE(messageOf({{}, {0.1F}}).find("genuine"), std::string::npos);
  EXPECT_NE(messageOf({{0.1F}, {}}).find("impostor"), std::string::npos);
  EXPECT_NE(messageOf({{0.1F}, {0.2F, NAN}}).find("impostor comparison 1"), std::string::npos);
  EXPECT_NE(messageOf({{INFINITY}, {0.2F}}).find("genuine comparison 0"), std::string::npos);
  EXPECT_THROW(verify({{0.1F}, {0.2F}}, at({1.5})), Error);
  EXPECT_THROW(tarAtFar({{0.1F}, {0.2F}}, -0.1), Error);
  EXPECT_TRUE(std::isnan(tarAtFar({{}, {0.2F}}, 0.1)));
}

}  // namespace
}  // namespace discern::evaluation
