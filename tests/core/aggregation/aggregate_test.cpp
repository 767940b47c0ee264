#include "core/aggregation/aggregate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "core/aggregation/methods.h"
#include "core/base/error.h"
#include "core/base/rng.h"
#include "tests/core/aggregation/planted_network.h"

namespace discern::aggregation {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

Options ddl(double threshold, Rescale rescale) {
  Options options;
  options.threshold = threshold;
  options.rescale = rescale;
  return options;
}

Options of(Method method, int k = 3) {
  Options options;
  options.method = method;
  options.k = k;
  return options;
}

void expectWeights(const std::vector<double>& actual, const std::vector<double>& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(actual[i], expected[i], 1e-7) << i;
}

TEST(Weights, DdlKeepsScoresAboveTheThreshold) {
  const std::vector<float> scores = {0.25F, 0.5F, 0.75F, 0.125F};
  expectWeights(weights(scores, {}, ddl(0.2, Rescale::Off)), {0.25 / 1.5, 0.5 / 1.5, 0.75 / 1.5, 0});
  // Rescaled: (0, 0.5, 1) of the kept, and the worst kept sample loses its weight.
  expectWeights(weights(scores, {}, ddl(0.2, Rescale::On)), {0, 1.0 / 3, 2.0 / 3, 0});
}

TEST(Weights, AScoreEqualToTheThresholdIsDropped) {
  const std::vector<float> scores = {0.25F, 0.5F, 0.75F};
  expectWeights(weights(scores, {}, ddl(0.25, Rescale::Off)), {0, 0.4, 0.6});
}

TEST(Weights, NonePassesKeepsTheBestOne) {
  expectWeights(weights(std::vector{0.1F, 0.3F, 0.2F}, {}, ddl(0.9, Rescale::On)), {0, 1, 0});
  expectWeights(weights(std::vector{0.3F, 0.3F, 0.2F}, {}, ddl(0.9, Rescale::Off)), {1, 0, 0});
}

TEST(Weights, OneOrEqualKeptScoresArePlainMean) {
  expectWeights(weights(std::vector{0.7F}, {}, ddl(0.1, Rescale::On)), {1});
  expectWeights(weights(std::vector{0.7F, 0.7F, 0.05F}, {}, ddl(0.1, Rescale::On)), {0.5, 0.5, 0});
  expectWeights(weights(std::vector{0.0F, 0.0F}, {}, ddl(-1, Rescale::Off)), {0.5, 0.5});
}

TEST(Weights, AutoLooksAtSizeAndSpread) {
  Options options = ddl(0, Rescale::Auto);
  options.autoMinimum = 3;
  options.autoSpread = 0.25;
  const std::vector<double> rescaled = {0, 1.0 / 3, 2.0 / 3};
  expectWeights(weights(std::vector{0.5F, 0.625F, 0.75F}, {}, options), rescaled);
  const double sum = 0.5 + 0.625 + 0.625;
  expectWeights(weights(std::vector{0.5F, 0.625F, 0.625F}, {}, options),
                {0.5 / sum, 0.625 / sum, 0.625 / sum});
  expectWeights(weights(std::vector{0.25F, 0.75F}, {}, options), {0.25, 0.75});
  options.threshold = 0.1;  // the dropped sample counts neither for the size nor for the spread
  expectWeights(weights(std::vector{0.25F, 0.75F, 0.05F}, {}, options), {0.25, 0.75, 0});
}

TEST(Weights, UnknownScoresAreTheLowest) {
  expectWeights(weights(std::vector{kNaN, 0.25F, 0.75F}, {}, ddl(-1, Rescale::Off)), {0, 0.25, 0.75});
  expectWeights(weights(std::vector{kNaN, 0.01F}, {}, ddl(0.5, Rescale::Off)), {0, 1});
  expectWeights(weights(std::vector{kNaN, 0.5F, kNaN}, {}, of(Method::Top1)), {0, 1, 0});
  expectWeights(weights(std::vector{kNaN, 0.5F, 0.7F, kNaN}, {}, of(Method::TopK)),
                {1.0 / 3, 1.0 / 3, 1.0 / 3, 0});
  expectWeights(weights(std::vector{kNaN, 0.5F, 1.5F}, {}, of(Method::ScoreWeighted)), {0, 0.25, 0.75});
}

TEST(Weights, WithoutAnyScoreNothingIsDropped) {
  expectWeights(weights(std::vector{kNaN, kNaN}, {}, ddl(0.15, Rescale::Auto)), {0.5, 0.5});
  expectWeights(weights(std::vector{kNaN, kNaN}, {}, of(Method::ScoreWeighted)), {0.5, 0.5});
}

TEST(Weights, TopKTakesTheEarlierOfEqualScores) {
  expectWeights(weights(std::vector{0.5F, 0.9F, 0.5F}, {}, of(Method::TopK, 2)), {0.5, 0.5, 0});
  expectWeights(weights(std::vector{0.5F, 0.9F}, {}, of(Method::TopK, 5)), {0.5, 0.5});
}

TEST(BestOf, NamesTheBestFirstAndIsWhatTopKWeighs) {
  const std::vector<float> scores = {0.5F, kNaN, 0.9F, 0.5F, 0.7F};
  EXPECT_EQ(bestOf(scores, 9), (std::vector<std::size_t>{2, 4, 0, 3, 1}));
  EXPECT_TRUE(bestOf(scores, 0).empty());
  for (int k = 1; k <= 5; ++k) {
    const auto best = bestOf(scores, static_cast<std::size_t>(k));
    std::vector<double> expected(scores.size(), 0.0);
    for (const std::size_t place : best) expected[place] = 1.0 / k;
    ASSERT_EQ(best.size(), static_cast<std::size_t>(k));
    expectWeights(weights(scores, {}, of(Method::TopK, k)), expected);
  }
}

TEST(Weights, NormsWeigh) {
  expectWeights(weights({}, std::vector{10.0F, 30.0F}, of(Method::NormWeighted)), {0.25, 0.75});
}

TEST(Weights, RandomKDrawsEverySampleEquallyOften) {
  const std::vector<float> scores(5, 0.5F);
  std::vector<double> total(5, 0.0);
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    Options options = of(Method::RandomK, 2);
    options.seed = seed;
    const auto w = weights(scores, {}, options);
    EXPECT_EQ(std::count(w.begin(), w.end(), 0.5), 2);
    for (std::size_t i = 0; i < 5; ++i) total[i] += w[i];
  }
  for (const double t : total) EXPECT_NEAR(t / 2000, 0.2, 0.02);  // standard error 0.005
}

