#include "core/analysis/run_times.h"

#include <gtest/gtest.h>

namespace discern::analysis {
namespace {

project::RunRow run(const char* job, const char* started, const char* finished, const char* status = "done") {
  project::RunRow row;
  row.job = job;
  row.started = started;
  row.finished = finished;
  row.status = status;
  return row;
}

TEST(RunTimes, TheNewestFinishedRunOfEachJobCounts) {
  const auto seconds =
      runSeconds({run("score", "2026-01-31T23:59:50Z", "2026-02-01T00:00:10Z"),
                  run("score", "2026-02-02T10:00:00Z", "2026-02-02T10:00:30Z"),
                  run("score", "2026-02-03T10:00:00Z", "2026-02-03T12:00:00Z", "cancelled"),
                  run("extract", "2026-02-28T23:00:00Z", "2026-03-01T01:00:00Z"), run("sweep", "", ""),
                  run("tsne", "2026-13-01T00:00:00Z", "2026-13-01T00:00:01Z")});
  EXPECT_EQ(seconds, (std::map<std::string, double>{{"score", 30}, {"extract", 2 * 3600}}));
}

TEST(RunTimes, WhatNeverRanIsTakenAsTheOthersOnAverage) {
  const std::map<std::string, double> known = {{"score", 10}, {"extract", 30}};
  EXPECT_EQ(secondsOf({"score", "extract", "score"}, known), 50);
  EXPECT_EQ(secondsOf({"score", "sweep"}, known), 30);
  EXPECT_EQ(secondsOf({}, known), 0);
  EXPECT_LT(secondsOf({"score"}, {}), 0);
}

}  // namespace
}  // namespace discern::analysis
