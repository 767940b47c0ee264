#include "core/evaluation/folds.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/core/evaluation/brute.h"

namespace discern::evaluation {
namespace {

TEST(Folds, HandComputed) {
  // Fold 0 alone separates at .5, fold 1 at .65; each is tested at the other's threshold.
  const std::vector<float> scores = {0.75F, 0.25F, 0.875F, 0.5F};
  const std::vector<bool> genuine = {true, false, true, false};
  const auto result = foldAccuracy(scores, genuine, std::vector{0, 0, 1, 1});
  EXPECT_EQ(result.thresholds, (std::vector{0.6875, 0.5}));
  EXPECT_EQ(result.folds, (std::vector{1.0, 0.5}));  // the impostor at .5 is accepted at threshold .5
  EXPECT_DOUBLE_EQ(result.accuracy, 0.75);
  EXPECT_DOUBLE_EQ(result.error, std::sqrt(0.125) / std::sqrt(2.0));  // sd of (1, .5) over n - 1
}

TEST(Folds, TarOfEachFoldByItself) {
  // Fold 0: of two impostors one may pass at 50 %, .6; genuine .9 and .5: 1 of 2. Fold 1: .1; both.
  const std::vector<float> scores = {0.9F, 0.5F, 0.7F, 0.6F, 0.8F, 0.3F, 0.2F, 0.1F};
  const std::vector<bool> genuine = {true, true, false, false, true, true, false, false};
  const std::vector<int> fold = {0, 0, 0, 0, 1, 1, 1, 1};
  const std::vector<double> fars = {0.5, 1};
  const auto told = tarOverFolds(scores, genuine, fold, fars);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_DOUBLE_EQ(told[0].far, 0.5);
  EXPECT_DOUBLE_EQ(told[0].mean, 0.75);
  EXPECT_DOUBLE_EQ(told[0].deviation, std::sqrt(0.125));  // of (.5, 1) over n - 1
  EXPECT_DOUBLE_EQ(told[1].mean, 1);
  EXPECT_DOUBLE_EQ(told[1].deviation, 0);
  EXPECT_FALSE(told[0].supported || told[1].supported) << "2 impostors a fold, 3 / FAR are needed";
  EXPECT_THROW(tarOverFolds(scores, genuine, std::vector<int>(8, 0), fars), Error);
  EXPECT_THROW(tarOverFolds(scores, genuine, std::vector<int>(8, -1), fars), Error);
}

TEST(Folds, OfEquallyGoodThresholdsTheHighestIsTaken) {
  // Others: genuine .9, impostor .8, genuine .7, impostor .6: 3 of 4 are right at .85 and at .65.
  const std::vector<float> scores = {0.9F, 0.8F, 0.7F, 0.6F, 0.5F};
  const auto result = foldAccuracy(scores, {true, false, true, false, false}, std::vector{0, 0, 0, 0, 1});
  EXPECT_NEAR(result.thresholds[1], 0.85, 1e-6);
}

TEST(Folds, TheEndsAreThresholdsToo) {
  const std::vector<float> scores = {0.9F, 0.8F, 0.9F, 0.8F};
  const auto accept = foldAccuracy(scores, {true, true, true, true}, std::vector{0, 0, 1, 1});
  EXPECT_EQ(accept.accuracy, 1);
  EXPECT_LE(accept.thresholds[0], 0.8F);
  const auto reject = foldAccuracy(scores, {false, false, false, false}, std::vector{0, 0, 1, 1});
  EXPECT_EQ(reject.accuracy, 1);
  EXPECT_GT(reject.thresholds[0], 0.9F);
}

TEST(Folds, AgreesWithTryingEveryThreshold) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto c = brute::tiedScores(seed, 60, 60, seed % 2 == 0 ? 12 : 100000);
    std::vector<float> scores = c.genuine;
    scores.insert(scores.end(), c.impostor.begin(), c.impostor.end());
    std::vector<bool> genuine;
    std::vector<int> fold;
    for (int i = 0; i < 120; ++i) {
      genuine.push_back(i < 60);
      fold.push_back(i % 5);
    }
    const auto result = foldAccuracy(scores, genuine, fold);
    for (int f = 0; f < 5; ++f) {
      const auto right = [&](double threshold, bool inFold) {
        int count = 0;
        for (std::size_t i = 0; i < 120; ++i)
          count += (fold[i] == f) == inFold && (scores[i] >= threshold) == genuine[i] ? 1 : 0;
        return count;
      };
      int best = 0;
      for (const double t : brute::thresholds(c)) best = std::max(best, right(t, false));
      EXPECT_EQ(right(result.thresholds[static_cast<std::size_t>(f)], false), best);
      EXPECT_DOUBLE_EQ(result.folds[static_cast<std::size_t>(f)],
                       right(result.thresholds[static_cast<std::size_t>(f)], true) / 24.0);
    }
    int best = 0;
    for (const double t : brute::thresholds(c)) {
      int count = 0;
      for (std::size_t i = 0; i < 120; ++i) count += (scores[i] >= t) == genuine[i] ? 1 : 0;
      best = std::max(best, count);
    }
    EXPECT_DOUBLE_EQ(bestAccuracy(c), best / 120.0);
  }
}

TEST(Folds, BadInputIsRefused) {
  const std::vector<float> scores = {0.1F, 0.2F};
  const std::vector<bool> genuine = {true, false};
  EXPECT_THROW(foldAccuracy(scores, genuine, std::vector{0, 0}), Error);   // one fold
  EXPECT_THROW(foldAccuracy(scores, genuine, std::vector{0, 2}), Error);   // an empty one
  EXPECT_THROW(foldAccuracy(scores, genuine, std::vector{-1, 1}), Error);  // none
  EXPECT_THROW(foldAccuracy(scores, genuine, std::vector{0}), Error);
  EXPECT_THROW(foldAccuracy(std::vector{0.1F, NAN}, genuine, std::vector{0, 1}), Error);
  EXPECT_THROW(foldAccuracy({}, {}, {}), Error);
}

TEST(Folds, AFoldWithoutAGenuinePairTellsNoTar) {
  // Ten impostors a fold support a FAR of 0.3; the second fold has nobody to accept.
  std::vector<float> scores(21, 0.1F);
  std::vector<bool> genuine(21, false);
  std::vector<int> fold(21, 0);
  for (std::size_t i = 10; i < 20; ++i) fold[i] = 1;
  scores[20] = 0.9F;
  genuine[20] = true;
  const std::vector<double> fars = {0.3};
  EXPECT_FALSE(tarOverFolds(scores, genuine, fold, fars).front().supported);
  scores.push_back(0.9F);
  genuine.push_back(true);
  fold.push_back(1);
  const auto told = tarOverFolds(scores, genuine, fold, fars).front();
  EXPECT_TRUE(told.supported);
  EXPECT_EQ(told.mean, 1);
}

TEST(Folds, TheErrorOfTheMeanDividesByOneLess) {
  const auto told = meanOverFolds(std::vector{0.5, 0.6, 0.9, 0.6});
  EXPECT_NEAR(told.mean, 0.65, 1e-12);
  EXPECT_NEAR(told.error, std::sqrt((0.15 * 0.15 + 0.05 * 0.05 + 0.25 * 0.25 + 0.05 * 0.05) / 3 / 4), 1e-12);
}

}  // namespace
}  // namespace discern::evaluation