TEST(Weights, UniformKTakesTheMiddlesOfEqualParts) {
  const auto taken = [](std::size_t size, int k) {
    std::vector<std::size_t> places;
    const auto w = weights(std::vector<float>(size, 0.5F), {}, of(Method::UniformK, k));
    for (std::size_t i = 0; i < size; ++i)
      if (w[i] > 0) {
        EXPECT_DOUBLE_EQ(w[i],
                         1.0 / static_cast<double>(std::min<std::size_t>(size, static_cast<std::size_t>(k))));
        places.push_back(i);
      }
    return places;
  };
  using Places = std::vector<std::size_t>;
  EXPECT_EQ(taken(9, 3), (Places{1, 4, 7}));
  EXPECT_EQ(taken(7, 2), (Places{1, 5}));
  EXPECT_EQ(taken(4, 1), (Places{2}));
  EXPECT_EQ(taken(2, 5), (Places{0, 1}));
  EXPECT_EQ(taken(5, 5), (Places{0, 1, 2, 3, 4}));
  EXPECT_EQ(keptOf(9, {}, of(Method::UniformK, 3)), 3);
}

TEST(Weights, BadInputIsRefused) {
  EXPECT_THROW(weights(std::vector{0.5F, -0.1F}, {}, ddl(0, Rescale::Off)), Error);
  EXPECT_THROW(weights(std::vector{0.5F, -0.1F}, {}, of(Method::ScoreWeighted)), Error);
  EXPECT_THROW(weights(std::vector{0.5F}, {}, of(Method::TopK, 0)), Error);
  EXPECT_THROW(weights(std::vector{0.5F}, {}, of(Method::Max)), Error);
  EXPECT_THROW(weights(std::vector{0.5F, 0.5F}, std::vector{1.0F}, of(Method::NormWeighted)), Error);
  EXPECT_THROW(weights({}, std::vector{1.0F}, of(Method::Ddl)), Error);
}

