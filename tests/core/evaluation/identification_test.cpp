#include "core/evaluation/identification.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <string>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"

namespace discern::evaluation {
namespace {

// Unit vectors in the plane at these angles, in degrees.
data::Matrix atAngles(const std::vector<double>& degrees, float length = 1) {
  data::Matrix matrix(static_cast<std::int64_t>(degrees.size()), 2);
  for (std::size_t i = 0; i < degrees.size(); ++i) {
    matrix.values[2 * i] = length * static_cast<float>(std::cos(degrees[i] * M_PI / 180));
    matrix.values[2 * i + 1] = length * static_cast<float>(std::sin(degrees[i] * M_PI / 180));
  }
  return matrix;
}

std::string errorOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

// Four or sixteen entries of +1 or -1 a row, the others 0: norms are powers of two, so cosines are exact and
// ties are everywhere.
data::Matrix signFeatures(Rng& rng, int rows, int cols) {
  data::Matrix matrix(rows, cols);
  for (int r = 0; r < rows; ++r) {
    std::vector<float> row(static_cast<std::size_t>(cols), 0.0F);
    for (int i = 0; i < (cols < 16 ? 4 : 16); ++i)
      row[static_cast<std::size_t>(i)] = rng.chance(0.5) ? 1.0F : -1.0F;
    rng.shuffle(row);
    std::copy(row.begin(), row.end(), matrix.row(r).begin());
  }
  return matrix;
}

std::vector<int> drawIdentities(Rng& rng, int rows, int first, int last) {
  std::vector<int> identities;
  for (int i = 0; i < rows; ++i) identities.push_back(first + static_cast<int>(rng.below(last - first + 1)));
  return identities;
}

TEST(Identification, HandComputed) {
  // Gallery: A at 0 and 20, B at 60, C at 100 degrees; lengths do not matter.
  const auto gallery = atAngles({0, 60, 100, 20}, 3);
  const std::vector<int> who = {7, 3, 5, 7};
  // A at 25: A (5 off), B (35), C (75). B at 35: A (15), B
  // (25). C at 20: C is last, 80 off. A stranger at 70: B.
  const auto probes = atAngles({25, 35, 20, 70}, 0.1F);
  const std::vector<int> truth = {7, 3, 5, 99};
  const auto matches = identify(gallery.view(), who, probes.view(), truth);
  ASSERT_EQ(matches.size(), 4U);
  const int ranks[] = {1, 2, 3, 0}, best[] = {7, 7, 7, 3};
  const double own[] = {5, 25, 80}, top[] = {5, 15, 0, 10};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(matches[i].rank, ranks[i]) << i;
    EXPECT_EQ(matches[i].bestIdentity, best[i]) << i;
    EXPECT_NEAR(matches[i].best, std::cos(top[i] * M_PI / 180), 1e-6) << i;
    if (i < 3) {
      EXPECT_NEAR(matches[i].own, std::cos(own[i] * M_PI / 180), 1e-6) << i;
    }
  }
  const auto curve = cmc(matches, 4);
  const double expected[] = {1 / 3., 2 / 3., 1, 1};
  for (std::size_t k = 0; k < 4; ++k) EXPECT_DOUBLE_EQ(curve[k], expected[k]) << k;
  EXPECT_DOUBLE_EQ(rankRate(matches, 2), 2 / 3.);
  const std::vector<int> distance = {1, 3, 1, 3};  // the stranger counts in no group
  const auto rates = rankRateByGroup(matches, distance, 1);
  ASSERT_EQ(rates.size(), 2U);
  EXPECT_EQ(rates[0].group, 1);
  EXPECT_EQ(rates[0].probes, 2);
  EXPECT_DOUBLE_EQ(rates[0].rate, 0.5);
  EXPECT_EQ(rates[1].group, 3);
  EXPECT_EQ(rates[1].probes, 1);
  EXPECT_DOUBLE_EQ(rates[1].rate, 0);
}

TEST(Identification, TiesNeverHelp) {
  const data::Matrix same(5, 3, 1.0F);
  const std::vector<int> who = {0, 1, 2, 3, 4};
  const auto matches = identify(same.view(), who, same.view(), who);
  for (const Match& match : matches) {
    EXPECT_EQ(match.rank, 5);
    EXPECT_EQ(match.bestIdentity, 0);
  }
  EXPECT_DOUBLE_EQ(rankRate(matches, 4), 0);
  EXPECT_DOUBLE_EQ(rankRate(matches, 5), 1);
  // A tie within the own identity is none; a zero feature ties with everybody.
  const std::vector<int> one = {8, 8, 8, 8, 8};
  EXPECT_EQ(identify(same.view(), one, same.view(), one)[0].rank, 1);
  const data::Matrix zero(1, 3);
  EXPECT_EQ(identify(same.view(), who, zero.view(), std::vector<int>{2})[0].rank, 5);
}

// Ranks, rates and groups counted one comparison at a time.
TEST(Identification, AgreesWithBruteForceUnderHeavyTies) {
  int ties = 0, strangers = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Rng rng(seed);
    const int dimension = seed % 3 == 0 ? 5 : seed % 3 == 1 ? 16 : 37, rows = 70 + static_cast<int>(seed);
    const auto gallery = signFeatures(rng, rows, dimension), probes = signFeatures(rng, 50, dimension);
    const auto who = drawIdentities(rng, rows, 10, 29), truth = drawIdentities(rng, 50, 5, 29);
    const auto group = drawIdentities(rng, 50, 1, 3);
    const auto matches = identify(gallery.view(), who, probes.view(), truth);
    std::map<int, std::pair<int, int>> byGroup;
    std::vector<int> found(21, 0);
    int known = 0;
    for (std::size_t p = 0; p < truth.size(); ++p) {
      std::map<int, double> score;
      for (std::int64_t g = 0; g < gallery.rows; ++g) {
        const double cosine = data::cosine(gallery.row(g), probes.row(static_cast<std::int64_t>(p)));
        const auto [at, fresh] = score.emplace(who[static_cast<std::size_t>(g)], cosine);
        if (!fresh) at->second = std::max(at->second, cosine);
      }
      double best = -2;
      for (const auto& [identity, value] : score) best = std::max(best, value);
      EXPECT_NEAR(matches[p].best, best, 1e-6);
      EXPECT_NEAR(score.at(matches[p].bestIdentity), best, 1e-6);
      if (!score.contains(truth[p])) {
        EXPECT_EQ(matches[p].rank, 0);
        ++strangers;
        continue;
      }
      // Cosines are equal or clearly apart.
      int rank = 1;
      for (const auto& [identity, value] : score)
        if (identity != truth[p] && value > score.at(truth[p]) - 1e-6) {
          ++rank;
          ties += value < score.at(truth[p]) + 1e-6 ? 1 : 0;
        }
      EXPECT_EQ(matches[p].rank, rank) << "seed " << seed << " probe " << p;
      ++known;
      for (std::size_t k = static_cast<std::size_t>(rank); k < found.size(); ++k) ++found[k];
      ++byGroup[group[p]].first;
      byGroup[group[p]].second += rank <= 3 ? 1 : 0;
    }
    const auto curve = cmc(matches, 20);
    for (std::size_t k = 1; k <= 20; ++k)
      EXPECT_DOUBLE_EQ(curve[k - 1], static_cast<double>(found[k]) / known);
    const auto rates = rankRateByGroup(matches, group, 3);
    ASSERT_EQ(rates.size(), byGroup.size());
    for (const GroupRate& rate : rates) {
      EXPECT_EQ(rate.probes, byGroup[rate.group].first);
      EXPECT_DOUBLE_EQ(rate.rate,
                       static_cast<double>(byGroup[rate.group].second) / byGroup[rate.group].first);
    }
  }
  EXPECT_GT(ties, 100);
  EXPECT_GT(strangers, 100);
}

