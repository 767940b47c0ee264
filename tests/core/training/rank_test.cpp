#include "core/training/rank.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace discern::training {
namespace {

TEST(MeanSpearmanWithin, AveragesIdentities) {
  // Identity 0 in order (1), identity 1 reversed (-1), identity
  // 2: ranks 1 2 3 against 1 3 2, 1 - 6 * 2 / 24 = 0.5.
  const std::vector<float> score = {1, 2, 3, 9, 8, 7, 1, 2, 3},
                           target = {.1F, .2F, .3F, .1F, .2F, .3F, .1F, .3F, .2F};
  const std::vector<int> identity = {0, 0, 0, 1, 1, 1, 2, 2, 2};
  EXPECT_NEAR(meanSpearmanWithin(score, target, identity, 3), (1 - 1 + 0.5) / 3, 1e-12);
}

TEST(MeanSpearmanWithin, TiesGetMeanRanks) {
  // Score ranks 1.5 1.5 3 against 1 2 3: covariance 1.5, variances 1.5 and 2.
  EXPECT_NEAR(meanSpearmanWithin({5, 5, 6}, {1, 2, 3}, {0, 0, 0}, 2), 1.5 / std::sqrt(3.0), 1e-12);
}

TEST(MeanSpearmanWithin, LeavesOutWhatCannotBeRanked) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(std::isnan(meanSpearmanWithin({}, {}, {}, 2)));
  // Without a minimum: five, or what the largest identity has.
  EXPECT_EQ(meanSpearmanWithin({1, 2, 3, 9, 8}, {.1F, .5F, .9F, .1F, .2F}, {0, 0, 0, 1, 1}), 1);
  EXPECT_NEAR(
      meanSpearmanWithin({1, 2, 3, 4, 5, 9, 8}, {.1F, .5F, .6F, .7F, .9F, .1F, .2F}, {0, 0, 0, 0, 0, 1, 1}),
      1, 1e-12);
  EXPECT_TRUE(std::isnan(meanSpearmanWithin({}, {}, {})));
  EXPECT_TRUE(std::isnan(meanSpearmanWithin({1, 2}, {.5F, .5F}, {0, 0}, 2)));  // no spread in the target
  EXPECT_TRUE(std::isnan(meanSpearmanWithin({1, 2}, {.1F, .5F}, {0, 0}, 3)));  // too few
  EXPECT_EQ(meanSpearmanWithin({1, 1, 1}, {.1F, .5F, .9F}, {0, 0, 0}, 3),
            0);  // a constant score ranks nothing
  EXPECT_EQ(meanSpearmanWithin({1, nan, 2, 0}, {.1F, .5F, .9F, nan}, {0, 0, 0, 0}, 2), 1);
}

}  // namespace
}  // namespace discern::training
