// Decisions: what stands, what undo brings back, what other parts of a project are told.
#include "core/project/decisions.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <set>

#include "core/base/error.h"
#include "core/project/contents.h"
#include "core/project/impl.h"
#include "core/project/pairs.h"
#include "core/project/upkeep.h"
#include "tests/message_of.h"

namespace discern::project {
namespace {
namespace fs = std::filesystem;
using testing::messageOf;

class DecisionsTest : public ::testing::Test {
 protected:
  DecisionsTest() {
    fs::remove_all(root_);
    project_ = std::make_unique<Project>(Project::create(root_ / "p.discern"));
    data::Dataset set;
    set.name = "faces";
    set.identities = {"ann", "bob", "cat"};
    for (int i = 0; i < 6; ++i) {
      data::Sample sample;
      sample.image.file = (root_ / (std::to_string(i) + ".jpg")).string();
      sample.identity = i / 2;
      set.samples.push_back(sample);
    }
    project_->addDataset(set, Role::Train);
    SampleRow copy;  // sample 6, of sample 1
    copy.identity = 0;
    copy.image.file = (root_ / "1.jpg").string();
    copy.image.degradation = {data::DegradationKind::GaussianBlur, 0.5F, 1};
    copy.parent = 1;
    project_->addCopies({copy});
  }
  ~DecisionsTest() override { fs::remove_all(root_); }

  std::optional<Decision> leaveOut(std::vector<int> samples, LeftOut what) {
    Change change{"leave out", {}, {}};
    for (const int sample : samples) {
      Mark mark = markOf(sample);
      mark.leftOut = what;
      change.marks.emplace_back(sample, mark);
    }
    return decide(*project_, change);
  }
  Mark markOf(int sample) const {
    for (const auto& [id, mark] : marks(*project_))
      if (id == sample) return mark;
    return {};
  }
  std::string states() const {
    std::string text;
    for (const auto& one : history(*project_)) text += one.replaced ? 'r' : one.undone ? 'u' : 's';
    return text;
  }

  const fs::path root_ = fs::temp_directory_path() / ("discern_decisions_test_" + std::to_string(::getpid()));
  std::unique_ptr<Project> project_;
};

TEST_F(DecisionsTest, AnImageIsLeftOutWithItsCopiesAndUndoneAndRedone) {
  const auto made = leaveOut({1, 3}, LeftOut::Everything);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->images, 2);
  EXPECT_EQ(made->time.size(), std::string("2026-01-01T00:00:00Z").size());
  auto rows = project_->samples();
  EXPECT_EQ(rows[1].leftOut, LeftOut::Everything);
  EXPECT_EQ(rows[6].leftOut, LeftOut::Everything) << "a copy follows its original";
  EXPECT_EQ(rows[0].leftOut, LeftOut::Nothing);
  EXPECT_FALSE(leaveOut({1, 3}, LeftOut::Everything)) << "nothing changes";
  EXPECT_EQ(history(*project_).size(), 1U);