TEST(RankRows, HandComputed) {
  // Gallery: A at 10, B at 20, A at 30, C at 40, A at 90. Probe A at 0: A B A C A, precisions 1/1, 1/2, 2/3,
  // 2/4, 3/5: area (1 + 1) / 2, (1/2 + 2/3) / 2, (2/4 + 3/5) / 2, each a third.
  const auto gallery = atAngles({10, 20, 30, 40, 90});
  const std::vector<int> who = {0, 1, 0, 2, 0};
  const auto probes = atAngles({0, 0, 0, 0});
  const auto ranks = rankRows(gallery.view(), who, probes.view(), std::vector<int>{0, 1, 2, 9});
  EXPECT_EQ(ranks[0].first, 1);
  EXPECT_NEAR(ranks[0].averagePrecision, (1 + 7.0 / 12 + 11.0 / 20) / 3, 1e-12);
  EXPECT_EQ(ranks[1].first, 2);  // before it 0 of 1, then 1 of 2
  EXPECT_NEAR(ranks[1].averagePrecision, 0.25, 1e-12);
  EXPECT_EQ(ranks[2].first, 4);
  EXPECT_NEAR(ranks[2].averagePrecision, 0.125, 1e-12);
  EXPECT_EQ(ranks[3].first, 0);  // a stranger
  EXPECT_TRUE(std::isnan(ranks[3].averagePrecision));
  const auto curve = cmc(ranks, 5);
  EXPECT_DOUBLE_EQ(curve[0], 1.0 / 3);
  EXPECT_DOUBLE_EQ(curve[1], 2.0 / 3);
  EXPECT_DOUBLE_EQ(curve[2], 2.0 / 3);
  EXPECT_DOUBLE_EQ(curve[3], 1);
  // Rows of one stranger with the probe's own score come before it.
  const auto tied = rankRows(atAngles({5, 5, 5}).view(), std::vector<int>{1, 1, 0}, atAngles({0}).view(),
                             std::vector<int>{0});
  EXPECT_EQ(tied[0].first, 3);
  EXPECT_THROW(rankRows(data::Matrix(0, 2).view(), {}, probes.view(), std::vector<int>{0, 0, 0, 0}), Error);
}

