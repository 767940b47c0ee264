// The comparators go through the same normalisation as the score.
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/discriminability/dscore.h"
#include "tests/core/discriminability/oracle.h"

namespace discern::discriminability {
namespace {

using data::ScoreStatus;

TEST(Comparators, AreNormalisedOverTheTrainSamples) {
  const std::vector<float> raw = {1, 3, 100, NAN, 5, 7};
  const std::vector<int> identity = {0, 0, 1, 0, 2, -1};
  const std::vector<Part> part = {Part::Train, Part::Test, Part::Pool};
  const data::ScoreTable table = normaliseComparator("sharpness", raw, identity, part);
  EXPECT_EQ(table.method, "sharpness");
  EXPECT_NEAR(table.mean, 2, 1e-9);
  EXPECT_NEAR(table.sigma, 1, 1e-9);
  EXPECT_NEAR(table.score[0], 1 / (1 + std::exp(1.0)), 1e-6);
  EXPECT_NEAR(table.score[1], 1 / (1 + std::exp(-1.0)), 1e-6);
  EXPECT_GT(table.score[2], 0.999F);
  EXPECT_EQ(table.status[3], ScoreStatus::NotFinite);
  EXPECT_EQ(table.status[4], ScoreStatus::NotAsked);
  EXPECT_EQ(table.status[5], ScoreStatus::NotAsked);
  EXPECT_TRUE(std::isnan(table.score[4]));
  EXPECT_EQ(table.ratio[1], 3.0F);
}

TEST(Comparators, ConstantValuesGiveOneHalf) {
  const std::vector<float> raw(6, 0.7F);
  const std::vector<int> identity = {0, 0, 0, 1, 1, 1};
  const std::vector<Part> part = {Part::Train, Part::Train};
  for (const float s : normaliseComparator("norm", raw, identity, part).score) EXPECT_EQ(s, 0.5F);
}

TEST(Comparators, RejectLengthsThatDoNotMatch) {
  const std::vector<float> raw(3, 1.0F);
  const std::vector<int> identity = {0, 0};
  const std::vector<Part> part = {Part::Train};
  EXPECT_THROW(normaliseComparator("norm", raw, identity, part), Error);
}

TEST(Comparators, CrFiqaRatioByItsFormula) {
  const oracle::RandomSet set = oracle::randomSet(2, 25, 6, 16, 1.0);
  Progress progress;
  const data::ScoreTable dscore = score(set.input(), {}, progress).table;
  const data::ScoreTable table = crFiqaRatio(dscore, set.identity, set.part);
  EXPECT_EQ(table.method, "crfiqa");
  double sum = 0, squares = 0;
  int n = 0;
  for (std::size_t i = 0; i < set.identity.size(); ++i) {
    EXPECT_EQ(table.status[i], dscore.status[i]);
    if (table.status[i] != ScoreStatus::Scored) continue;
    EXPECT_NEAR(table.ratio[i], dscore.own[i] / (dscore.hardest[i] + 1.0), 1e-6);
    if (set.part[set.identity[i]] != Part::Train) continue;
    sum += table.ratio[i];
    squares += static_cast<double>(table.ratio[i]) * table.ratio[i];
    ++n;
  }
  EXPECT_NEAR(table.mean, sum / n, 1e-9);
  EXPECT_NEAR(table.sigma, std::sqrt(squares / n - sum / n * sum / n), 1e-6);
}

TEST(Comparators, FeatureNorms) {
  data::Matrix features(3, 2);
  features.values = {3, 4, 0, 0, -5, 12};
  EXPECT_EQ(featureNorms(features.view()), (std::vector<float>{5, 0, 13}));
}

TEST(Centroids, AreUnitMeansOfUnitFeatures) {
  data::Matrix features(5, 2);
  features.values = {2, 0, 0, 30, 1, 1, NAN, 1, 0, 0};
  const std::vector<int> identity = {0, 0, 2, 2, 1};
  const data::Matrix centre = centroids(features.view(), identity, 4);
  const float half = std::sqrt(0.5F);
  const std::vector<float> expected = {half, half, 0, 0, half, half, 0, 0};
  ASSERT_EQ(centre.values.size(), expected.size());
  for (std::size_t k = 0; k < expected.size(); ++k) EXPECT_NEAR(centre.values[k], expected[k], 1e-6) << k;
}

}  // namespace
}  // namespace discern::discriminability
