#include "core/evaluation/tracklets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "tests/core/evaluation/second_mars.h"
#include "tests/message_of.h"

namespace discern::evaluation {
namespace {
using second::Search;
using second::Told;

// Points on a line.
Search onLine(const std::vector<std::pair<float, Sighting>>& gallery,
              const std::vector<std::pair<float, Sighting>>& queries) {
  Search s{data::Matrix(std::ssize(gallery), 1), data::Matrix(std::ssize(queries), 1), {}, {}, {}};
  for (std::size_t i = 0; i < gallery.size(); ++i) {
    s.gallery.values[i] = gallery[i].first;
    s.gallerySeen.push_back(gallery[i].second);
    s.isQuery.push_back(0);
  }
  for (std::size_t i = 0; i < queries.size(); ++i) {
    s.queries.values[i] = queries[i].first;
    s.querySeen.push_back(queries[i].second);
  }
  return s;
}
TrackletRanks rank(const Search& s) {
  return rankTracklets(s.gallery.view(), s.gallerySeen, s.isQuery, s.queries.view(), s.querySeen);
}

// A set as MARS has it: a tracklet or two of each person and camera, the first of them a query, distractors
// (numbers that no query has) and junk; persons lie apart, cameras shift them.
Search drawn(std::uint64_t seed, int dims) {
  Rng rng(seed);
  constexpr int kPersons = 12, kCameras = 4;
  Search s;
  std::vector<std::vector<float>> rows;
  const auto add = [&](const std::vector<double>& centre, double spread, Sighting seen, bool query) {
    std::vector<float> row;
    for (const double c : centre) row.push_back(static_cast<float>(c + spread * rng.normal()));
    rows.push_back(row);
    s.gallerySeen.push_back(seen);
    s.isQuery.push_back(query ? 1 : 0);
    if (query) {
      s.querySeen.push_back(seen);
      s.queries.values.insert(s.queries.values.end(), row.begin(), row.end());
    }
  };
  const auto point = [&] {
    std::vector<double> p(static_cast<std::size_t>(dims));
    for (double& v : p) v = rng.normal();
    return p;
  };
  for (int person = 1; person <= kPersons; ++person) {
    const auto centre = point();
    for (int camera = 1; camera <= kCameras; ++camera) {
      if (rng.chance(0.3)) continue;
      const auto tracklets = 1 + rng.below(3);
      for (std::int64_t t = 0; t < tracklets; ++t) add(centre, 0.9, {person, camera}, t == 0);
    }
  }
  for (int d = 0; d < 15; ++d)
    add(point(), 0.5, {1000 + d, 1 + static_cast<int>(rng.below(kCameras))}, false);
  for (int j = 0; j < 10; ++j) add(point(), 0.5, {-1, 1 + static_cast<int>(rng.below(kCameras))}, false);
  s.gallery = data::Matrix(std::ssize(rows), dims);
  for (std::size_t r = 0; r < rows.size(); ++r)
    std::ranges::copy(rows[r], s.gallery.row(static_cast<std::int64_t>(r)).begin());
  s.queries.cols = dims;
  s.queries.rows = std::ssize(s.querySeen);
  return s;
}

TEST(Tracklets, HandComputed) {
  // The query of person 1, camera 1, at 0. Nearest first: itself and another of its camera (junk), nobody
  // (junk), a distractor, person 1 by camera 2, person 2, person 1 by camera 3.
  const auto s = onLine({{0, {1, 1}},
                         {0.1F, {1, 1}},
                         {0.2F, {-1, 2}},
                         {0.3F, {99, 2}},
                         {0.4F, {1, 2}},
                         {0.5F, {2, 2}},
                         {0.6F, {1, 3}}},
                        {{0, {1, 1}}});
  const auto ranks = rank(s);
  // Left: wrong, right, wrong, right. Trapezoids: (0 + 1/2) / 2 and (1/3 + 2/4) / 2, each half of the recall.
  EXPECT_EQ(ranks.mars[0].first, 2);
  EXPECT_NEAR(ranks.mars[0].averagePrecision, 0.5 * 0.25 + 0.5 * (5.0 / 12), 1e-12);
  EXPECT_EQ(ranks.step[0].first, 2);
  EXPECT_NEAR(ranks.step[0].averagePrecision, (0.5 + 0.5) / 2, 1e-12);
  // The first place counts the precision before it as 1.
  const auto first = rank(onLine({{1, {1, 2}}, {2, {3, 1}}}, {{0, {1, 1}}}));
  EXPECT_DOUBLE_EQ(first.mars[0].averagePrecision, 1);
  EXPECT_EQ(first.mars[0].first, 1);
}

TEST(Tracklets, QueriesOfOtherCamerasAreRightInTheBenchmarkAndOutOfTheOther) {
  auto s = onLine({{1, {1, 2}}, {2, {3, 1}}, {3, {1, 3}}}, {{0, {1, 1}}});
  s.isQuery[0] = 1;
  const auto ranks = rank(s);
  EXPECT_EQ(ranks.mars[0].first, 1);
  EXPECT_NEAR(ranks.mars[0].averagePrecision, 0.5 * 1 + 0.5 * (1.0 / 2 + 2.0 / 3) / 2, 1e-12);
  EXPECT_EQ(ranks.step[0].first, 2);
  EXPECT_DOUBLE_EQ(ranks.step[0].averagePrecision, 0.5);
  s.isQuery[2] = 1;
  const auto none = rank(s);
  EXPECT_EQ(none.step[0].first, 0) << "no other camera saw the person but as a query";
  EXPECT_TRUE(std::isnan(none.step[0].averagePrecision));
  EXPECT_EQ(summarise(none.step, 1).queries, 0);
  EXPECT_TRUE(std::isnan(summarise(none.step, 1).meanPrecision));
}

TEST(Tracklets, BothConventionsAreThoseOfASecondImplementation) {
  constexpr int kRanks = 20;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const Search s = drawn(seed, seed % 2 == 0 ? 5 : 19);
    const auto ranks = rank(s);
    const auto compare = [&](const std::vector<RowRank>& ours, const Told& theirs, const char* what) {
      const auto told = summarise(ours, kRanks);
      EXPECT_NEAR(told.meanPrecision, theirs.meanPrecision, 1e-6) << what << " " << seed;
      EXPECT_LT(told.meanPrecision, 0.99) << "too easy to tell anything";
      for (std::size_t k = 0; k < kRanks; ++k)
        EXPECT_NEAR(told.cmc[k], theirs.cmc[k], 1e-6) << what << " " << seed << " rank " << k + 1;
    };
    compare(ranks.mars, second::benchmarkWalk(s, kRanks), "trapezoids");
    compare(ranks.step, second::listOfHits(s, kRanks), "steps");
  }
}

TEST(Tracklets, EqualDistancesHelpNobody) {
  const auto ranks = rank(onLine({{1, {1, 2}}, {1, {3, 1}}, {1, {4, 1}}}, {{0, {1, 1}}}));
  EXPECT_EQ(ranks.mars[0].first, 3);
}

TEST(Tracklets, TheResultIsThatOfAnyNumberOfThreads) {
  const Search s = drawn(5, 7);
  const auto told = summarise(rank(s).mars, 5);
  setThreadCount(1);
  const auto alone = summarise(rank(s).mars, 5);
  setThreadCount(0);
  EXPECT_EQ(told.meanPrecision, alone.meanPrecision);
  EXPECT_EQ(told.cmc, alone.cmc);
}

TEST(Tracklets, WhatDoesNotFitIsSaid) {
  auto s = onLine({{1, {1, 2}}}, {{0, {1, 1}}});
  const auto message = [&] { return testing::messageOf([&] { rank(s); }); };
  s.querySeen[0].person = -1;
  EXPECT_EQ(message(), "query 0 is of nobody; a known person seen by a known camera was expected");
  s.querySeen[0] = {1, -1};
  EXPECT_EQ(message(), "query 0 is of no camera; a known person seen by a known camera was expected");
  s.querySeen[0] = {1, 1};
  s.queries.values[0] = std::nanf("");
  EXPECT_NE(message().find("query feature 0 is not finite"), std::string::npos);
  s.queries.values[0] = 0;
  s.isQuery.clear();
  EXPECT_NE(message().find("0 marks of queries"), std::string::npos);
  EXPECT_NE(testing::messageOf([&] {
              rankTracklets({}, {}, {}, s.queries.view(), s.querySeen);
            }).find("gallery is empty"),
            std::string::npos);
}

}  // namespace
}  // namespace discern::evaluation