// The walk of Oxford's script, one place of the ranking after the other.
TEST(RankRows, AgreesWithWalkingTheRanking) {
  Rng rng(8);
  for (int trial = 0; trial < 40; ++trial) {
    const int rows = 5 + trial;
    data::Matrix gallery(rows, 3), probe(1, 3);
    for (float& v : gallery.values) v = static_cast<float>(rng.normal());
    for (float& v : probe.values) v = static_cast<float>(rng.normal());
    auto who = drawIdentities(rng, rows, 0, 3);
    who[0] = 2;
    std::vector<int> order(static_cast<std::size_t>(rows));
    for (int i = 0; i < rows; ++i) order[static_cast<std::size_t>(i)] = i;
    std::ranges::sort(order, [&](int a, int b) {
      return data::cosine(gallery.row(a), probe.row(0)) > data::cosine(gallery.row(b), probe.row(0));
    });
    const auto own = static_cast<double>(std::ranges::count(who, 2));
    double area = 0, oldRecall = 0, oldPrecision = 1, found = 0;
    for (int place = 0; place < rows; ++place) {
      if (who[static_cast<std::size_t>(order[static_cast<std::size_t>(place)])] == 2) ++found;
      const double recall = found / own, precision = found / (place + 1.0);
      area += (recall - oldRecall) * (oldPrecision + precision) / 2;
      oldRecall = recall;
      oldPrecision = precision;
    }
    EXPECT_NEAR(rankRows(gallery.view(), who, probe.view(), std::vector<int>{2})[0].averagePrecision, area,
                1e-9);
  }
}