  const auto back = undo(*project_);
  ASSERT_TRUE(back && back->undone);
  EXPECT_TRUE(marks(*project_).empty());
  EXPECT_EQ(project_->samples()[6].leftOut, LeftOut::Nothing);
  EXPECT_FALSE(undo(*project_)) << "there is nothing else";
  ASSERT_TRUE(redo(*project_));
  EXPECT_EQ(marks(*project_).size(), 2U);
  EXPECT_FALSE(redo(*project_));
}

TEST_F(DecisionsTest, ACopyCanBeDecidedOnAlone) {
  leaveOut({6}, LeftOut::Templates);
  const auto rows = project_->samples();
  EXPECT_EQ(rows[6].leftOut, LeftOut::Templates);
  EXPECT_EQ(rows[1].leftOut, LeftOut::Nothing);
}

TEST_F(DecisionsTest, ANewDecisionTakesThePlaceOfWhatWasUndone) {
  leaveOut({0}, LeftOut::Templates);
  leaveOut({2}, LeftOut::Templates);
  undo(*project_);
  EXPECT_EQ(states(), "su");
  leaveOut({4}, LeftOut::Templates);
  EXPECT_EQ(states(), "srs");
  EXPECT_FALSE(redo(*project_));
  undo(*project_);
  undo(*project_);
  EXPECT_EQ(states(), "uru");
  EXPECT_TRUE(marks(*project_).empty());
  redo(*project_);
  EXPECT_EQ(markOf(0).leftOut, LeftOut::Templates) << "the oldest first";
  EXPECT_EQ(markOf(4).leftOut, LeftOut::Nothing);
}

// Whatever is decided, taking all of it back brings the project to where it was, and making it again to where
// it had come.
TEST_F(DecisionsTest, AllOfItCanBeTakenBackAndMadeAgain) {
  const auto told = [&] {
    std::string text;
    for (const auto& row : project_->identities())
      text += std::to_string(static_cast<int>(row.role)) + (row.excluded ? "x" : "-") +
              std::to_string(row.mergedInto) + " ";
    for (const auto& row : project_->samples())
      text += std::to_string(static_cast<int>(row.leftOut)) + "/" + std::to_string(row.movedTo) + " ";
    for (const auto& [sample, mark] : marks(*project_))
      text += std::to_string(sample) + nameOf(mark.verdict) + mark.note + std::to_string(mark.tags.size());
    return text;
  };
  std::vector<std::string> at{told()};
  const auto step = [&](const std::function<void()>& work) {
    work();
    at.push_back(told());
    EXPECT_NE(at.back(), at[at.size() - 2]) << at.size();
  };
  step([&] { leaveOut({0, 3}, LeftOut::Templates); });
  step([&] { mergeIdentities(*project_, 0, 1); });
  step([&] { setExcluded(*project_, {2}, true); });
  step([&] { leaveOut({3}, LeftOut::Everything); });
  step([&] { setRole(*project_, {1, 2}, Role::Test); });
  step([&] {
    decide(*project_, {"move",
                       {{4, Mark{.leftOut = LeftOut::Nothing,
                                 .movedTo = 1,
                                 .verdict = Verdict::Wrong,
                                 .tags = {"b", "a", "b"},
                                 .note = "it is bob"}}},
                       {}});
  });
  step([&] { mergeIdentities(*project_, 0, -1); });
  EXPECT_EQ(markOf(4).tags, (std::vector<std::string>{"a", "b"})) << "in order, each once";
  for (std::size_t i = at.size() - 1; i > 0; --i) {
    ASSERT_TRUE(undo(*project_));
    EXPECT_EQ(told(), at[i - 1]) << i;
  }
  EXPECT_FALSE(undo(*project_));
  for (std::size_t i = 1; i < at.size(); ++i) {
    ASSERT_TRUE(redo(*project_));
    EXPECT_EQ(told(), at[i]) << i;
  }
}

TEST_F(DecisionsTest, MovedToWhereItIsItIsNotMoved) {
  EXPECT_FALSE(decide(*project_, {"move", {{3, Mark{.movedTo = 1}}}, {}}));
  ASSERT_TRUE(decide(*project_, {"move", {{3, Mark{.movedTo = 0}}}, {}}));
  ASSERT_TRUE(decide(*project_, {"move", {{3, Mark{.movedTo = 1}}}, {}}));
  EXPECT_TRUE(marks(*project_).empty());
}

TEST_F(DecisionsTest, ANoteThatIsTypedIsOneDecision) {
  const auto note = [&](const char* text, bool continues) {
    Mark mark;
    mark.note = text;
    decide(*project_, {"note: 1 image", {{2, mark}}, {}, continues});
  };
  note("gl", true);
  note("glasses", true);
  EXPECT_EQ(history(*project_).size(), 1U);
  undo(*project_);
  EXPECT_EQ(markOf(2).note, "") << "back to before all of it";
  redo(*project_);
  EXPECT_EQ(markOf(2).note, "glasses");
  note("mask", false);
  EXPECT_EQ(history(*project_).size(), 2U);
}

TEST_F(DecisionsTest, WhatCannotBeIsOneSentenceAndChangesNothing) {
  const auto move = [&](int sample, int to) {
    Mark mark;
    mark.movedTo = to;
    decide(*project_, {"move", {{0, Mark{.note = "x"}}, {sample, mark}}, {}});
  };
  EXPECT_EQ(messageOf([&] { move(99, 1); }), "there is no image number 99 in this project");
  EXPECT_EQ(messageOf([&] { move(1, 7); }), "there is no identity number 7 in this project");
  setExcluded(*project_, {2}, true);
  EXPECT_EQ(messageOf([&] { move(1, 2); }), "cat: is excluded; move images to an identity that counts");
  EXPECT_EQ(messageOf([&] { mergeIdentities(*project_, 1, 1); }), "an identity cannot be merged into itself");
  EXPECT_EQ(messageOf([&] {
              setRole(*project_, {0, 8}, Role::Pool);
            }),
            "there is no identity number 8 in this project");
  EXPECT_EQ(history(*project_).size(), 1U);
  EXPECT_TRUE(marks(*project_).empty());
  EXPECT_EQ(project_->identities()[0].role, Role::Train);
}

// Scores, selections and runs are old when other people or images count than did when they were made, and not
// old any more when that is taken back.
TEST_F(DecisionsTest, WhatKnewOtherDecisionsIsOldUntilTheyAreTakenBack) {
  const auto put = [&](const char* name) {
    data::ScoreTable table;
    table.name = name;
    table.method = "dscore";
    table.resize(7);
    table.decisions = decisionsToday(*project_);
    project_->putScores(table);
  };
  const auto stale = [&] {
    std::string names;
    for (const auto& part : staleParts(*project_)) names += part.kind + " " + part.name + ";";
    return names;
  };
  EXPECT_EQ(decisionsToday(*project_), "");
  put("before");
  const int first = project_->startRun("evaluate", R"({"protocol":"another"})");
  project_->finishRun(first, "done", "{}");
  const int run = project_->startRun("evaluate", "{}");
  project_->finishRun(run, "done", "{}");
  const int import = project_->startRun("import", "{}");
  project_->finishRun(import, "done", "{}");
  EXPECT_EQ(stale(), "");
  decide(*project_, {"verdict", {{0, Mark{.verdict = Verdict::Right, .note = "fine"}}}, {}});
  EXPECT_EQ(stale(), "") << "an opinion changes no number";
  EXPECT_EQ(olderRuns(*project_), std::vector<int>{});
  leaveOut({1}, LeftOut::Templates);
  const std::string old = "run " + std::to_string(run) + ";scores before;";
  EXPECT_EQ(stale(), old);
  EXPECT_EQ(olderRuns(*project_), (std::vector{first, run})) << "which a report shows as well";
  put("after");
  EXPECT_EQ(stale(), old);
  undo(*project_);
  EXPECT_EQ(stale(), "scores after;");
  EXPECT_EQ(olderRuns(*project_), std::vector<int>{});
  redo(*project_);
  setRole(*project_, {0}, Role::Test);
  EXPECT_EQ(stale(), "run " + std::to_string(run) + ";scores after;scores before;");
  setRole(*project_, {0}, Role::Train);
  EXPECT_EQ(stale(), old) << "two decisions that come to nothing";
  data::ScoreTable unknown;
  unknown.name = "before";
  unknown.method = "dscore";
  unknown.resize(7);
  project_->putScores(unknown);
  EXPECT_EQ(stale(), "run " + std::to_string(run) + ";") << "of scores that do not say it is not known";
}

TEST_F(DecisionsTest, WhatWasDecidedAboutImagesOfARemovedSetIsForgotten) {
  data::Dataset other;
  other.name = "others";
  other.identities = {"dan"};
  data::Sample one;
  one.image.file = (root_ / "dan.jpg").string();
  one.identity = 0;
  other.samples = {one};
  project_->addDataset(other, Role::Train);  // sample 7, identity 3
  ASSERT_TRUE(decide(*project_, {"move", {{7, Mark{.movedTo = 0}}}, {}}));
  EXPECT_EQ(project_->samples()[7].movedTo, 0);
  removeEntry(*project_, Entry::Set, "others");
  EXPECT_EQ(project_->samples()[7].movedTo, -1);
  undo(*project_);
  redo(*project_);
  EXPECT_EQ(project_->samples()[7].movedTo, -1);
}

TEST_F(DecisionsTest, TheyAreWrittenWhileAJobHoldsTheLock) {
  auto reader = openForDecisions(root_ / "p.discern");  // project_ is the writer
  ASSERT_TRUE(decide(reader, {"leave out", {{0, Mark{.leftOut = LeftOut::Templates}}}, {}}));
  EXPECT_EQ(markOf(0).leftOut, LeftOut::Templates);
}

TEST_F(DecisionsTest, PairsAreToldByTheDecisionsThatStand) {
  EXPECT_TRUE(pairVerdicts(*project_).empty());
  const auto made = decidePair(*project_, 2, 0, PairVerdict::Different);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->what, "different: cat and ann");
  decidePair(*project_, 0, 1, PairVerdict::Unsure);
  EXPECT_FALSE(decidePair(*project_, 0, 2, PairVerdict::Different)) << "it says so already";
  const PairVerdicts both = {{{0, 2}, PairVerdict::Different}, {{0, 1}, PairVerdict::Unsure}};
  EXPECT_EQ(pairVerdicts(*project_), both);
  EXPECT_EQ(decisionsToday(*project_), "") << "no number depends on it";
  setExcluded(*project_, {0}, true);
  EXPECT_EQ(pairVerdicts(*project_), both) << "who the identity is is another matter";
  decidePair(*project_, 0, 2, PairVerdict::Unsure);
  EXPECT_EQ(pairVerdicts(*project_).at({0, 2}), PairVerdict::Unsure);
  undo(*project_);
  EXPECT_EQ(pairVerdicts(*project_), both);
  EXPECT_TRUE(project_->identities()[0].excluded);
  undo(*project_);
  undo(*project_);
  EXPECT_EQ(pairVerdicts(*project_).size(), 1U);
  redo(*project_);
  EXPECT_EQ(pairVerdicts(*project_), both);
  decidePair(*project_, 2, 0, PairVerdict::None);
  EXPECT_EQ(pairVerdicts(*project_).size(), 1U);
  EXPECT_NE(messageOf([&] { decidePair(*project_, 0, 9, PairVerdict::Unsure); }).find("number 9"),
            std::string::npos);
  EXPECT_NE(messageOf([&] { decidePair(*project_, 1, 1, PairVerdict::Unsure); }).find("no pair with itself"),
            std::string::npos);
}

