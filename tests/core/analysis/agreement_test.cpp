#include "core/analysis/agreement.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/rng.h"
#include "core/evaluation/correlation.h"

namespace discern::analysis {
namespace {

constexpr int kPeople = 6, kImages = 10;

// Of each person every second image is a copy; half the people are tested.
Who people() {
  Who who;
  for (int p = 0; p < kPeople; ++p) {
    who.part.push_back(p % 2 == 0 ? data::Part::Train : data::Part::Test);
    for (int k = 0; k < kImages; ++k) {
      who.identity.push_back(p);
      who.votes.push_back(k % 2 == 0 ? 1 : 0);
    }
  }
  return who;
}

data::ScoreTable table(const char* name, const char* method, const char* features) {
  data::ScoreTable scores;
  scores.name = name;
  scores.method = method;
  scores.featureTable = features;
  scores.resize(kPeople * kImages);
  Rng rng(mixSeed(1, name));
  for (std::size_t i = 0; i < scores.score.size(); ++i) {
    scores.ratio[i] = static_cast<float>(rng.normal());
    scores.score[i] = 1 / (1 + std::exp(-scores.ratio[i]));
  }
  return scores;
}

TEST(Agreement, IsOfTestIdentitiesAlone) {
  const Who who = people();
  data::ScoreTable truth = table("dscore", "dscore", "f"), told = table("told", "ddnet", "net");
  // The network knows the people it was trained on by heart, and has the others upside down.
  for (std::size_t i = 0; i < who.identity.size(); ++i)
    told.ratio[i] = who.isPart(static_cast<int>(i), data::Part::Train) ? truth.ratio[i] : -truth.ratio[i];
  const auto list = agreements({truth, told}, who, "f");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].scores, "told");
  EXPECT_EQ(list[0].truth, "dscore");
  EXPECT_DOUBLE_EQ(list[0].global, -1);
  EXPECT_DOUBLE_EQ(list[0].within, -1);
  EXPECT_EQ(list[0].images, 3 * kImages);
  EXPECT_EQ(list[0].clean, 3 * kImages / 2);
  EXPECT_EQ(list[0].identities, 3);
}

TEST(Agreement, OriginalsAndCopiesAreToldApart) {
  const Who who = people();
  data::ScoreTable truth = table("dscore", "dscore", "f"), told = table("told", "norm", "f");
  for (std::size_t i = 0; i < who.identity.size(); ++i)
    told.ratio[i] = who.votes[i] ? truth.ratio[i] : -truth.ratio[i];
  const auto list = agreements({truth, told}, who, "f");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_DOUBLE_EQ(list[0].withinClean, 1);
  EXPECT_DOUBLE_EQ(list[0].withinDegraded, -1);
  EXPECT_DOUBLE_EQ(list[0].globalClean, 1);
  EXPECT_DOUBLE_EQ(list[0].globalDegraded, -1);
  EXPECT_LT(std::abs(list[0].within), 1);
}

TEST(Agreement, TheTruthIsTheNewestDScoreOfTheFeatures) {
  const Who who = people();
  const data::ScoreTable old = table("old", "dscore", "f"), newest = table("newest", "dscore", "f"),
                         other = table("other", "dscore", "g"), told = table("told", "ddnet", "net");
  const auto list = agreements({old, newest, other, told}, who, "f");
  ASSERT_EQ(list.size(), 3U);
  for (const auto& row : list) EXPECT_EQ(row.truth, "newest");
  std::vector<float> a, b;
  for (std::size_t i = 0; i < who.identity.size(); ++i)
    if (who.isPart(static_cast<int>(i), data::Part::Test)) {
      a.push_back(told.ratio[i]);
      b.push_back(newest.ratio[i]);
    }
  EXPECT_DOUBLE_EQ(list[2].global, evaluation::spearman(a, b));
  EXPECT_TRUE(agreements({told}, who, "f").empty()) << "no truth";
}

}  // namespace
}  // namespace discern::analysis
