// The whole score against the definition, on random sets.
#include "core/discriminability/dscore.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "tests/core/discriminability/oracle.h"

namespace discern::discriminability {
namespace {

using data::ScoreStatus;
using oracle::randomSet;
using oracle::RandomSet;

void expectEqual(const ScoreInput& input, const ScoreOptions& options) {
  Progress progress;
  const ScoreOutput output = score(input, options, progress);
  const std::vector<oracle::Row> truth = oracle::score(input, options);
  ASSERT_EQ(output.table.size(), static_cast<std::int64_t>(truth.size()));
  int scored = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    ASSERT_EQ(output.table.status[i] == ScoreStatus::Scored, truth[i].scored) << i;
    if (!truth[i].scored) continue;
    ++scored;
    const double own = 2e-6 * truth[i].dominance;
    ASSERT_NEAR(output.table.own[i], truth[i].own, own) << i;
    ASSERT_NEAR(output.table.hardest[i], truth[i].hardest, 2e-6) << i;
    ASSERT_NEAR(output.table.ratio[i], truth[i].ratio,
                1e-5 * truth[i].dominance * std::max(1.0, std::abs(truth[i].ratio)))
        << i;
    ASSERT_NEAR(output.table.score[i], truth[i].score, 1e-5) << i;
    ASSERT_EQ(output.table.hardestIdentity[i], truth[i].hardestIdentity) << i;
  }
  EXPECT_GT(scored, 20);
}

struct Case {
  const char* name;
  Metric metric;
  bool leaveOneOut;
  int extra;
  double noise;
  data::Lengths lengths = data::Lengths::Unit;
};

class AgainstDefinition : public testing::TestWithParam<Case> {};

TEST_P(AgainstDefinition, RandomSets) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    RandomSet set = randomSet(seed, 37, 9, 20, GetParam().noise, GetParam().extra);
    if (seed % 2 == 0)
      for (std::size_t i = 0; i < set.identity.size(); ++i) set.votes.push_back(i % 3 == 0 ? 0 : 1);
    ScoreOptions options;
    options.metric = GetParam().metric;
    options.leaveOneOut = GetParam().leaveOneOut;
    options.lengths = GetParam().lengths;
    // Tiles that divide neither the rows nor the columns, one larger than both, and the smallest.
    for (const auto& [rows, cols] :
         {std::pair(7, 5), std::pair(1024, 1024), std::pair(1, 1), std::pair(64, 33)}) {
      options.tileRows = rows;
      options.tileCols = cols;
      expectEqual(set.input(), options);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(DScore, AgainstDefinition,
                         testing::Values(Case{"cosine", Metric::Cosine, false, 0, 0.7},
                                         Case{"cosine_noisy", Metric::Cosine, false, 0, 3.0},
                                         Case{"leave_one_out", Metric::Cosine, true, 0, 0.7},
                                         Case{"leave_one_out_noisy", Metric::Cosine, true, 3, 4.0},
                                         Case{"raw", Metric::Cosine, false, 0, 0.7, data::Lengths::Raw},
                                         Case{"raw_leave_one_out", Metric::Cosine, true, 3, 2.0,
                                              data::Lengths::Raw},
                                         Case{"extra", Metric::Cosine, false, 11, 0.7},
                                         Case{"euclidean", Metric::Euclidean, false, 0, 0.7},
                                         Case{"euclidean_all", Metric::Euclidean, true, 11, 1.5}),
                         [](const auto& info) { return info.param.name; });

TEST(DScore, WideRowsFindTheirHardestNegativeInEveryPlaceOfATile) {
  // 700 identities on 3 columns tiles of 256 + 256 + 188: every position is somebody's hardest negative.
  const RandomSet set = randomSet(99, 700, 4, 16, 0.5);
  ScoreOptions options;
  options.tileRows = 100;
  options.tileCols = 256;
  expectEqual(set.input(), options);
}

TEST(DScore, DoesNotDependOnTheNumberOfThreads) {
  RandomSet set = randomSet(5, 150, 12, 32, 1.0, 7);
  for (std::size_t i = 0; i < set.identity.size(); ++i)  // 100 .. 109 are second names of 0 .. 9
    if (set.identity[i] >= 100 && set.identity[i] < 110)
      std::ranges::copy(
          set.features.row(std::ranges::find(set.identity, set.identity[i] - 100) - set.identity.begin()),
          set.features.row(static_cast<std::int64_t>(i)).begin());
  ScoreOptions options;
  options.tileRows = 64;
  options.tileCols = 48;
  Progress progress;
  setThreadCount(1);
  const ScoreOutput one = score(set.input(), options, progress);
  setThreadCount(5);
  const ScoreOutput five = score(set.input(), options, progress);
  setThreadCount(0);
  EXPECT_EQ(std::memcmp(one.table.score.data(), five.table.score.data(), one.table.score.size() * 4), 0);
  EXPECT_EQ(std::memcmp(one.table.ratio.data(), five.table.ratio.data(), one.table.ratio.size() * 4), 0);
  EXPECT_EQ(one.table.hardestIdentity, five.table.hardestIdentity);
  ASSERT_EQ(one.probablySame.size(), five.probablySame.size());
  EXPECT_GT(one.probablySame.size(), 3U);
  for (std::size_t k = 0; k < one.probablySame.size(); ++k) {
    EXPECT_EQ(one.probablySame[k].a, five.probablySame[k].a);
    EXPECT_EQ(one.probablySame[k].b, five.probablySame[k].b);
  }
}

TEST(DScore, TrainScoresDoNotDependOnTestIdentities) {
  RandomSet set = randomSet(8, 40, 8, 16, 1.0);
  Progress progress;
  const ScoreOutput before = score(set.input(), {}, progress);
  for (std::int64_t i = 0; i < set.features.rows; ++i)
    if (set.part[set.identity[i]] == Part::Test)
      for (float& v : set.features.row(i)) v = -v + 0.3F;
  const ScoreOutput after = score(set.input(), {}, progress);
  int train = 0, changed = 0;
  for (std::size_t i = 0; i < set.identity.size(); ++i) {
    const Part part = set.part[set.identity[i]];
    if (before.table.status[i] != ScoreStatus::Scored) continue;
    if (part == Part::Train) {
      ++train;
      EXPECT_EQ(before.table.score[i], after.table.score[i]);
    } else {
      changed += before.table.ratio[i] != after.table.ratio[i] ? 1 : 0;
    }
  }
  EXPECT_GT(train, 20);
  EXPECT_GT(changed, 5);
}

TEST(DScore, APlantedMislabelledImageHasTheLowestScore) {
  RandomSet set = randomSet(21, 20, 1, 24, 0);
  // Four identities of eight; sample 3 of identity 0 carries the face of identity 2.
  set.identity.clear();
  set.part.assign(4, Part::Train);
  data::Matrix features(32, 24);
  Rng rng(3);
  for (int i = 0; i < 32; ++i) {
    set.identity.push_back(i / 8);
    const int face = i == 3 ? 2 : i / 8;
    for (int k = 0; k < 24; ++k)
      features.row(i)[k] = set.features.row(face)[k] + 0.1F * static_cast<float>(rng.normal());
  }
  set.features = features;
  Progress progress;
  const ScoreOutput output = score(set.input(), {}, progress);
  EXPECT_EQ(std::ranges::min_element(output.table.score) - output.table.score.begin(), 3);
  EXPECT_EQ(output.table.hardestIdentity[3], 2);
  EXPECT_GT(output.ownMean, output.hardestMean + 0.3);
}

TEST(DScore, ACancelledJobThrows) {
  const RandomSet set = randomSet(1, 60, 8, 16, 1.0);
  std::stop_source stop;
  ScoreOptions options;
  options.tileRows = 8;
  Progress progress(
      [&](const ProgressEvent& event) {
        if (event.stage == "Scoring") stop.request_stop();
      },
      stop.get_token());
  EXPECT_THROW(score(set.input(), options, progress), Cancelled);
}

}  // namespace
}  // namespace discern::discriminability
