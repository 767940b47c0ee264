#include "datasets/synthetic_tracklets.h"

#include <map>
#include <set>

#include "core/base/parallel.h"
#include "core/data/csv.h"
#include "datasets/mat_file.h"
#include "tests/datasets/fixture.h"
#include "tests/message_of.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

class SyntheticTracklets : public DatasetTest {
 protected:
  static constexpr TrackletOptions kSmall{.trainPersons = 3, .testPersons = 3, .frames = 3, .seed = 5};

  void generate(const char* name, const TrackletOptions& options = kSmall) const {
    Progress progress;
    generateTracklets(options, root_ / name, progress);
  }
  // Every file under a folder and what is in it.
  std::map<std::string, std::string> filesOf(const char* name) const {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(root_ / name))
      if (entry.is_regular_file())
        files[entry.path().lexically_relative(root_ / name).string()] = readFile(entry.path());
    return files;
  }
};

TEST_F(SyntheticTracklets, IsAMarsSetWithEverythingThatMarsHas) {
  generate("street");
  const auto set = import("street");
  EXPECT_EQ(set.format, "mars");
  EXPECT_EQ(set.problems.size(), 1U) << listProblems(set);
  EXPECT_TRUE(hasProblem(set, "street", "4 junk tracklets of 12 frames"));
  std::set<std::string> persons;
  std::size_t distractors = 0;
  for (const auto& name : set.identities)
    name.starts_with("distractor ") ? void(++distractors) : void(persons.insert(name));
  EXPECT_EQ(persons, (std::set<std::string>{"0001", "0002", "0003", "0004", "0005", "0006"}));
  EXPECT_EQ(distractors, 15U);
  const auto columns = MatFile(root_ / "street/info/tracks_test_info.mat").columns("track_test_info", 4);
  EXPECT_EQ(columns[0].front(), 1);
  for (std::size_t i = 1; i < columns[0].size(); ++i) EXPECT_EQ(columns[0][i], columns[1][i - 1] + 1);
  // A query for each tested person and camera that saw them; each of two cameras at least.
  std::map<std::int64_t, std::set<std::int64_t>> seen;
  std::set<std::pair<std::int64_t, std::int64_t>> queried;
  for (std::size_t i = 0; i < columns[2].size(); ++i)
    if (columns[2][i] > 0) seen[columns[2][i]].insert(columns[3][i]);
  for (const auto row : MatFile(root_ / "street/info/query_IDX.mat").wholes("query_IDX"))
    EXPECT_TRUE(queried
                    .insert({columns[2][static_cast<std::size_t>(row - 1)],
                             columns[3][static_cast<std::size_t>(row - 1)]})
                    .second);
  std::size_t pairs = 0;
  for (const auto& [person, cameras] : seen) {
    EXPECT_GE(cameras.size(), 2U) << person;
    pairs += cameras.size();
  }
  EXPECT_EQ(queried.size(), pairs);
}

TEST_F(SyntheticTracklets, TheSameOptionsGiveTheSameBytes) {
  generate("a");
  setThreadCount(1);
  generate("b");
  setThreadCount(0);
  EXPECT_EQ(filesOf("a"), filesOf("b"));
  EXPECT_TRUE(isMadeWith(root_ / "a", kSmall));
  auto other = kSmall;
  other.seed = 6;
  EXPECT_FALSE(isMadeWith(root_ / "a", other));
  generate("c", other);
  EXPECT_NE(filesOf("a"), filesOf("c"));
}

TEST_F(SyntheticTracklets, BadFramesAreAboutAsManyAsAskedForAndTold) {
  auto options = kSmall;
  options.testPersons = 0;
  options.trainPersons = 24;
  options.frames = 6;
  options.badShare = 0.3;
  generate("street", options);
  data::CsvReader csv(root_ / "street/walks.csv");
  data::CsvRow row;
  std::size_t all = 0, bad = 0;
  std::set<std::string> kinds;
  csv.next(row);
  while (csv.next(row)) {
    ++all;
    bad += row.fields[3].empty() ? 0 : 1;
    kinds.insert(row.fields[3]);
  }
  EXPECT_EQ(all, import("street").samples.size());
  EXPECT_NEAR(static_cast<double>(bad) / static_cast<double>(all), 0.3, 0.1);
  EXPECT_EQ(kinds, (std::set<std::string>{"", "occluded", "crowd", "cut off", "dark", "blurred"}));
}

TEST_F(SyntheticTracklets, WhatCannotBeMadeIsSaidAndLeavesNothing) {
  const auto message = [&](TrackletOptions options) {
    return testing::messageOf([&] { generate("x", options); });
  };
  auto options = kSmall;
  options.cameras = 1;
  EXPECT_EQ(message(options), "cameras is 1, expected 2 to 6.");
  options = kSmall;
  options.trainPersons = options.testPersons = 0;
  EXPECT_EQ(message(options), "persons is 0, expected 2 to 9999.");
  EXPECT_FALSE(fs::exists(root_ / "x"));
  generate("x");
  EXPECT_TRUE(contains(message(kSmall), "exists already"));
}

}  // namespace
}  // namespace discern::datasets
