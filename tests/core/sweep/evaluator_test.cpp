#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/sweep/sweep.h"
#include "tests/core/aggregation/planted_network.h"
#include "tests/core/sweep/planted.h"

namespace discern::sweep {
namespace {

using aggregation::Rescale;
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

std::vector<std::vector<int>> groupsOf(const data::Protocol& protocol) {
  std::vector<std::vector<int>> groups;
  for (const auto& t : protocol.templates) groups.push_back(t.samples);
  return groups;
}

// The same by aggregate() and double-precision cosines, from scratch.
evaluation::Comparisons compareAfresh(const Planted& p, const aggregation::Options& options) {
  const auto rows = aggregation::aggregate(p.features.view(), groupsOf(p.protocol), p.scores, options);
  evaluation::Comparisons result;
  for (const auto& pair : p.protocol.pairs)
    (pair.genuine ? result.genuine : result.impostor)
        .push_back(static_cast<float>(data::dot(rows.row(pair.a), rows.row(pair.b))));
  return result;
}

double largestDifference(const evaluation::Comparisons& a, const evaluation::Comparisons& b) {
  EXPECT_EQ(a.genuine.size(), b.genuine.size());
  EXPECT_EQ(a.impostor.size(), b.impostor.size());
  double difference = 0;
  for (std::size_t i = 0; i < a.genuine.size(); ++i)
    difference = std::max<double>(difference, std::abs(a.genuine[i] - b.genuine[i]));
  for (std::size_t i = 0; i < a.impostor.size(); ++i)
    difference = std::max<double>(difference, std::abs(a.impostor[i] - b.impostor[i]));
  return difference;
}

aggregation::Options ddl(double threshold, Rescale rescale) {
  aggregation::Options options;
  options.threshold = threshold;
  options.rescale = rescale;
  options.autoMinimum = 6;
  options.autoSpread = 0.4;
  return options;
}

ThresholdEvaluator::Options how(Rescale rescale) {
  ThresholdEvaluator::Options options;
  options.rescale = rescale;
  options.autoMinimum = 6;
  options.autoSpread = 0.4;
  options.far = 0.01;
  return options;
}

std::int64_t keptAfresh(const Planted& p, double threshold) {
  std::int64_t kept = 0;
  for (const auto& t : p.protocol.templates) {
    std::int64_t own = 0;
    for (const int s : t.samples) own += p.scores[static_cast<std::size_t>(s)] > threshold ? 1 : 0;
    kept += std::max<std::int64_t>(1, own);
  }
  return kept;
}

TEST(Evaluator, EqualsAggregatingAfreshAtEveryThreshold) {
  for (const int steps : {0, 9}) {
    PlantedOptions make;
    make.scoreSteps = steps;
    const Planted p = planted(make);
    ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
    std::vector<double> thresholds = {-1, 0, 2};
    for (const float score : evaluator.sortedScores())
      if (thresholds.back() != score) thresholds.push_back(score);
    for (const Rescale rescale : {Rescale::Off, Rescale::On, Rescale::Auto}) {
      for (const double threshold : thresholds) {
        const auto point = evaluator.at(threshold, how(rescale));
        const auto expected = compareAfresh(p, ddl(threshold, rescale));
        ASSERT_LT(largestDifference(evaluator.comparisons(), expected), 1e-5) << threshold;
        ASSERT_EQ(point.kept, keptAfresh(p, threshold));
        ASSERT_EQ(point.samples, p.features.rows);
        // Scores agree to rounding, so at most a comparison or two may lie on the other side of the cut.
        ASSERT_NEAR(point.tar, evaluation::tarAtFar(expected, 0.01),
                    2.0 / static_cast<double>(expected.genuine.size()));
        ASSERT_DOUBLE_EQ(point.tar, evaluation::tarAtFar(evaluator.comparisons(), 0.01));
      }
    }
  }
}

TEST(Evaluator, RawFeaturesAreCombinedAsTheyAre) {
  const Planted p = planted({});
  ThresholdEvaluator raw(p.features.view(), p.scores, p.protocol, {}, data::Lengths::Raw);
  ThresholdEvaluator unit(p.features.view(), p.scores, p.protocol);
  for (const double threshold : {-1.0, 0.2, 0.5, 0.8, 2.0, 0.4}) {
    raw.at(threshold, how(Rescale::On));
    auto options = ddl(threshold, Rescale::On);
    options.normaliseFeatures = false;
    EXPECT_LT(largestDifference(raw.comparisons(), compareAfresh(p, options)), 1e-5) << threshold;
  }
  raw.at(0.2, how(Rescale::On));
  unit.at(0.2, how(Rescale::On));
  EXPECT_GT(largestDifference(raw.comparisons(), unit.comparisons()), 1e-3);  // lengths differ tenfold here
  aggregation::Options average;
  average.method = aggregation::Method::Average;
  evaluation::Comparisons told;
  raw.baseline(average, how(Rescale::On), &told);
  average.normaliseFeatures = false;
  EXPECT_LT(largestDifference(told, compareAfresh(p, average)), 1e-5);
}

// What is kept is decided by the scores, what it weighs by the others.
evaluation::Comparisons weighAfresh(const Planted& p, const std::vector<float>& weights, double threshold) {
  auto groups = groupsOf(p.protocol);
  for (auto& group : groups) {
    const auto score = [&](int s) { return p.scores[static_cast<std::size_t>(s)]; };
    const int best = *std::ranges::max_element(group, {}, score);
    const bool passes = score(best) > threshold;
    std::erase_if(group, [&](int s) { return passes ? !(score(s) > threshold) : s != best; });
  }
  aggregation::Options options;
  options.method = aggregation::Method::ScoreWeighted;
  const auto rows = aggregation::aggregate(p.features.view(), groups, weights, options);
  evaluation::Comparisons result;
  for (const auto& pair : p.protocol.pairs)
    (pair.genuine ? result.genuine : result.impostor)
        .push_back(static_cast<float>(data::dot(rows.row(pair.a), rows.row(pair.b))));
  return result;
}

TEST(Evaluator, WeighsWhatIsKeptByOtherScores) {
  const Planted p = planted({});
  Rng rng(3);
  std::vector<float> weights;
  for (std::size_t i = 0; i < p.scores.size(); ++i)
    weights.push_back(rng.chance(0.1) ? kNaN : rng.chance(0.2) ? 0.0F : static_cast<float>(rng.uniform()));
  for (const int sample : p.protocol.templates[0].samples) weights[static_cast<std::size_t>(sample)] = 0;
  ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol, weights);
  auto byWeights = how(Rescale::On);
  byWeights.byWeights = true;
  for (const double threshold : {0.0, 0.3, 0.9, 0.5, 0.1, 1.0, 0.6}) {
    const auto point = evaluator.at(threshold, byWeights);
    EXPECT_LT(largestDifference(evaluator.comparisons(), weighAfresh(p, weights, threshold)), 1e-6)
        << threshold;
    EXPECT_EQ(point.kept, keptAfresh(p, threshold));
    evaluator.at(threshold, how(Rescale::On));  // and back to the scores' own weights
    EXPECT_LT(largestDifference(evaluator.comparisons(), compareAfresh(p, ddl(threshold, Rescale::On))),
              1e-6);
  }
  EXPECT_THROW(ThresholdEvaluator(p.features.view(), p.scores, p.protocol, std::vector<float>(3)), Error);
  weights.assign(p.scores.size(), -1);
  EXPECT_THROW(ThresholdEvaluator(p.features.view(), p.scores, p.protocol, weights), Error);
}

TEST(Evaluator, DoesNotDriftHoweverTheHandMoves) {
  PlantedOptions make;
  make.templates = 12;
  make.identities = 4;
  make.pairs = 60;
  const Planted p = planted(make);
  ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
  Rng rng(7);
  const Rescale rescales[] = {Rescale::Off, Rescale::On, Rescale::Auto};
  double threshold = 0.5;
  for (int move = 0; move < 20000; ++move) {
    // Mostly small steps to and fro, which subtract and add; now and then a jump.
    threshold = rng.chance(0.05) ? rng.uniform() : threshold + 0.05 * rng.normal();
    const Rescale rescale = rescales[rng.below(3)];
    evaluator.at(threshold, how(rescale));
    if (move % 97 != 0) continue;
    ASSERT_LT(largestDifference(evaluator.comparisons(), compareAfresh(p, ddl(threshold, rescale))), 1e-5);
  }
}

TEST(Evaluator, ScoresThatNearlyTieLoseNoPrecision) {
  Planted p = planted({});
  for (std::size_t i = 0; i < p.scores.size(); ++i)
    p.scores[i] =
        0.5F + static_cast<float>(i * 7 % 13) * 0x1p-24F * 4;  // a few units in the last place apart
  ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
  for (int round = 0; round < 3; ++round)
    for (int i = 0; i <= 12; ++i) {
      const double threshold = 0.5 + static_cast<double>(i * 5 % 13) * 0x1p-22 - 0x1p-23;
      evaluator.at(threshold, how(Rescale::On));
      ASSERT_LT(largestDifference(evaluator.comparisons(), compareAfresh(p, ddl(threshold, Rescale::On))),
                1e-5);
    }
}

TEST(Evaluator, EveryBaselineEqualsAggregatingAfresh) {
  const Planted p = planted({});
  ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
  for (const auto method : aggregation::allMethods()) {
    aggregation::Options options = ddl(0.3, Rescale::On);
    options.method = method;
    options = withNetwork(options, p.features.cols);
    const auto point = evaluator.baseline(options, how(Rescale::Off));
    const auto expected = compareAfresh(p, options);
    EXPECT_NEAR(point.tar, evaluation::tarAtFar(expected, 0.01),
                2.0 / static_cast<double>(expected.genuine.size()))
        << aggregation::toString(method);
  }
}

TEST(Evaluator, BaselinesCountWhatTheyRunTheBaseModelOn) {
  PlantedOptions make;
  make.smallest = 1;
  make.largest = 5;
  const Planted p = planted(make);
  ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
  auto options = how(Rescale::Off);
  options.cost = {1000, 0, 100, 0};
  std::int64_t three = 0, all = 0;
  for (const auto& t : p.protocol.templates) {
    three += std::min<std::int64_t>(3, static_cast<std::int64_t>(t.samples.size()));
    all += static_cast<std::int64_t>(t.samples.size());
  }
  const auto run = [&](aggregation::Method method) {
    aggregation::Options how;
    how.method = method;
    return evaluator.baseline(how, options);
  };
  const double n = static_cast<double>(all);
  EXPECT_EQ(run(aggregation::Method::Average).kept, all);
  EXPECT_DOUBLE_EQ(run(aggregation::Method::Average).cost.share, 1);
  EXPECT_EQ(run(aggregation::Method::Top1).kept, 60);
  EXPECT_DOUBLE_EQ(run(aggregation::Method::Top1).cost.share, 60 / n + 0.1);
  EXPECT_EQ(run(aggregation::Method::TopK).kept, three);
  EXPECT_DOUBLE_EQ(run(aggregation::Method::RandomK).cost.share,
                   static_cast<double>(three) / n);  // needs no score
  EXPECT_DOUBLE_EQ(run(aggregation::Method::ScoreWeighted).cost.share, 1.1);
  EXPECT_DOUBLE_EQ(run(aggregation::Method::TopK).keptShare, static_cast<double>(three) / n);
}

TEST(Evaluator, DroppingPlantedNoiseHelps) {
  const Planted p = planted({});
  ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
  aggregation::Options average;
  average.method = aggregation::Method::Average;
  const double plain = evaluator.baseline(average, how(Rescale::Off)).tar;
  EXPECT_LT(plain, 0.97);
  EXPECT_GT(evaluator.at(0.6, how(Rescale::On)).tar, plain + 0.02);
}

TEST(Evaluator, SkipsUnusableSamplesAndUnknownScores) {
  PlantedOptions make;
  make.smallest = 2;
  make.largest = 6;
  Planted p = planted(make);
  Rng rng(8);
  for (std::int64_t i = 0; i < p.features.rows; ++i) {
    if (rng.chance(0.1)) p.features.row(i)[0] = kNaN;
    if (rng.chance(0.1)) std::fill(p.features.row(i).begin(), p.features.row(i).end(), 0.0F);
    if (rng.chance(0.3)) p.scores[static_cast<std::size_t>(i)] = kNaN;
  }
  for (const int s : p.protocol.templates[3].samples) p.features.row(s)[1] = kNaN;  // nothing left
  for (const int s : p.protocol.templates[4].samples) p.scores[static_cast<std::size_t>(s)] = kNaN;
  p.protocol.templates[5].samples.clear();
  p.protocol.templates[6].samples.push_back(p.protocol.templates[7].samples[0]);  // a sample of two templates
  ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
  for (const float score : evaluator.sortedScores()) EXPECT_TRUE(std::isfinite(score));
  for (const Rescale rescale : {Rescale::Off, Rescale::On})
    for (const double threshold : {-1.0, 0.2, 0.5, 0.8, 0.3, 1.0}) {
      evaluator.at(threshold, how(rescale));
      ASSERT_LT(largestDifference(evaluator.comparisons(), compareAfresh(p, ddl(threshold, rescale))), 1e-5);
    }
}

TEST(Evaluator, AccuracyIsOfFoldsWhereThereAreSome) {
  Planted p = planted({});
  auto options = how(Rescale::Off);
  {
    ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
    EXPECT_TRUE(std::isnan(evaluator.at(0.2, options).accuracy));
    options.accuracy = true;
    const auto point = evaluator.at(0.2, options);
    std::vector<float> scores;
    std::vector<bool> genuine;
    std::vector<int> fold;
    std::size_t g = 0, i = 0;
    for (const auto& pair : p.protocol.pairs) {
      scores.push_back(pair.genuine ? evaluator.comparisons().genuine[g++]
                                    : evaluator.comparisons().impostor[i++]);
      genuine.push_back(pair.genuine);
      fold.push_back(pair.fold);
    }
    EXPECT_DOUBLE_EQ(point.accuracy, evaluation::foldAccuracy(scores, genuine, fold).accuracy);
  }
  p.protocol.folds = 0;
  ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
  const double accuracy = evaluator.at(0.2, options).accuracy;
  EXPECT_DOUBLE_EQ(accuracy, evaluation::bestAccuracy(evaluator.comparisons()));
}

TEST(Evaluator, IsIndependentOfThreads) {
  const Planted p = planted({});
  ThresholdEvaluator many(p.features.view(), p.scores, p.protocol);
  many.at(0.4, how(Rescale::Auto));
  setThreadCount(1);
  ThresholdEvaluator one(p.features.view(), p.scores, p.protocol);
  one.at(0.4, how(Rescale::Auto));
  setThreadCount(0);
  EXPECT_EQ(many.comparisons().genuine, one.comparisons().genuine);
  EXPECT_EQ(many.comparisons().impostor, one.comparisons().impostor);
}

TEST(Evaluator, SurvivesAMove) {
  const Planted p = planted({});
  ThresholdEvaluator first(p.features.view(), p.scores, p.protocol);
  const double tar = first.at(0.4, how(Rescale::On)).tar;
  ThresholdEvaluator second(std::move(first));
  EXPECT_EQ(second.at(0.4, how(Rescale::On)).tar, tar);
  EXPECT_EQ(second.templates(), 60);
  EXPECT_EQ(second.pairs(), 800);
}

TEST(Evaluator, OneSideWithoutPairsHasNoTar) {
  Planted p = planted({});
  for (auto& pair : p.protocol.pairs) pair.genuine = true;
  ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
  EXPECT_TRUE(std::isnan(evaluator.at(0.4, how(Rescale::On)).tar));
}

TEST(Evaluator, BadInputIsRefused) {
  const Planted good = planted({});
  const auto refuses = [&](auto change, const std::string& word) {
    Planted p = good;
    change(p);
    try {
      ThresholdEvaluator(p.features.view(), p.scores, p.protocol);
    } catch (const Error& error) {
      return std::string(error.what()).find(word) != std::string::npos;
    }
    return false;
  };
  EXPECT_TRUE(refuses([](Planted& p) { p.scores.pop_back(); }, "scores"));
  EXPECT_TRUE(refuses([](Planted& p) { p.scores[0] = -0.5F; }, "negative"));
  EXPECT_TRUE(refuses([](Planted& p) { p.protocol.templates[0].samples[0] = 100000; }, "sample 100000"));
  EXPECT_TRUE(refuses([](Planted& p) { p.protocol.pairs[5].b = 60; }, "pair 5"));
  EXPECT_TRUE(refuses([](Planted& p) { p.protocol.pairs[5].fold = 10; }, "fold 10"));
}

}  // namespace
}  // namespace discern::sweep
