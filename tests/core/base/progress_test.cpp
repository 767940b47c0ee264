#include "core/base/progress.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <vector>

#include "core/base/error.h"

namespace discern {
namespace {

class ProgressTest : public ::testing::Test {
 protected:
  std::vector<ProgressEvent> events_;
  std::stop_source stop_;
  Progress progress_{[this](const ProgressEvent& e) { events_.push_back(e); }, stop_.get_token()};
};

TEST_F(ProgressTest, TellsTheStageFromItsStartToItsEnd) {
  progress_.start("reading", 10);
  for (int i = 0; i < 10; ++i) progress_.advance();
  progress_.finish();
  ASSERT_GE(events_.size(), 2U);
  EXPECT_EQ(events_.front().stage, "reading");
  EXPECT_EQ(events_.front().done, 0);
  EXPECT_EQ(events_.front().total, 10);
  EXPECT_LT(events_.front().secondsLeft, 0);  // unknown
  EXPECT_EQ(events_.back().kind, ProgressEvent::Kind::StageDone);
  EXPECT_EQ(events_.back().done, 10);
  EXPECT_EQ(events_.back().secondsLeft, 0);
  progress_.start("writing", 3);
  EXPECT_EQ(events_.back().stage, "writing");
  EXPECT_EQ(events_.back().done, 0);
}

TEST_F(ProgressTest, SpeaksAtMostTenTimesASecond) {
  const auto start = std::chrono::steady_clock::now();
  progress_.start("counting", 200000);
  for (int i = 0; i < 200000; ++i) progress_.advance();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  EXPECT_LE(static_cast<double>(events_.size()), 1 + seconds * 10 + 1);
}

TEST_F(ProgressTest, ResumedUnitsAreShownButNotInTheRate) {
  progress_.start("extracting", 2000);
  progress_.resumeAt(1000);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  progress_.advance(10);
  progress_.finish();
  const ProgressEvent& last = events_.back();
  EXPECT_EQ(last.done, 1010);
  EXPECT_GT(last.rate, 0);
  EXPECT_LE(last.rate, 10 / 0.020);  // 1010 / 0.02 would be 50,500
  EXPECT_NEAR(last.secondsLeft, 990 / last.rate, 1e-6);
}

TEST_F(ProgressTest, NotesAndMetricsAlwaysArrive) {
  progress_.start("training", 5);
  for (int i = 0; i < 50; ++i) {
    progress_.metric("train/loss", i, 0.5 * i);
    progress_.note("a note");
  }
  ASSERT_EQ(events_.size(), 101U);
  EXPECT_EQ(events_[99].kind, ProgressEvent::Kind::Metric);
  EXPECT_EQ(events_[99].text, "train/loss");
  EXPECT_EQ(events_[99].step, 49);
  EXPECT_EQ(events_[99].value, 24.5);
  EXPECT_EQ(events_[100].kind, ProgressEvent::Kind::Note);
  EXPECT_EQ(events_[100].text, "a note");
}

TEST_F(ProgressTest, StopIsSeenAndThrown) {
  EXPECT_FALSE(progress_.stopRequested());
  EXPECT_NO_THROW(progress_.throwIfStopped());
  stop_.request_stop();
  EXPECT_TRUE(progress_.stopRequested());
  EXPECT_THROW(progress_.throwIfStopped(), Cancelled);
}

TEST_F(ProgressTest, CountsFromManyThreads) {
  progress_.start("counting", 40000);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([this] {
        for (int i = 0; i < 10000; ++i) progress_.advance();
      });
  }
  progress_.finish();
  EXPECT_EQ(events_.back().done, 40000);
}

TEST(Progress, WithoutASinkIsSilentAndCannotBeStopped) {
  Progress progress;
  progress.start("x", 1);
  progress.advance();
  progress.note("x");
  progress.metric("x", 1, 1);
  progress.finish();
  EXPECT_FALSE(progress.stopRequested());
}

}  // namespace
}  // namespace discern