TEST(Identification, ThreadsDoNotChangeTheResult) {
  Rng rng(3);
  const auto gallery = signFeatures(rng, 200, 19), probes = signFeatures(rng, 333, 19);
  const auto who = drawIdentities(rng, 200, 0, 60), truth = drawIdentities(rng, 333, 0, 70);
  setThreadCount(1);
  const auto one = identify(gallery.view(), who, probes.view(), truth);
  setThreadCount(4);
  const auto four = identify(gallery.view(), who, probes.view(), truth);
  setThreadCount(0);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].rank, four[i].rank);
    EXPECT_EQ(one[i].best, four[i].best);
    EXPECT_EQ(one[i].bestIdentity, four[i].bestIdentity);
  }
}

Match known(int rank, float own) { return {rank, own, own, 1}; }
Match stranger(float best) { return {0, 0, best, 1}; }

TEST(OpenSet, HandComputed) {
  // Strangers, descending: .8 .6 .6 .2. Known: .9 (rank 1), .7 (1), .6 (1), .95 but rank 2, .1 (1).
  const std::vector<Match> matches = {stranger(0.6F), known(1, 0.9F),  known(1, 0.7F),
                                      stranger(0.8F), known(2, 0.95F), known(1, 0.6F),
                                      stranger(0.2F), known(1, 0.1F),  stranger(0.6F)};
  const std::vector<double> fpirs = {0, 0.25, 0.5, 0.75, 1};
  const auto points = tpirAtFpir(matches, fpirs);
  // None may pass: above .8. One: the next two tie at .6,
  // above it. Two: the tie is all or nothing. Three; all.
  const double tpir[] = {0.2, 0.4, 0.4, 0.6, 0.8}, actual[] = {0, 0.25, 0.25, 0.75, 1};
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_DOUBLE_EQ(points[i].fpir, fpirs[i]);
    EXPECT_DOUBLE_EQ(points[i].tpir, tpir[i]) << i;
    EXPECT_DOUBLE_EQ(points[i].actualFpir, actual[i]) << i;
  }
  EXPECT_GT(points[1].threshold, 0.6F);
  EXPECT_FALSE(points[2].supported);  // 2 of 3 strangers
  EXPECT_TRUE(points[3].supported);
  const auto usual = tpirAtFpir(matches);
  ASSERT_EQ(usual.size(), 2U);
  EXPECT_DOUBLE_EQ(usual[0].fpir, 0.01);
  EXPECT_DOUBLE_EQ(usual[1].fpir, 0.1);
}

TEST(OpenSet, AgreesWithBruteForce) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Rng rng(seed);
    const int steps = seed % 2 == 0 ? 6 : 1000;
    std::vector<Match> matches;
    for (int i = 0; i < 120; ++i) {
      const auto score = static_cast<float>(rng.below(steps)) / static_cast<float>(steps);
      matches.push_back(rng.chance(0.4) ? stranger(score) : known(1 + static_cast<int>(rng.below(2)), score));
    }
    for (const double fpir : {0.0, 0.01, 0.1, 0.37, 1.0}) {
      double best = 0;  // the highest TPIR of all thresholds that keep the FPIR
      std::vector<double> thresholds = {2};
      for (const Match& match : matches) thresholds.push_back(match.best);
      for (const double threshold : thresholds) {
        int strangers = 0, accepted = 0, all = 0, right = 0;
        for (const Match& match : matches) {
          (match.rank == 0 ? strangers : all) += 1;
          accepted += match.rank == 0 && match.best >= threshold ? 1 : 0;
          right += match.rank == 1 && match.own >= threshold ? 1 : 0;
        }
        if (accepted <= fpir * strangers + 1e-9) best = std::max(best, static_cast<double>(right) / all);
      }
      const auto point = tpirAtFpir(matches, std::vector<double>{fpir}).at(0);
      EXPECT_NEAR(point.tpir, best, 1e-12) << "seed " << seed << " FPIR " << fpir;
      EXPECT_LE(point.actualFpir, fpir + 1e-9);
    }
  }
}

