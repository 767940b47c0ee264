// Every edge of the score by hand-made vectors: what is reported instead of scored, ties, floors, no spread.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/discriminability/dscore.h"
#include "tests/core/discriminability/oracle.h"

namespace discern::discriminability {
namespace {

using data::ScoreStatus;

// Rows of two or three numbers, their identities and the identities' parts.
struct Set {
  std::vector<std::vector<float>> rows;
  std::vector<int> identity;
  std::vector<Part> part;
  std::vector<std::vector<float>> extra;
  std::vector<unsigned char> votes = {};

  static data::Matrix matrix(const std::vector<std::vector<float>>& rows, std::size_t cols) {
    data::Matrix m(static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(cols));
    for (std::size_t r = 0; r < rows.size(); ++r)
      std::ranges::copy(rows[r], m.row(static_cast<int>(r)).begin());
    return m;
  }
  ScoreOutput score(const ScoreOptions& options = {}) const {
    const data::Matrix features = matrix(rows, rows[0].size());
    const data::Matrix negatives = matrix(extra, rows[0].size());
    Progress progress;
    return discriminability::score(
        {features.view(), identity, part, static_cast<int>(part.size()), votes, negatives.view()}, options,
        progress);
  }
};

Set twoPeople() {
  return {
      {{1, 0, 0}, {0.8F, 0.6F, 0}, {0, 0, 1}, {0, 0.6F, 0.8F}}, {0, 0, 1, 1}, {Part::Train, Part::Train}, {}};
}

TEST(DScoreEdges, ReportsWhatItCannotScore) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  Set set = twoPeople();
  const auto add = [&](std::vector<float> row, int identity) {
    set.rows.push_back(std::move(row));
    set.identity.push_back(identity);
  };
  set.part = {Part::Train, Part::Train, Part::Train, Part::Pool, Part::Out};
  add({nan, 1, 0}, 0);                                     // 4
  add({0, 0, 0}, 1);                                       // 5
  add({0, 1, 0}, 2);                                       // 6 alone
  add({0, std::numeric_limits<float>::infinity(), 0}, 2);  // 7
  add({1, 1, 1}, 3);                                       // 8 pool
  add({1, 1, 0}, 4);                                       // 9 out
  add({1, 1, 0}, -1);                                      // 10 nobody
  const ScoreOutput output = set.score();
  const std::vector<ScoreStatus> expected = {
      ScoreStatus::Scored,    ScoreStatus::Scored,      ScoreStatus::Scored,       ScoreStatus::Scored,
      ScoreStatus::NotFinite, ScoreStatus::ZeroFeature, ScoreStatus::SingleSample, ScoreStatus::NotFinite,
      ScoreStatus::NotAsked,  ScoreStatus::NotAsked,    ScoreStatus::NotAsked};
  EXPECT_EQ(output.table.status, expected);
  for (std::size_t i = 4; i < expected.size(); ++i) {
    EXPECT_TRUE(std::isnan(output.table.score[i])) << i;
    EXPECT_TRUE(std::isnan(output.table.ratio[i])) << i;
    EXPECT_TRUE(std::isnan(output.table.own[i])) << i;
    EXPECT_EQ(output.table.hardestIdentity[i], -1) << i;
  }
  // The broken rows leave the centroids alone: the score
  // equals that of the clean set with the same negatives.
  EXPECT_FALSE(std::isnan(output.table.score[0]));
  EXPECT_FALSE(std::isnan(output.table.score[3]));
}

TEST(DScoreEdges, OneIdentityHasNobodyToBeConfusedWith) {
  Set set = twoPeople();
  set.identity = {0, 0, 0, 0};
  for (const ScoreStatus status : set.score().table.status) EXPECT_EQ(status, ScoreStatus::OneIdentity);
  set.extra = {{0, 1, 0}};
  for (const ScoreStatus status : set.score().table.status) EXPECT_EQ(status, ScoreStatus::Scored);
  // A Test identity is no negative of a Train one, but the other way round it is.
  Set halves = twoPeople();
  halves.part = {Part::Train, Part::Test};
  const ScoreOutput output = halves.score();
  EXPECT_EQ(output.table.status[0], ScoreStatus::OneIdentity);
  EXPECT_EQ(output.table.status[2], ScoreStatus::Scored);
  EXPECT_EQ(output.table.hardestIdentity[2], 0);
}

TEST(DScoreEdges, UnusableExtraNegativesAreLeftOut) {
  Set set = twoPeople();
  set.identity = {0, 0, 0, 0};
  set.extra = {{0, 0, 0}, {std::numeric_limits<float>::quiet_NaN(), 0, 0}};
  EXPECT_EQ(set.score().table.status[0], ScoreStatus::OneIdentity);
}

TEST(DScoreEdges, HandComputedCosines) {
  // Centroid 0: (1.8, 0.6, 0) / sqrt(3.6); centroid 1: (0, 0.6, 1.8) / sqrt(3.6).
  const ScoreOutput output = twoPeople().score();
  const double root = std::sqrt(3.6);
  EXPECT_NEAR(output.table.own[0], 1.8 / root, 1e-6);
  EXPECT_NEAR(output.table.own[1], 1.8 / root, 1e-6);
  EXPECT_NEAR(output.table.hardest[1], 0.36 / root, 1e-6);
  EXPECT_NEAR(output.table.ratio[1], 5.0, 1e-5);
  // Sample 0 is at right angles to centroid 1: the floor of 0.05 stands in for 0.
  EXPECT_NEAR(output.table.hardest[0], 0.0, 1e-6);
  EXPECT_NEAR(output.table.ratio[0], 1.8 / root / 0.05, 1e-4);
}

TEST(DScoreEdges, NegativeHardestCosineIsFloored) {
  Set set{{{1, 0}, {1, 0.1F}, {-1, 0}, {-1, 0.1F}}, {0, 0, 1, 1}, {Part::Train, Part::Train}, {}};
  ScoreOptions options;
  options.floor = 0.25;
  const ScoreOutput output = set.score(options);
  EXPECT_LT(output.table.hardest[0], -0.9F);
  EXPECT_NEAR(output.table.ratio[0], output.table.own[0] / 0.25, 1e-5);
  EXPECT_GT(output.table.ratio[0], 0);
}

TEST(DScoreEdges, NoSpreadGivesOneHalf) {
  Set set{{{1, 0}, {1, 0}, {0, 2}, {0, 3}}, {0, 0, 1, 1}, {Part::Train, Part::Train}, {}};
  const ScoreOutput output = set.score();
  EXPECT_EQ(output.table.sigma, 0);
  for (const float s : output.table.score) EXPECT_EQ(s, 0.5F);
}

TEST(DScoreEdges, OfEqualNegativesTheFirstIdentityIsNamed) {
  // Identities 1 and 2 coincide; identity 3 comes in a later tile with the same centroid.
  Set set{{{1, 0}, {1, 0.2F}, {0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}},
          {0, 0, 1, 1, 2, 2, 3, 3},
          {4, Part::Train},
          {}};
  ScoreOptions options;
  for (const int tile : {1, 2, 1024}) {
    options.tileCols = tile;
    const ScoreOutput output = set.score(options);
    EXPECT_EQ(output.table.hardestIdentity[1], 1);
    EXPECT_EQ(output.table.hardestIdentity[2], 2);
    EXPECT_EQ(output.table.hardestIdentity[6], 1);
  }
}

TEST(DScoreEdges, AnExtraNegativeHasNoName) {
  Set set = twoPeople();
  set.extra = {{5, 1, 0}};
  const ScoreOutput output = set.score();
  EXPECT_EQ(output.table.hardestIdentity[0], -1);
  EXPECT_NEAR(output.table.hardest[0], 5 / std::sqrt(26.0), 1e-6);
  EXPECT_EQ(output.table.hardestIdentity[3], 0);
}

TEST(DScoreEdges, LeaveOneOutOfTwoIsTheOther) {
  ScoreOptions options;
  options.leaveOneOut = true;
  const ScoreOutput output = twoPeople().score(options);
  EXPECT_NEAR(output.table.own[0], 0.8, 1e-6);
  EXPECT_NEAR(output.table.own[1], 0.8, 1e-6);
  // Opposite features cancel out in the centroid; each one's other is its opposite.
  Set opposite{{{1, 0}, {-1, 0}, {0, 1}, {0, 1}}, {0, 0, 1, 1}, {Part::Train, Part::Train}, {}};
  EXPECT_NEAR(opposite.score(options).table.own[0], -1.0, 1e-6);
  EXPECT_NEAR(opposite.score().table.own[0], 0.0, 1e-6);
  // With a pair that cancels out left behind, there is no direction.
  Set three{{{1, 0}, {-1, 0}, {0, 1}, {1, 1}, {1, 1}}, {0, 0, 0, 1, 1}, {Part::Train, Part::Train}, {}};
  EXPECT_NEAR(three.score(options).table.own[2], 0.0, 1e-6);
}

TEST(DScoreEdges, HugeAndTinyFeaturesAreJustDirections) {
  Set set = twoPeople();
  const ScoreOutput plain = set.score();
  for (float& v : set.rows[0]) v *= 1e30F;
  for (float& v : set.rows[1]) v *= 1e-30F;
  const ScoreOutput scaled = set.score();
  for (int i = 0; i < 4; ++i) EXPECT_NEAR(scaled.table.ratio[i], plain.table.ratio[i], 1e-5) << i;
}

TEST(DScoreEdges, WithoutTrainSamplesAllScoredOnesSetMeanAndSigma) {
  Set set = twoPeople();
  set.part = {Part::Test, Part::Test};
  const ScoreOutput output = set.score();
  double mean = 0;
  for (const float r : output.table.ratio) mean += r / 4.0;
  EXPECT_NEAR(output.table.mean, mean, 1e-5);
  EXPECT_GT(output.table.sigma, 0);
}

TEST(DScoreEdges, OutliersStayInsideTheOpenInterval) {
  data::ScoreTable table;
  std::vector<float> raw(5000, 1.0F);
  raw[0] = 1e6F;
  raw[1] = -1e6F;
  const std::vector<int> identity(5000, 0);
  const std::vector<Part> part = {Part::Train};
  table = normaliseComparator("norm", raw, identity, part);
  EXPECT_LT(table.score[0], 1.0F);
  EXPECT_GT(table.score[1], 0.0F);
  EXPECT_GT(table.score[0], 0.999F);
}

TEST(DScoreEdges, SamplesWithoutAVoteAreScoredButChangeNobody) {
  Set set = twoPeople();
  const ScoreOutput plain = set.score();
  set.rows.push_back({0.3F, 0.1F, 0.9F});  // a degraded copy of identity 0 that looks like identity 1
  set.identity.push_back(0);
  set.votes = {1, 1, 1, 1, 0};
  const ScoreOutput output = set.score();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(output.table.score[i], plain.table.score[i]) << i;
  EXPECT_EQ(output.table.mean, plain.table.mean);
  EXPECT_EQ(output.ownMean, plain.ownMean);
  EXPECT_EQ(output.table.status[4], ScoreStatus::Scored);
  EXPECT_LT(output.table.score[4], *std::ranges::min_element(plain.table.score));
  // A copy does not turn a single image into a group.
  set.votes = {1, 0, 1, 1, 0};
  const ScoreOutput single = set.score();
  for (const int i : {0, 1, 4}) EXPECT_EQ(single.table.status[i], ScoreStatus::SingleSample) << i;
  set.votes = {0, 0, 1, 1, 0};
  EXPECT_EQ(set.score().table.status[4], ScoreStatus::SingleSample);
  EXPECT_EQ(set.score().table.status[2], ScoreStatus::OneIdentity);
}

TEST(DScoreEdges, BadInputIsNamed) {
  Set set = twoPeople();
  set.identity.pop_back();
  EXPECT_THROW(set.score(), Error);
  set = twoPeople();
  set.identity[0] = 7;
  EXPECT_THROW(set.score(), Error);
  set = twoPeople();
  set.part.pop_back();
  EXPECT_THROW(set.score(), Error);
  ScoreOptions options;
  options.floor = 0;
  EXPECT_THROW(twoPeople().score(options), Error);
  options = {};
  options.tileRows = 0;
  EXPECT_THROW(twoPeople().score(options), Error);
}

TEST(DScoreEdges, AnEmptySetIsFine) {
  Progress progress;
  const ScoreOutput output = score({}, {}, progress);
  EXPECT_EQ(output.table.size(), 0);
  EXPECT_TRUE(output.probablySame.empty());
}

}  // namespace
}  // namespace discern::discriminability
