// Two sides of the same comparisons, against resampling pair by pair.
#include "core/evaluation/paired.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "core/evaluation/verification.h"

namespace discern::evaluation {
namespace {

struct Sides {
  std::vector<float> a, b;
  std::vector<bool> genuine;
};

// Both see the comparison's own difficulty and noise of their own; b is better by `gain`. Values in steps of
// 1 / steps, so that there are ties.
Sides planted(int genuine, int impostor, double gain, double noise, int steps = 1'000'000) {
  Rng rng(5);
  Sides sides;
  const auto stepped = [&](double v) { return static_cast<float>(std::round(v * steps) / steps); };
  for (int i = 0; i < genuine + impostor; ++i) {
    const bool same = i < genuine;
    const double shared = (same ? 1.2 : 0) + rng.normal();
    sides.a.push_back(stepped(shared + noise * rng.normal()));
    sides.b.push_back(stepped(shared + noise * rng.normal() + (same ? gain : 0)));
    sides.genuine.push_back(same);
  }
  return sides;
}

PairedTar at(const Sides& s, double far, int bootstraps) {
  PairedOptions options;
  options.fars = {far};
  options.bootstraps = bootstraps;
  return comparePaired(s.a, s.b, s.genuine, options).at(0);
}

Comparisons side(const std::vector<float>& scores, const std::vector<bool>& genuine) {
  Comparisons c;
  for (std::size_t i = 0; i < scores.size(); ++i) (genuine[i] ? c.genuine : c.impostor).push_back(scores[i]);
  return c;
}

// As the textbook does it: whole comparisons are drawn, each kind as many as there are.
std::pair<double, double> textbook(const Sides& s, double far, int bootstraps) {
  Rng rng(77);
  std::vector<std::int64_t> same, other;
  for (std::size_t i = 0; i < s.genuine.size(); ++i)
    (s.genuine[i] ? same : other).push_back(static_cast<std::int64_t>(i));
  std::vector<double> differences;
  for (int r = 0; r < bootstraps; ++r) {
    Comparisons a, b;
    for (const auto* kind : {&same, &other})
      for (std::size_t k = 0; k < kind->size(); ++k) {
        const auto i =
            static_cast<std::size_t>((*kind)[static_cast<std::size_t>(rng.below(std::ssize(*kind)))]);
        (s.genuine[i] ? a.genuine : a.impostor).push_back(s.a[i]);
        (s.genuine[i] ? b.genuine : b.impostor).push_back(s.b[i]);
      }
    differences.push_back(tarAtFar(b, far) - tarAtFar(a, far));
  }
  std::ranges::sort(differences);
  return {differences[static_cast<std::size_t>(0.025 * bootstraps)],
          differences[static_cast<std::size_t>(0.975 * bootstraps)]};
}

TEST(Paired, AgreesWithResamplingPairByPair) {
  for (const int steps : {10, 1'000'000})
    for (const double far : {0.005, 0.02, 0.2, 1.0}) {
      const auto s = planted(150, 500, 0.2, 0.3, steps);
      const auto row = at(s, far, 4000);
      const auto [low, high] = textbook(s, far, 4000);
      EXPECT_NEAR(row.low, low, 0.02) << steps << " " << far;
      EXPECT_NEAR(row.high, high, 0.02) << steps << " " << far;
    }
}

TEST(Paired, BothSidesAreWhatVerifySays) {
  const auto s = planted(300, 3000, 0.3, 0.5, 20);
  VerificationOptions options;
  options.fars = {0.001, 0.01, 0.1};
  const auto a = verify(side(s.a, s.genuine), options), b = verify(side(s.b, s.genuine), options);
  PairedOptions paired;
  paired.fars = options.fars;
  paired.bootstraps = 0;
  const auto rows = comparePaired(s.a, s.b, s.genuine, paired);
  ASSERT_EQ(rows.size(), 3U);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].tarA, a.tarAtFar[i].tar);
    EXPECT_EQ(rows[i].tarB, b.tarAtFar[i].tar);
    EXPECT_EQ(rows[i].supported, a.tarAtFar[i].supported);
    EXPECT_EQ(rows[i].low, rows[i].difference());
    // What is accepted at the thresholds that are told, is what flips.
    for (const auto j : rows[i].gained) {
      EXPECT_TRUE(s.genuine[static_cast<std::size_t>(j)]);
      EXPECT_LT(s.a[static_cast<std::size_t>(j)], rows[i].thresholdA);
      EXPECT_GE(s.b[static_cast<std::size_t>(j)], rows[i].thresholdB);
    }
    for (const auto j : rows[i].falselyLost) EXPECT_FALSE(s.genuine[static_cast<std::size_t>(j)]);
    EXPECT_NEAR(static_cast<double>(std::ssize(rows[i].gained) - std::ssize(rows[i].lost)) / 300,
                rows[i].difference(), 1e-12);
  }
}