TEST(Names, RoundTripAndAreForgiving) {
  EXPECT_EQ(allMethods().size(), 17U);
  std::set<std::string> names;
  for (const Method method : allMethods()) {
    EXPECT_EQ(parseMethod(toString(method)), method);
    names.insert(toString(method));
  }
  EXPECT_EQ(names.size(), 17U);
  EXPECT_EQ(parseMethod("Top1"), Method::Top1);
  EXPECT_EQ(parseMethod("media_mean_sum"), Method::MediaMeanSum);
  for (const Rescale rescale : {Rescale::Off, Rescale::On, Rescale::Auto})
    EXPECT_EQ(parseRescale(toString(rescale)), rescale);
  try {
    parseMethod("median");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("norm-weighted"), std::string::npos) << error.what();
  }
}

data::Matrix matrix(const std::vector<std::vector<float>>& rows) {
  data::Matrix m(static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(rows[0].size()));
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::copy(rows[i].begin(), rows[i].end(), m.row(static_cast<std::int64_t>(i)).begin());
  return m;
}

void expectRow(std::span<const float> row, const std::vector<double>& direction) {
  double length = 0;
  for (const double v : direction) length += v * v;
  length = std::sqrt(length);
  for (std::size_t j = 0; j < direction.size(); ++j) EXPECT_NEAR(row[j], direction[j] / length, 1e-6) << j;
}

TEST(Aggregate, HandComputed) {
  const auto f = matrix({{2, 0}, {0, 6}, {0, 0}, {kNaN, 1}});
  const std::vector<float> scores = {0.25F, 0.75F, 0.9F, 0.9F};
  const std::vector<std::vector<int>> groups = {{0, 1}, {0, 2, 3, 1}, {2, 3}, {}, {1}};
  const auto plain = aggregate(f.view(), groups, {}, of(Method::Average));
  expectRow(plain.row(0), {1, 1});
  expectRow(plain.row(1), {1, 1});  // the zero and the NaN feature are skipped
  for (const int empty : {2, 3}) EXPECT_EQ(data::norm(plain.row(empty)), 0);
  expectRow(plain.row(4), {0, 1});
  // The skipped samples' scores of 0.9 must not count: of the two others 0.75 is the best.
  expectRow(aggregate(f.view(), groups, scores, ddl(0.8, Rescale::Off)).row(1), {0, 1});
  expectRow(aggregate(f.view(), groups, scores, ddl(0.1, Rescale::Off)).row(1), {1, 3});
  expectRow(aggregate(f.view(), groups, {}, of(Method::NormWeighted)).row(0), {1, 3});
  Options raw = of(Method::Average);
  raw.normaliseFeatures = false;
  expectRow(aggregate(f.view(), groups, {}, raw).row(0), {1, 3});
  raw.method = Method::NormWeighted;
  expectRow(aggregate(f.view(), groups, {}, raw).row(0), {1, 9});
}

TEST(Aggregate, MaximumIsTakenPerElement) {
  const auto f = matrix({{3, -4}, {-3, -4}});
  expectRow(aggregate(f.view(), {{0, 1}}, {}, of(Method::Max)).row(0), {0.6, -0.8});
}