TEST_F(DecisionsTest, AProjectFromElsewhereIsChecked) {
  leaveOut({0}, LeftOut::Templates);
  const auto damage = [&](const std::string& sql) {
    Inside::of(*project_).db.exec("SAVEPOINT s");
    Inside::of(*project_).db.exec(sql);
    std::string message = messageOf([&] {
      static_cast<void>(project_->samples());
      static_cast<void>(history(*project_));
      static_cast<void>(pairVerdicts(*project_));
      undo(*project_);
    });
    Inside::of(*project_).db.exec("ROLLBACK TO s");
    Inside::of(*project_).db.exec("RELEASE s");
    return message;
  };
  const auto says = [&](const std::string& sql, const char* part) {
    const std::string message = damage(sql);
    EXPECT_NE(message.find(part), std::string::npos) << sql << ": " << message;
  };
  says("UPDATE marks SET sample = 2000000000", "table marks");
  says("UPDATE marks SET moved_to = 9999", "moved_to is 9999");
  says("UPDATE marks SET left_out = 7", "left_out is 7");
  says("UPDATE marks SET tags = '[[[1]]]'", "tags are not a list of words");
  decidePair(*project_, 0, 1, PairVerdict::Unsure);
  says(R"(UPDATE decision_identities SET after = '{"pair":[0,1]}')", "a pair that is none");
  says(R"(UPDATE decision_identities SET after = '{"pair":[99,1]}')", "identity that is not there");
  says("UPDATE decisions SET state = 9", "state is 9");
}