TEST(Paired, FlipsByHand) {
  const std::vector<float> a{0.9F, 0.6F, 0.2F, 0.5F, 0.1F, 0.0F}, b{0.9F, 0.3F, 0.8F, 0.1F, 0.7F, 0.0F};
  const std::vector<bool> genuine{true, true, true, false, false, false};
  PairedOptions options;
  options.fars = {0.34};  // one of three impostors may pass
  options.bootstraps = 50;
  const auto row = comparePaired(a, b, genuine, options).at(0);
  EXPECT_EQ(row.gained, std::vector<std::int64_t>{});
  // a rejects what is not above 0.1, b what is not above 0.1
  EXPECT_EQ(row.tarA, 1);
  EXPECT_EQ(row.tarB, 1);
  EXPECT_EQ(row.falselyGained, std::vector<std::int64_t>{4});
  EXPECT_EQ(row.falselyLost, std::vector<std::int64_t>{3});
  EXPECT_EQ(row.thresholdA, 0.2F);
  EXPECT_EQ(row.thresholdB, 0.3F);
  EXPECT_FALSE(row.supported);
}

TEST(Paired, TheSameTwiceDiffersByNothing) {
  auto s = planted(200, 2000, 0, 0.5);
  s.b = s.a;
  const auto row = at(s, 0.01, 500);
  EXPECT_EQ(row.low, 0);
  EXPECT_EQ(row.high, 0);
  EXPECT_FALSE(row.isBeyondChance());
  EXPECT_TRUE(row.gained.empty() && row.lost.empty() && row.falselyGained.empty() && row.falselyLost.empty());
}

TEST(Paired, SeesASmallGainThatTwoIntervalsDoNot) {
  const auto s = planted(2000, 20000, 0.12, 0.1);
  const auto row = at(s, 0.01, 1000);
  EXPECT_TRUE(row.isBeyondChance()) << row.low << " " << row.high;
  VerificationOptions options;
  options.fars = {0.01};
  options.bootstraps = 1000;
  const auto a = verify(side(s.a, s.genuine), options).tarAtFar[0],
             b = verify(side(s.b, s.genuine), options).tarAtFar[0];
  EXPECT_GT(a.high, b.low);  // taken apart they overlap
  EXPECT_LT(row.high - row.low, a.high - a.low);
}

TEST(Paired, NoiseAloneIsNotBeyondChanceTooOften) {
  int beyond = 0;
  for (int trial = 0; trial < 100; ++trial) {
    Rng rng(static_cast<std::uint64_t>(1000 + trial));
    Sides s;
    for (int i = 0; i < 1200; ++i) {
      const bool same = i < 200;
      const double shared = (same ? 1.5 : 0) + rng.normal();
      s.a.push_back(static_cast<float>(shared + 0.4 * rng.normal()));
      s.b.push_back(static_cast<float>(shared + 0.4 * rng.normal()));
      s.genuine.push_back(same);
    }
    beyond += at(s, 0.05, 300).isBeyondChance() ? 1 : 0;
  }
  EXPECT_LE(beyond, 12);  // 5 of 100 expected; more than 12 in one of a thousand seeds
}

TEST(Paired, IsSeededAndIndependentOfThreads) {
  const auto s = planted(100, 1000, 0.1, 0.5);
  const auto first = at(s, 0.02, 300);
  setThreadCount(1);
  const auto again = at(s, 0.02, 300);
  setThreadCount(0);
  EXPECT_EQ(first.low, again.low);
  EXPECT_EQ(first.high, again.high);
}

TEST(Paired, RefusesWhatCannotBeCompared) {
  EXPECT_THROW(comparePaired(std::vector<float>{1}, std::vector<float>{1, 2}, {true, false}), Error);
  EXPECT_THROW(comparePaired(std::vector<float>{1, NAN}, std::vector<float>{1, 2}, {true, false}), Error);
  EXPECT_THROW(comparePaired(std::vector<float>{1, 2}, std::vector<float>{1, 2}, {true, true}), Error);
}

}  // namespace
}  // namespace discern::evaluation
