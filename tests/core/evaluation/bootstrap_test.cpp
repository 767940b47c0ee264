#include <gtest/gtest.h>

#include "core/base/parallel.h"
#include "tests/core/evaluation/brute.h"

namespace discern::evaluation {
namespace {

struct Spread {
  double low, high;
};

// Resamples scores one by one, as the textbook does.
Spread textbook(const Comparisons& c, double far, FarRule rule, int bootstraps) {
  Rng rng(99);
  std::vector<double> tars;
  for (int b = 0; b < bootstraps; ++b) {
    Comparisons drawn;
    for (std::size_t i = 0; i < c.genuine.size(); ++i)
      drawn.genuine.push_back(c.genuine[rng.below(static_cast<std::int64_t>(c.genuine.size()))]);
    for (std::size_t i = 0; i < c.impostor.size(); ++i)
      drawn.impostor.push_back(c.impostor[rng.below(static_cast<std::int64_t>(c.impostor.size()))]);
    tars.push_back(tarAtFar(drawn, far, rule));
  }
  std::sort(tars.begin(), tars.end());
  return {tars[static_cast<std::size_t>(0.025 * bootstraps)],
          tars[static_cast<std::size_t>(0.975 * bootstraps)]};
}

TEST(Bootstrap, AgreesWithResamplingScoreByScore) {
  for (const int steps : {20, 1000000}) {
    const auto c = brute::tiedScores(8, 150, 400, steps);
    for (const FarRule rule : {FarRule::AtMost, FarRule::Nearest})
      for (const double far : {0.01, 0.03, 0.2}) {
        VerificationOptions options;
        options.fars = {far};
        options.rule = rule;
        options.bootstraps = 4000;
        const auto point = verify(c, options).tarAtFar[0];
        const auto expected = textbook(c, far, rule, 4000);
        EXPECT_NEAR(point.low, expected.low, 0.02) << steps << " " << far;
        EXPECT_NEAR(point.high, expected.high, 0.02) << steps << " " << far;
        EXPECT_GT(point.high - point.low, 0.05);
      }
  }
}

TEST(Bootstrap, IsSeededAndIndependentOfThreads) {
  const auto c = brute::tiedScores(9, 500, 2000, 1000000);
  VerificationOptions options;
  options.fars = {0.01};
  options.bootstraps = 300;
  const auto first = verify(c, options).tarAtFar[0];
  setThreadCount(1);
  const auto again = verify(c, options).tarAtFar[0];
  setThreadCount(0);
  EXPECT_EQ(first.low, again.low);
  EXPECT_EQ(first.high, again.high);
  options.seed = 2;
  const auto other = verify(c, options).tarAtFar[0];
  EXPECT_TRUE(other.low != first.low || other.high != first.high);
}

TEST(Bootstrap, NotAskedForMeansNoInterval) {
  const auto point = verify(brute::tiedScores(1, 50, 400, 50)).tarAtFar[2];
  EXPECT_EQ(point.low, point.tar);
  EXPECT_EQ(point.high, point.tar);
}

TEST(Bootstrap, CertainResultsHaveNoSpread) {
  VerificationOptions options;
  options.fars = {0.1, 1};
  options.bootstraps = 50;
  for (const auto& point : verify({{0.9F, 0.8F}, {0.1F, 0.2F, 0.3F}}, options).tarAtFar) {
    EXPECT_EQ(point.low, 1);
    EXPECT_EQ(point.high, 1);
  }
}

}  // namespace
}  // namespace discern::evaluation
