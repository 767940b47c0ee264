#include "core/analysis/what_if.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace discern::analysis {
namespace {

using Ids = std::vector<int>;

// Template {a, outlier}; reference = a's direction; rival = the outlier's direction.
class WhatIfTest : public ::testing::Test {
 protected:
  WhatIfTest() {
    const float rows[4][2] = {{1, 0}, {0, 1}, {2, 0}, {0, 3}};
    for (int r = 0; r < 4; ++r) std::copy(rows[r], rows[r] + 2, features_.row(r).begin());
    sources_.features = features_.view();
    point_.threshold = 0.5;
  }
  WhatIf tried(const Ids& members, const Ids& reference, const Ids& rival) const {
    return whatIf(sources_, point_, 1, members, reference, rival);
  }

  data::Matrix features_{4, 2};
  TemplateSources sources_;
  OperatingPoint point_;
};

TEST_F(WhatIfTest, WithoutScoresThePlainAverageJudgesByTheHandComputedAmount) {
  const auto result = tried({0, 1}, {2}, {3});
  ASSERT_TRUE(result.problem.empty()) << result.problem;
  EXPECT_EQ(result.rows[0].aggregation, "average");
  EXPECT_NEAR(result.rows[0].with.own, std::sqrt(0.5), 1e-6);
  EXPECT_NEAR(result.rows[0].with.margin(), 0, 1e-6);
  EXPECT_NEAR(result.rows[0].without.margin(), 1, 1e-6);
  EXPECT_NEAR(result.gain(), 1, 1e-6);
  EXPECT_EQ(std::ranges::count(result.rows, "average", &WhatIfRow::aggregation), 1);
}

TEST_F(WhatIfTest, TheOperatingPointsWeightingJudgesWhereThereAreScores) {
  sources_.scores = {0.9F, 0.1F, 0.9F, 0.9F};
  auto result = tried({0, 1}, {2}, {3});
  ASSERT_GE(result.rows.size(), 2U);
  EXPECT_EQ(result.rows[0].aggregation, "ddl rescale=auto");
  EXPECT_EQ(result.rows[1].aggregation, "average");
  EXPECT_NEAR(result.rows[0].with.own, 1, 1e-6) << "it is dropped by its score";
  EXPECT_NEAR(result.gain(), 0, 1e-6) << "so nothing changes, whatever the average says";
  EXPECT_NEAR(result.rows[1].without.margin() - result.rows[1].with.margin(), 1, 1e-6);
  for (const auto& row : result.rows) {
    EXPECT_NEAR(row.without.own, 1, 1e-6) << row.aggregation;
    if (row.aggregation == "score-weighted") {
      EXPECT_NEAR(row.with.own, 0.9 / std::sqrt(0.82), 1e-6);
    }
    if (row.aggregation == "top-1") {
      EXPECT_NEAR(row.with.own, 1, 1e-6);
    }
  }
  point_.threshold = 0.05;  // both stay; rescaling gives the outlier the weight 0
  point_.rescale = aggregation::Rescale::On;
  EXPECT_NEAR(tried({0, 1}, {2}, {3}).gain(), 0, 1e-6);
  point_.rescale = aggregation::Rescale::Off;
  result = tried({0, 1}, {2}, {3});
  EXPECT_EQ(result.rows[0].aggregation, "ddl rescale=off");
  EXPECT_NEAR(result.gain(), 1 - 0.8 / std::sqrt(0.82), 1e-6) << "of the weights 0.9 and 0.1";
  sources_.weights = {0.5F, 0.5F, 0.5F, 0.5F};  // another table weighs them alike
  point_.weights = "head";
  result = tried({0, 1}, {2}, {3});
  EXPECT_EQ(result.rows[0].aggregation, "ddl weights=head");
  EXPECT_NEAR(result.gain(), 1, 1e-6);
}

TEST_F(WhatIfTest, SaysWhyItCannotBeWorkedOut) {
  EXPECT_FALSE(tried({1}, {2}, {3}).problem.empty());
  EXPECT_FALSE(tried({0, 1}, {}, {}).problem.empty());
  EXPECT_NEAR(tried({0, 1}, {2}, {}).gain(), 1 - std::sqrt(0.5), 1e-6) << "without a rival the own cosine";
  EXPECT_NEAR(tried({0, 1}, {}, {3}).gain(), std::sqrt(0.5), 1e-6) << "without references the rival's";
}

TEST(Judge, CallsSmallDifferencesAboutEven) {
  EXPECT_EQ(judge(0.0049), Judged::Even);
  EXPECT_EQ(judge(-0.0049), Judged::Even);
  EXPECT_EQ(judge(0.0051), Judged::Better);
  EXPECT_EQ(judge(-0.0051), Judged::Worse);
  EXPECT_EQ(judge(std::nan("")), Judged::Even);
}

TEST(SplitIdentity, KeepsEveryImageOnceAndTheSampleInTheTemplate) {
  Ids members, reference;
  splitIdentity({3, 5, 7, 9, 11}, 7, members, reference);
  EXPECT_EQ(members, (Ids{7, 5, 11}));
  EXPECT_EQ(reference, (Ids{3, 9}));
}

}  // namespace
}  // namespace discern::analysis
