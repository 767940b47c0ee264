#include "core/evaluation/correlation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/base/rng.h"

namespace discern::evaluation {
namespace {

TEST(Spearman, HandComputed) {
  const std::vector<float> a = {10, 20, 30, 40, 50};
  EXPECT_DOUBLE_EQ(spearman(a, std::vector<float>{1, 2, 3, 4, 500}), 1);
  EXPECT_DOUBLE_EQ(spearman(a, std::vector<float>{5, 4, 3, 2, 1}), -1);
  // Ranks 2 1 4 3 5: 1 - 6 * (1 + 1 + 1 + 1) / (5 * 24)
  EXPECT_DOUBLE_EQ(spearman(a, std::vector<float>{2, 1, 4, 3, 5}), 0.8);
  // Ranks 1.5 1.5 3 against 1 2 3: covariance 1.5, variances 1.5 and 2.
  EXPECT_DOUBLE_EQ(spearman(std::vector<float>{7, 7, 9}, std::vector<float>{1, 2, 3}), 1.5 / std::sqrt(3.0));
}

TEST(Spearman, Edges) {
  EXPECT_TRUE(std::isnan(spearman({}, {})));
  EXPECT_TRUE(std::isnan(spearman(std::vector{1.0F}, std::vector{1.0F})));
  EXPECT_TRUE(std::isnan(spearman(std::vector{1.0F, 1.0F}, std::vector{1.0F, 2.0F})));
  EXPECT_DOUBLE_EQ(spearman(std::vector{1.0F, NAN, 2.0F, 3.0F}, std::vector{1.0F, 9.0F, 2.0F, INFINITY}), 1);
  EXPECT_THROW(spearman(std::vector{1.0F}, {}), Error);
}

TEST(SpearmanWithin, AveragesIdentitiesThatAreLargeEnough) {
  // Identity 0 agrees, 1 disagrees in part, 2 is too small, 3 has no spread, -1 is nobody.
  const std::vector<float> a = {1, 2, 3, 1, 2, 3, 1, 2, 5, 5, 5, 1, 2, 3};
  const std::vector<float> b = {1, 2, 3, 1, 3, 2, 2, 1, 1, 2, 3, 3, 2, 1};
  const std::vector<int> id = {0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, -1, -1, -1};
  const auto result = spearmanWithin(a, b, id, 3);
  EXPECT_EQ(result.identities, 2);
  EXPECT_DOUBLE_EQ(result.mean, (1 + 0.5) / 2);
  const auto none = spearmanWithin(a, b, id, 4);
  EXPECT_EQ(none.identities, 0);
  EXPECT_TRUE(std::isnan(none.mean));
}

TEST(SpearmanWithin, IsBlindToDifferencesBetweenIdentities) {
  Rng rng(2);
  std::vector<float> a, b;
  std::vector<int> id;
  for (int i = 0; i < 50; ++i)
    for (int j = 0; j < 40; ++j) {
      a.push_back(static_cast<float>(10 * i + rng.uniform()));
      b.push_back(static_cast<float>(10 * i + rng.uniform()));
      id.push_back(i);
    }
  EXPECT_GT(spearman(a, b), 0.99);
  EXPECT_NEAR(spearmanWithin(a, b, id).mean, 0, 0.08);  // standard error about 0.023
}

TEST(SeparationAuc, AgreesWithCountingPairs) {
  Rng rng(6);
  for (int round = 0; round < 20; ++round) {
    std::vector<float> score;
    std::vector<unsigned char> flagged;
    for (int i = 0; i < 80; ++i) {
      flagged.push_back(rng.chance(0.3) ? 1 : 0);
      score.push_back(static_cast<float>(rng.below(10)) + (flagged.back() != 0 ? 0.0F : 2.0F));
    }
    score.push_back(NAN);
    flagged.push_back(1);
    double wins = 0, pairs = 0;
    for (std::size_t i = 0; i < 80; ++i)
      for (std::size_t j = 0; j < 80; ++j) {
        if (flagged[i] == 0 || flagged[j] != 0) continue;
        pairs += 1;
        wins += score[i] < score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
      }
    EXPECT_NEAR(separationAuc(score, flagged), wins / pairs, 1e-12);
  }
  EXPECT_TRUE(std::isnan(separationAuc(std::vector{1.0F}, std::vector<unsigned char>{1})));
  EXPECT_THROW(separationAuc(std::vector{1.0F}, {}), Error);
}

}  // namespace
}  // namespace discern::evaluation