TEST(TopK, HandComputedWithTiesAndNaN) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const data::Matrix scores = [&] {
    data::Matrix m(5, 4);
    m.values = {0.1F, 0.7F, 0.1F, 0.1F,   // class 1: first
                0.4F, 0.3F, 0.2F, 0.1F,   // class 1: second
                0.3F, 0.3F, 0.3F, 0.1F,   // class 0: ties with two, third
                nan,  0.9F, 0.2F, 0.1F,   // class 1: behind a NaN, second
                0.1F, 0.2F, nan,  0.3F};  // class 2 is NaN: last
    return m;
  }();
  const std::vector<int> labels = {1, 1, 0, 1, 2};
  const double expected[] = {0.8, 0.4, 0.2, 0};
  for (int k = 1; k <= 4; ++k) EXPECT_DOUBLE_EQ(topKError(scores.view(), labels, k), expected[k - 1]) << k;
}

TEST(TopK, AgreesWithSorting) {
  Rng rng(11);
  data::Matrix scores(300, 25);
  for (float& value : scores.values) value = static_cast<float>(rng.uniform());  // no ties
  const auto labels = drawIdentities(rng, 300, 0, 24);
  for (const int k : {1, 5, 25}) {
    int wrong = 0;
    for (std::int64_t r = 0; r < 300; ++r) {
      std::vector<int> order(25);
      for (int c = 0; c < 25; ++c) order[static_cast<std::size_t>(c)] = c;
      std::sort(order.begin(), order.end(), [&](int a, int b) {
        return scores.row(r)[static_cast<std::size_t>(a)] > scores.row(r)[static_cast<std::size_t>(b)];
      });
      wrong += std::find(order.begin(), order.begin() + k, labels[static_cast<std::size_t>(r)]) ==
               order.begin() + k;
    }
    EXPECT_DOUBLE_EQ(topKError(scores.view(), labels, k), wrong / 300.0) << k;
  }
}

TEST(Identification, BadInputIsExplained) {
  const data::Matrix two(2, 3, 1.0F), wide(2, 4, 1.0F), none(0, 3);
  const std::vector<int> who = {0, 1};
  const auto expect = [&](const std::function<void()>& action, const std::string& part) {
    EXPECT_NE(errorOf(action).find(part), std::string::npos) << errorOf(action);
  };
  expect([&] { identify(none.view(), {}, two.view(), who); }, "gallery is empty");
  expect([&] { identify(two.view(), who, wide.view(), who); }, "have 3 numbers and probe features 4");
  expect([&] { identify(two.view(), std::vector<int>{1}, two.view(), who); },
         "2 gallery features and 1 identities");
  expect(
      [&] {
        identify(two.view(), std::vector<int>{1, -1}, two.view(), who);
      },
      "gallery feature 1 has identity -1");
  data::Matrix broken = two;
  broken.values[4] = std::numeric_limits<float>::infinity();
  expect([&] { identify(two.view(), who, broken.view(), who); }, "probe feature 1 is not finite");
  const std::vector<Match> known1 = {known(1, 0.5F)}, strangers = {stranger(0.5F)};
  expect([&] { tpirAtFpir(known1); }, "no probe is a stranger");
  expect([&] { tpirAtFpir(strangers); }, "every probe is a stranger");
  const std::vector<Match> both = {known(1, 0.5F), stranger(0.4F)};
  expect([&] { tpirAtFpir(both, std::vector<double>{1.5}); }, "between 0 and 1");
  expect([&] { cmc(both, 0); }, "ranks start at 1");
  expect([&] { rankRateByGroup(both, std::vector<int>{1}, 1); }, "2 probes came with 1 groups");
  expect([&] { topKError(two.view(), std::vector<int>{0, 3}, 1); }, "row 1 has label 3");
  expect([&] { topKError(two.view(), who, 0); }, "ranks start at 1");
  expect([&] { topKError(two.view(), std::vector<int>{0}, 1); }, "2 rows of class scores");
  EXPECT_TRUE(std::isnan(rankRate(strangers, 1)));
  EXPECT_TRUE(identify(two.view(), who, data::MatrixView{}, {}).empty());
}

}  // namespace
}  // namespace discern::evaluation
