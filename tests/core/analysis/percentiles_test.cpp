#include "core/analysis/percentiles.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/rng.h"

namespace discern::analysis {
namespace {

TEST(Percentiles, CountTheShareBelowAndHalfOfTheEquals) {
  Rng rng(3);
  std::vector<float> values;
  for (int i = 0; i < 200; ++i)
    values.push_back(rng.chance(0.1) ? std::numeric_limits<float>::quiet_NaN()
                                     : static_cast<float>(rng.below(40)));
  const std::vector<float> result = percentiles(values);
  for (std::size_t i = 0; i < values.size(); ++i) {
    double below = 0, n = 0;
    for (float other : values) {
      if (std::isnan(other)) continue;
      ++n;
      below += other < values[i] ? 1 : other == values[i] ? 0.5 : 0;
    }
    const double one = percentileOf(values[i], values);
    if (std::isnan(values[i])) {
      EXPECT_TRUE(std::isnan(result[i]) && std::isnan(one));
    } else {
      EXPECT_NEAR(result[i], 100 * below / n, 1e-3);
      EXPECT_NEAR(one, 100 * below / n, 1e-9);
    }
  }
}

TEST(Percentiles, EqualScoresStandInTheMiddle) {
  EXPECT_EQ(percentiles(std::vector<float>{0.3F, 0.3F, 0.3F}), (std::vector<float>{50, 50, 50}));
  EXPECT_TRUE(percentiles({}).empty());
}

TEST(Quantile, IsTheNearestValue) {
  const auto sorted = sortedFinite(std::vector<float>{3, std::nanf(""), 1, 2});
  EXPECT_EQ(sorted, (std::vector<float>{1, 2, 3}));
  EXPECT_EQ(quantile(sorted, 0), 1);
  EXPECT_EQ(quantile(sorted, 0.5), 2);
  EXPECT_EQ(quantile(sorted, 1), 3);
  EXPECT_TRUE(std::isnan(quantile({}, 0.5)));
}

TEST(ScoreAtZero, IsTheSigmoidOfTheStandardisedZero) {
  EXPECT_NEAR(scoreAtZero(3, 2), 1 / (1 + std::exp(1.5)), 1e-12);
  EXPECT_EQ(scoreAtZero(3, 0), 0.5);
}

}  // namespace
}  // namespace discern::analysis
