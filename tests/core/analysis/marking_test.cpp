// Decisions as a person asks for them, and what a comparison makes of them.
#include "core/analysis/marking.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/analysis/protocol_today.h"
#include "core/analysis/roster.h"
#include "core/base/error.h"
#include "tests/message_of.h"

namespace discern::analysis {
namespace {
namespace fs = std::filesystem;
using project::LeftOut;
using project::Verdict;
using testing::messageOf;

class MarkingTest : public ::testing::Test {
 protected:
  MarkingTest() {
    fs::remove_all(root_);
    project_ = std::make_unique<project::Project>(project::Project::create(root_ / "p.discern"));
    data::Dataset set;
    set.name = "faces";
    set.identities = {"ann", "bob"};
    for (int i = 0; i < 8; ++i) {
      data::Sample sample;
      sample.image.file = (root_ / "faces" / set.identities[static_cast<std::size_t>(i / 4)] /
                           (std::to_string(i % 4) + ".jpg"))
                              .string();
      sample.identity = i / 4;
      set.samples.push_back(sample);
    }
    project_->addDataset(set, project::Role::Test);
  }
  ~MarkingTest() override { fs::remove_all(root_); }

  // As Discern draws it, or as it was imported under names of its own.
  data::Protocol today(bool drawn) {
    data::Protocol protocol;
    protocol.name = "p";
    protocol.templates = {{drawn ? "ann/0" : "A", 0, {0, 1}},
                          {drawn ? "ann/1" : "B", 0, {2}},
                          {drawn ? "bob/2" : "C", 1, {4, 5}},
                          {drawn ? "bob/3" : "D", 1, {6, 7}}};
    protocol.pairs = {{0, 1, true, -1}, {2, 3, true, -1}, {0, 2, false, -1}, {1, 3, false, -1}};
    const auto roster = readRoster(*project_);
    counts_ = {};
    return protocolToday(protocol, roster.identities, roster, counts_);
  }
  void mark(std::vector<int> samples, const MarkEdit& edit) {
    project::decide(*project_, markChange(*project_, samples, edit));
  }
  std::string write(const std::string& text) {
    std::ofstream(root_ / "list.csv") << text;
    return root_ / "list.csv";
  }

