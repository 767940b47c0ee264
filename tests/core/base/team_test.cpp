#include "core/base/team.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace discern {
namespace {

TEST(TeamTest, everyTaskOnceInEveryRound) {
  for (const int threads : {1, 2, 7}) {
    Team team(threads);
    EXPECT_EQ(team.threads(), threads);
    std::vector<std::atomic<int>> calls(37);
    for (int round = 0; round < 500; ++round) team.run(round % 38, [&](std::int64_t task) { ++calls[task]; });
    for (int task = 0; task < 37; ++task) {
      int expected = 0;
      for (int round = 0; round < 500; ++round) expected += round % 38 > task;
      EXPECT_EQ(calls[task], expected) << threads << " " << task;
    }
  }
}

TEST(TeamTest, whatARoundWroteTheNextOneReads) {
  Team team(4);
  std::vector<int> values(64, 0), next(64, 0);
  for (int round = 0; round < 300; ++round) {
    team.run(64, [&](std::int64_t i) { next[i] = values[(i + 1) % 64] + 1; });
    values.swap(next);
  }
  for (const int value : values) EXPECT_EQ(value, 300);
}

TEST(TeamTest, blocksCover) {
  Team team(3);
  std::vector<int> seen(100, 0);
  team.blocks(100, 7, [&](std::int64_t begin, std::int64_t end) {
    EXPECT_EQ(begin % 7, 0);
    EXPECT_LE(end - begin, 7);
    for (std::int64_t i = begin; i < end; ++i) ++seen[i];
  });
  for (const int count : seen) EXPECT_EQ(count, 1);
}

TEST(TeamTest, anExceptionComesOutAndTheTeamGoesOn) {
  Team team(3);
  EXPECT_THROW(team.run(50,
                        [](std::int64_t task) {
                          if (task == 17) throw std::runtime_error("17");
                        }),
               std::runtime_error);
  std::atomic<int> calls{0};
  team.run(50, [&](std::int64_t) { ++calls; });
  EXPECT_EQ(calls, 50);
}

}  // namespace
}  // namespace discern