TEST(Aggregate, MediaAreMeansBeforeTheyAreSummed) {
  const auto f = matrix({{1, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 2}, {0, 0, 2}});
  const std::vector<int> media = {7, 7, 8, -1, -1};  // -1: unknown, each its own
  const Options options =
      of(Method::MediaMeanSum);  // which takes features as they are, whatever is asked for
  expectRow(aggregate(f.view(), {{0, 1, 2, 3, 4}}, {}, options, media).row(0), {1, 1, 4});
  expectRow(aggregate(f.view(), {{0, 1, 2, 3, 4}}, {}, options).row(0), {2, 1, 4});
}

TEST(Aggregate, InsightFaceWeighsByTheDetectorWithinMedia) {
  // Medium 7: (0.5 (1, 0, 0) + 1 (3, 0, 0)) / 2 = (1.75, 0, 0); 8: 0.25 (0, 4, 0); alone: 0.5 (0, 0, 2); a
  // sample without a score counts in its medium and adds nothing.
  const auto f = matrix({{1, 0, 0}, {3, 0, 0}, {0, 4, 0}, {0, 0, 2}, {0, 9, 0}});
  const std::vector<float> detector = {0.5F, 1, 0.25F, 0.5F, kNaN};
  const Options options = of(Method::InsightFace);  // likewise
  expectRow(aggregate(f.view(), {{0, 1, 2, 3}}, detector, options, std::vector<int>{7, 7, 8, -1, 8}).row(0),
            {1.75F, 1, 1});
  expectRow(
      aggregate(f.view(), {{0, 1, 2, 3, 4}}, detector, options, std::vector<int>{7, 7, 8, -1, 8}).row(0),
      {1.75F, 0.5F, 1});
  EXPECT_THROW(aggregate(f.view(), {{0}}, {}, options), Error);
}

TEST(Aggregate, FeaturesThatCancelGiveAZeroRow) {
  const auto f = matrix({{1, 0}, {-1, 0}});
  EXPECT_EQ(data::norm(aggregate(f.view(), {{0, 1}}, {}, of(Method::Average)).row(0)), 0);
}

TEST(Aggregate, UnitFeaturesWithTheirNormsGiveTheSame) {
  Rng rng(5);
  data::Matrix raw(60, 16), unit(60, 16);
  std::vector<float> norms, scores;
  std::vector<int> media;
  std::vector<std::vector<int>> groups(10);
  for (int i = 0; i < 60; ++i) {
    for (float& v : raw.row(i)) v = static_cast<float>(3 * rng.normal());
    std::copy(raw.row(i).begin(), raw.row(i).end(), unit.row(i).begin());
    norms.push_back(static_cast<float>(data::normalise(unit.row(i))));
    scores.push_back(static_cast<float>(rng.uniform()));
    media.push_back(i % 3);
    groups[static_cast<std::size_t>(i % 10)].push_back(i);
  }
  for (const Method method : allMethods())
    for (const bool normalise : {true, false}) {
      Options options = withNetwork(of(method), raw.cols);
      options.normaliseFeatures = normalise;
      const auto a = aggregate(raw.view(), groups, scores, options, media);
      const auto b = aggregateUnit(unit.view(), norms, groups, scores, options, media);
      for (std::size_t i = 0; i < a.values.size(); ++i)
        EXPECT_NEAR(a.values[i], b.values[i], 1e-6) << toString(method);
      for (std::int64_t g = 0; g < a.rows; ++g) EXPECT_NEAR(data::norm(a.row(g)), 1, 1e-5);
    }
}

Options raw(Method method) {
  Options options = of(method);
  options.normaliseFeatures = false;
  return options;
}