  const fs::path root_ = fs::temp_directory_path() / ("discern_marking_test_" + std::to_string(::getpid()));
  std::unique_ptr<project::Project> project_;
  PairCounts counts_;
};

TEST_F(MarkingTest, WhatIsLeftOutLeavesItsTemplatesAndTheOthersStay) {
  for (const auto out : {LeftOut::Templates, LeftOut::Everything}) {
    mark({1}, {.leftOut = out});
    for (const bool drawn : {true, false}) {
      const auto protocol = today(drawn);
      ASSERT_EQ(protocol.templates.size(), 4U) << drawn;
      EXPECT_EQ(protocol.templates[0].samples, (std::vector<int>{0}));
      EXPECT_EQ(protocol.pairs.size(), 4U);
      EXPECT_EQ(counts_.leftOutImages, 1);
    }
  }
  const auto roster = readRoster(*project_);
  EXPECT_EQ(roster.identity[1], -1);
  EXPECT_EQ(roster.identity[0], 0);
  mark({1}, {.leftOut = LeftOut::Templates});
  EXPECT_EQ(readRoster(*project_).identity[1], 0) << "it counts for everything else";
}

TEST_F(MarkingTest, AnImageOfSomebodyElseLeavesItsTemplateAndATemplateOfItFollows) {
  mark({1, 2}, {.moveTo = 1});
  EXPECT_EQ(readRoster(*project_).identity[1], 1);
  const auto drawn = today(true);
  ASSERT_EQ(drawn.templates.size(), 4U);
  EXPECT_EQ(drawn.templates[0].samples, (std::vector<int>{0}));
  EXPECT_EQ(drawn.templates[1].samples, (std::vector<int>{2})) << "all of it moved";
  EXPECT_EQ(drawn.templates[1].identity, 1);
  EXPECT_FALSE(drawn.pairs[0].genuine) << "ann/0 with what is bob's now";
  EXPECT_TRUE(drawn.pairs[3].genuine);
  EXPECT_EQ(counts_.movedImages, 1);
  EXPECT_EQ(counts_.relabelled, 2);
  const auto imported = today(false);
  EXPECT_TRUE(imported.templates[1].samples.empty()) << "its truth is of whom the protocol says";
  EXPECT_EQ(counts_.movedImages, 2);
  mark({1, 2}, {.moveTo = -1});
  EXPECT_EQ(today(true).templates[0].samples, (std::vector<int>{0, 1}));
}

TEST_F(MarkingTest, WhatItSaysIsWhatWasDone) {
  EXPECT_EQ(markChange(*project_, {1, 2}, {.leftOut = LeftOut::Templates}).what,
            "leave out of templates: 2 images");
  EXPECT_EQ(markChange(*project_, {1}, {.moveTo = 1, .verdict = Verdict::Wrong}).what,
            "move to bob, mark wrong: 1 image");
  EXPECT_EQ(markChange(*project_, {1}, {.tags = {"a", "b"}, .untags = {"c"}}).what,
            "tag a, b, untag c: 1 image");
}

TEST_F(MarkingTest, ATableOfMarksComesBackInAnotherProject) {
  mark({1, 5}, {.leftOut = LeftOut::Everything, .tags = {"blurry", "dark"}});
  mark({2}, {.moveTo = 1, .verdict = Verdict::Wrong, .note = std::string("it is \"bob\", I think")});
  mark({3}, {.verdict = Verdict::Right});
  project::undo(*project_);
  const std::string table = marksCsv(*project_);
  EXPECT_EQ(std::ranges::count(table, '\n'), 4);
  const auto before = project::marks(*project_);
  project::undo(*project_);
  project::undo(*project_);
  ASSERT_TRUE(project::marks(*project_).empty());
  const auto read = readMarks(*project_, write(table));
  EXPECT_TRUE(read.unknown.empty());
  ASSERT_TRUE(project::decide(*project_, read.change));
  EXPECT_EQ(project::marks(*project_), before);
  // A table of somewhere else, by the ends of its paths.
  const auto elsewhere = readMarks(
      *project_, write("path,verdict\n/home/me/faces/ann/3.jpg,unsure\n/home/me/faces/eve/3.jpg,right\n"));
  ASSERT_EQ(elsewhere.change.marks.size(), 1U);
  EXPECT_EQ(elsewhere.change.marks[0].first, 3);
  EXPECT_EQ(elsewhere.unknown, (std::vector<std::string>{"/home/me/faces/eve/3.jpg"}));
}

TEST_F(MarkingTest, AWrongTableIsToldByLineAndField) {
  const auto says = [&](const std::string& text) {
    return messageOf([&] { readMarks(*project_, write(text)); });
  };
  EXPECT_NE(says("who,verdict\na,b\n").find("has neither a column path nor sample"), std::string::npos);
  EXPECT_NE(says("sample,score\n1,2\n").find("has none of the columns left_out"), std::string::npos);
  EXPECT_NE(says("sample,verdict\n1,right\n2,maybe\n")
                .find("line 3: verdict is 'maybe'; one of none, right, wrong, unsure was expected"),
            std::string::npos);
  EXPECT_NE(says("sample,verdict\nx,right\n").find("line 2: 'x' is not the number of an image"),
            std::string::npos);
  EXPECT_NE(says("sample,moved_to\n1,eve\n").find("eve: no identity of that name"), std::string::npos);
  EXPECT_NE(says("sample,verdict\n1\n").find("line 2: has 1 fields, 2 were expected"), std::string::npos);
}

TEST_F(MarkingTest, ImagesAreNamedByNumbersAndLists) {
  EXPECT_EQ(samplesOf(*project_, "3, 5-7,6"), (std::vector<int>{3, 5, 6, 7}));
  EXPECT_EQ(messageOf([&] { samplesOf(*project_, "3-9"); }),
            "samples: there is no image number 9 in this project; the last is 7");
  EXPECT_EQ(messageOf([&] { samplesOf(*project_, "5-3"); }), "samples: '5-3' ends before it begins");
  EXPECT_EQ(listedSamples(*project_, write("ann/1.jpg\nbob/0.jpg\n")), (std::vector<int>{1, 4}));
  EXPECT_EQ(listedSamples(*project_, write("sample,why\n2,a\n6,b\n")), (std::vector<int>{2, 6}));
  EXPECT_NE(messageOf([&] {
              listedSamples(*project_, write("ann/1.jpg\nann/9.jpg\n"));
            }).find("ann/9.jpg is no image"),
            std::string::npos);
}

}  // namespace
}  // namespace discern::analysis
