// The sum over all other centroids that comes from the same pass as the hardest of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/discriminability/tiles.h"
#include "tests/core/discriminability/oracle.h"

namespace discern::discriminability {
namespace {

using oracle::RandomSet;

// u of every sample from the definition, NaN without a score; also how many centroids it saw.
struct Truth {
  std::vector<double> others;
  std::int64_t train = 0, test = 0;
};

Truth truthOf(const ScoreInput& in) {
  Truth truth;
  std::vector<oracle::Vector> centre(static_cast<std::size_t>(in.identities));
  std::vector<bool> present(centre.size());
  for (std::int64_t i = 0; i < in.features.rows; ++i)
    if (in.identity[i] >= 0 && oracle::usable(in.features.row(i)) && oracle::voting(in, i))
      present[in.identity[i]] = true;
  for (int c = 0; c < in.identities; ++c)
    if (present[c]) centre[c] = oracle::centroid(in, c, -1);
  const std::vector<oracle::Row> scored = oracle::score(in, {});
  for (std::int64_t i = 0; i < in.features.rows; ++i) {
    truth.others.push_back(std::nan(""));
    if (!scored[i].scored) continue;
    const oracle::Vector f = oracle::unit(in.features.row(i));
    const bool test = in.part[in.identity[i]] == Part::Test;
    double sum = 0;
    std::int64_t count = 0;
    const auto add = [&](const oracle::Vector& c) {
      sum += std::max(0.0, oracle::dot(f, c));
      ++count;
    };
    for (int c = 0; c < in.identities; ++c) {
      const bool seen =
          in.part[c] == Part::Train || in.part[c] == Part::Pool || (in.part[c] == Part::Test && test);
      if (c != in.identity[i] && seen && present[c]) add(centre[c]);
    }
    for (std::int64_t k = 0; k < in.extraNegatives.rows; ++k)
      if (oracle::usable(in.extraNegatives.row(k))) add(oracle::unit(in.extraNegatives.row(k)));
    truth.others.back() = sum;
    (test ? truth.test : truth.train) = count;
  }
  return truth;
}

TEST(Others, EqualTheDefinition) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    RandomSet set = oracle::randomSet(seed, 61, 9, 20, 1.5, seed % 3 == 0 ? 7 : 0);
    if (seed % 2 == 0)
      for (std::size_t i = 0; i < set.identity.size(); ++i) set.votes.push_back(i % 3 == 0 ? 0 : 1);
    set.features.row(3)[0] = std::nanf("");
    set.identity[5] = -1;
    const Truth truth = truthOf(set.input());
    for (const auto& [rows, cols] :
         {std::pair(7, 5), std::pair(1024, 1024), std::pair(64, 33), std::pair(1, 1)}) {
      ScoreOptions options;
      options.others = true;
      options.tileRows = rows;
      options.tileCols = cols;
      Progress progress;
      const ScoreOutput output = score(set.input(), options, progress);
      EXPECT_EQ(output.othersCount, truth.train);
      EXPECT_EQ(output.othersCountTest, truth.test);
      ASSERT_EQ(output.others.size(), truth.others.size());
      int scored = 0;
      for (std::size_t i = 0; i < truth.others.size(); ++i) {
        if (std::isnan(truth.others[i])) {
          ASSERT_TRUE(std::isnan(output.others[i])) << i;
          continue;
        }
        ++scored;
        ASSERT_NEAR(output.others[i], truth.others[i], 1e-5) << i;
      }
      EXPECT_GT(scored, 50);
    }
  }
}

TEST(Others, LeaveTheScoreAsItWas) {
  const RandomSet set = oracle::randomSet(7, 50, 9, 24, 1.0, 5);
  Progress progress;
  ScoreOptions options;
  const ScoreOutput plain = score(set.input(), options, progress);
  EXPECT_TRUE(plain.others.empty());
  EXPECT_EQ(plain.othersCount, 0);
  options.others = true;
  const ScoreOutput both = score(set.input(), options, progress);
  EXPECT_EQ(both.table.hardestIdentity, plain.table.hardestIdentity);
  for (std::size_t i = 0; i < plain.table.score.size(); ++i) {
    if (std::isnan(plain.table.score[i])) continue;
    EXPECT_EQ(both.table.score[i], plain.table.score[i]) << i;
    EXPECT_EQ(both.table.hardest[i], plain.table.hardest[i]) << i;
  }
}