TEST(Aggregate, TrimmedMeanDropsTheShareFarthestFromTheMean) {
  // Mean of (0, 1) x 6 and (7, 1): (1, 1); the last is 6 away, the others 1. 15 % of 7 is 1.
  const auto f = matrix({{0, 1}, {0, 1}, {7, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}});
  expectRow(aggregate(f.view(), {{0, 1, 2, 3, 4, 5, 6}}, {}, raw(Method::TrimmedMean)).row(0), {0, 1});
  // Of 6 it is none: (7, 6) / 6.
  expectRow(aggregate(f.view(), {{0, 1, 2, 3, 4, 5}}, {}, raw(Method::TrimmedMean)).row(0), {7, 6});
  Options half = raw(Method::TrimmedMean);
  half.trim = 0.5;  // of 2, equally far from their mean, the earlier stays
  const auto apart = matrix({{1, 0}, {0, 1}});
  expectRow(aggregate(apart.view(), {{1, 0}}, {}, half).row(0), {0, 1});
  half.trim = 0.99;
  expectRow(aggregate(f.view(), {{0}}, {}, half).row(0), {0, 1});  // one always stays
}

TEST(Aggregate, LongFeaturesAreNotOddOnes) {
  // The odd one is (0, 1), not the long one, which then counts by its length: 5 (1, 0) + (9, 3).
  const auto f = matrix({{1, 0}, {1, 0}, {1, 0}, {1, 0}, {9, 3}, {0, 1}, {1, 0}});
  expectRow(aggregate(f.view(), {{0, 1, 2, 3, 4, 5, 6}}, {}, raw(Method::TrimmedMean)).row(0), {14, 3});
  // Directions add up to (4, 2), with which (0, 1) has 0.45; the raw ones to (4, 20), with which (1, 0) has
  // 0.2.
  const auto g = matrix({{1, 0}, {1, 0}, {1, 0}, {1, 0}, {0, 19}, {0, 1}});
  expectRow(aggregate(g.view(), {{0, 1, 2, 3, 4, 5}}, {}, raw(Method::TwoPassMean)).row(0), {4, 20});
}

TEST(Aggregate, TwoPassMeanTakesTheMeanOfWhatLooksLikeTheMean) {
  // Sum of unit rows: (3, 1); cosines with it: 3 / sqrt 10 = 0.95 and 1 / sqrt 10 = 0.316.
  const auto f = matrix({{1, 0}, {2, 0}, {5, 0}, {0, 3}});
  Options options = of(Method::TwoPassMean);
  expectRow(aggregate(f.view(), {{0, 1, 2, 3}}, {}, options).row(0), {3, 1});
  options.minCosine = 0.32;
  expectRow(aggregate(f.view(), {{0, 1, 2, 3}}, {}, options).row(0), {1, 0});
  options.minCosine = 0.99;  // nobody: all of them
  expectRow(aggregate(f.view(), {{0, 1, 2, 3}}, {}, options).row(0), {3, 1});
}

TEST(Aggregate, GeometricMedianHasTheSmallestSumOfDistances) {
  // The Fermat point of an equilateral triangle is its centre; of a triangle with an angle of 120 degrees or
  // more it is that corner; of four corners of a convex quadrangle where the diagonals cross.
  const float h = std::sqrt(3.0F);
  const auto f = matrix({{1, 0}, {3, 0}, {2, h}, {10, 1}, {1, 10}, {1, 1}, {0, 0}, {4, 4}, {1, 3}, {3, 1}});
  const Options options = raw(Method::GeometricMedian);
  expectRow(aggregate(f.view(), {{0, 1, 2}}, {}, options).row(0), {2, h / 3});
  const auto wide = matrix({{-5, 1}, {5, 1}, {0, 2}});
  expectRow(aggregate(wide.view(), {{0, 1, 2}}, {}, options).row(0), {0, 1});  // (0, 2) itself
  const auto square = matrix({{0, 1}, {4, 5}, {0, 5}, {4, 1}, {2, 3}});
  expectRow(aggregate(square.view(), {{0, 1, 2, 3}}, {}, options).row(0), {2, 3});
  // More than half in one place: there, however far the others are.
  const auto most = matrix({{1, 2}, {1, 2}, {1, 2}, {90, 1}, {-40, 70}});
  expectRow(aggregate(most.view(), {{0, 1, 2, 3, 4}}, {}, options).row(0), {1, 2});
  expectRow(aggregate(most.view(), {{0, 1}}, {}, options).row(0), {1, 2});
}