// What the window reads again after a decision: all else is as it was while this text is the same.
TEST_F(DecisionsTest, WorkIsToldApartFromDecisions) {
  auto rows = project_->samples();
  const std::string before = workDone(*project_);
  EXPECT_FALSE(before.empty());
  leaveOut({1}, LeftOut::Everything);
  mergeIdentities(*project_, 0, 1);
  EXPECT_EQ(workDone(*project_), before);
  applyMarks(rows, marks(*project_));
  const auto read = project_->samples();
  ASSERT_EQ(rows.size(), read.size());
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].leftOut, read[i].leftOut) << i;
  EXPECT_EQ(rows[6].leftOut, LeftOut::Everything) << "a copy is as its original";
  undo(*project_);
  undo(*project_);
  applyMarks(rows, marks(*project_));
  EXPECT_EQ(rows[1].leftOut, LeftOut::Nothing);
  EXPECT_EQ(rows[6].leftOut, LeftOut::Nothing);
  const int run = project_->startRun("score", "{}");
  EXPECT_TRUE(workDone(*project_).empty()) << "at work";
  project_->finishRun(run, "done", "{}");
  const std::string after = workDone(*project_);
  EXPECT_NE(after, before);
  data::ScoreTable table;
  table.name = table.method = "dscore";
  table.resize(7);
  project_->putScores(table);
  const std::string scored = workDone(*project_);
  EXPECT_NE(scored, after);
  project_->putScores(table);
  EXPECT_NE(workDone(*project_), scored) << "the same table with other values";
}

TEST_F(DecisionsTest, TheNewestRunsOfWhatPagesShowBecomeOld) {
  const auto done = [&](const char* job, const char* options = "{}") {
    const int run = project_->startRun(job, options);
    project_->finishRun(run, "done", "{}");
    return std::to_string(run);
  };
  std::set<std::string> expected;
  done("evaluate");
  done("slices", R"({"column":"set"})");
  for (const char* job : {"evaluate", "sweep", "identify", "compare", "templates", "aggregate"})
    expected.insert(done(job));
  expected.insert(done("slices", R"({"column":"set"})"));
  expected.insert(done("slices", R"({"column":"year","metadata":"a.csv"})"));
  done("cost");  // compares nobody
  leaveOut({3}, LeftOut::Everything);
  std::set<std::string> old;
  for (const auto& part : staleParts(*project_))
    if (part.kind == "run") old.insert(part.name);
  EXPECT_EQ(old, expected);
}

}  // namespace
}  // namespace discern::project