TEST(Others, DoNotDependOnTheNumberOfThreads) {
  const RandomSet set = oracle::randomSet(8, 90, 9, 24, 1.0);
  ScoreOptions options;
  options.others = true;
  options.tileRows = 32;
  Progress progress;
  setThreadCount(1);
  const ScoreOutput one = score(set.input(), options, progress);
  setThreadCount(4);
  const ScoreOutput four = score(set.input(), options, progress);
  setThreadCount(0);
  for (std::size_t i = 0; i < one.others.size(); ++i)
    EXPECT_TRUE(one.others[i] == four.others[i] || (std::isnan(one.others[i]) && std::isnan(four.others[i])));
}

// n rows and m columns at random, every fifth row without a column of its own.
struct Search {
  data::Matrix rows, columns;

  Search(std::int64_t n, std::int64_t m, int dims) : rows(n, dims), columns(m, dims) {
    Rng rng(9);
    for (data::Matrix* matrix : {&rows, &columns})
      for (std::int64_t r = 0; r < matrix->rows; ++r) {
        for (float& v : matrix->row(r)) v = static_cast<float>(rng.normal());
        data::normalise(matrix->row(r));
      }
  }
  std::int32_t own(std::int64_t r) const {
    return r % 5 == 0 ? -1 : static_cast<std::int32_t>(r * 7 % columns.rows);
  }
  void check(const Nearest& nearest, bool sum) const {
    ASSERT_EQ(nearest.sum.size(), sum ? static_cast<std::size_t>(rows.rows) : 0U);
    for (std::int64_t r = 0; r < rows.rows; ++r) {
      double best = -2, total = 0;
      std::int32_t column = -1;
      for (std::int32_t c = 0; c < columns.rows; ++c) {
        if (c == own(r)) continue;
        const double product = data::dot(rows.row(r), columns.row(c));
        total += std::max(0.0, product);
        if (product > best) {
          best = product;
          column = c;
        }
      }
      ASSERT_EQ(nearest.column[r], column) << r;
      ASSERT_NEAR(nearest.cosine[r], best, 2e-6) << r;
      if (!sum) continue;
      ASSERT_NEAR(nearest.sum[r], total, 2e-5) << r;
    }
  }
  auto loader() const {
    return [this](std::int64_t r, std::span<float> out) { std::ranges::copy(rows.row(r), out.begin()); };
  }
  auto owner() const {
    return [this](std::int64_t r) { return own(r); };
  }
};

TEST(Tiles, MaximumAndSumByPlainLoops) {
  const Search search(130, 77, 24);
  for (const bool sum : {false, true})
    for (const int cols : {1, 16, 30, 77, 500}) {
      Progress progress;
      search.check(nearestOther(130, search.loader(), search.owner(), search.columns.view(),
                                {50, cols, false, sum}, progress),
                   sum);
    }
}

// What runs on a GPU, run on the processor: several tiles in both directions.
TEST(Tiles, TensorsGiveTheSame) {
  const Search search(130, 77, 24);
  for (const bool sum : {false, true})
    for (const int cols : {30, 77, 500}) {
      Progress progress;
      search.check(nearestOnDevice("cpu", 130, search.loader(), search.owner(), search.columns.view(),
                                   {50, cols, false, sum}, progress),
                   sum);
    }
}

TEST(Tiles, TheGpuGivesTheSame) {
  const Search search(130, 77, 24);
  Progress progress;
  Nearest nearest;
  try {
    nearest = nearestOther(130, search.loader(), search.owner(), search.columns.view(), {50, 30, true, true},
                           progress);
  } catch (const Error& error) {
    ASSERT_NE(std::string(error.what()).find("no CUDA device"), std::string::npos) << error.what();
    GTEST_SKIP() << "no CUDA device here";
  }
  search.check(nearest, true);
}

TEST(Tiles, NoOtherColumn) {
  const Search search(4, 1, 8);
  const auto mine = [](std::int64_t) { return 0; };
  Progress progress;
  for (const Nearest& nearest :
       {nearestOther(4, search.loader(), mine, search.columns.view(), {2, 8, false, true}, progress),
        nearestOnDevice("cpu", 4, search.loader(), mine, search.columns.view(), {2, 8, false, true},
                        progress)}) {
    EXPECT_EQ(nearest.sum, std::vector<double>(4, 0.0));
    EXPECT_EQ(nearest.cosine, std::vector<float>(4, -std::numeric_limits<float>::infinity()));
  }
}

}  // namespace
}  // namespace discern::discriminability