// No step in any direction makes the sum of distances smaller.
TEST(Aggregate, GeometricMedianIsAMinimumOfRandomGroups) {
  Rng rng(11);
  for (int trial = 0; trial < 30; ++trial) {
    const int n = 3 + trial % 9;
    data::Matrix f(n, 4);
    std::vector<int> group;
    for (int i = 0; i < n; ++i) {
      for (float& v : f.row(i)) v = static_cast<float>(rng.normal() + 1);
      group.push_back(i);
    }
    const auto direction = aggregate(f.view(), {group}, {}, raw(Method::GeometricMedian));
    // Its length is lost: the best point along its direction.
    const auto sum = [&](std::span<const float> at, double length, std::size_t moved, double by) {
      double total = 0;
      for (int i = 0; i < n; ++i) {
        double squares = 0;
        for (std::size_t j = 0; j < 4; ++j) {
          const double d = f.row(i)[j] - length * at[j] - (j == moved ? by : 0);
          squares += d * d;
        }
        total += std::sqrt(squares);
      }
      return total;
    };
    double best = 1e9, length = 0;
    for (int k = 0; k < 4000; ++k)
      if (const double s = sum(direction.row(0), k * 1e-3, 4, 0); s < best) best = s, length = k * 1e-3;
    for (std::size_t j = 0; j < 4; ++j)
      for (const double by : {-0.01, 0.01})
        EXPECT_GE(sum(direction.row(0), length, j, by), best - 1e-5) << trial;
  }
}

TEST(Aggregate, WeightsByFeaturesNeedThem) {
  for (const Method method : {Method::TrimmedMean, Method::TwoPassMean, Method::GeometricMedian})
    EXPECT_THROW(weights(std::vector{0.5F, 0.5F}, {}, of(method)), Error) << toString(method);
}

TEST(Aggregate, RandomKDrawsAnewInEachGroup) {
  data::Matrix f(64, 64);
  std::vector<std::vector<int>> groups;
  for (int i = 0; i < 64; ++i) f.row(i)[static_cast<std::size_t>(i)] = 1;
  for (int g = 0; g < 8; ++g) {
    groups.emplace_back(8);
    std::iota(groups.back().begin(), groups.back().end(), 8 * g);
  }
  const auto result = aggregate(f.view(), groups, {}, of(Method::RandomK, 1));
  std::set<int> places;
  for (int g = 0; g < 8; ++g)
    for (int i = 0; i < 8; ++i)
      if (result.row(g)[static_cast<std::size_t>(8 * g + i)] > 0.5F) places.insert(i);
  EXPECT_GT(places.size(), 2U);
}

TEST(Aggregate, BadInputIsRefused) {
  const auto f = matrix({{1, 0}, {0, 1}});
  EXPECT_THROW(aggregate(f.view(), {{0, 2}}, {}, of(Method::Average)), Error);
  EXPECT_THROW(aggregate(f.view(), {{0, -1}}, {}, of(Method::Average)), Error);
  EXPECT_THROW(aggregate(f.view(), {{0}}, {}, of(Method::Ddl)), Error);
  EXPECT_THROW(aggregate(f.view(), {{0}}, std::vector{0.5F}, of(Method::Average)), Error);
  EXPECT_THROW(aggregate(f.view(), {{0}}, {}, of(Method::MediaMeanSum), std::vector{1}), Error);
}

}  // namespace
}  // namespace discern::aggregation
