#include "core/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

#include "core/base/error.h"

namespace discern {
namespace {

class Parallel : public ::testing::TestWithParam<int> {
 protected:
  Parallel() { setThreadCount(GetParam()); }
  ~Parallel() override { setThreadCount(0); }
};

TEST_P(Parallel, VisitsEveryItemOnceInBlocksOfTheGrain) {
  for (const std::int64_t n : {0, 1, 7, 64, 1000})
    for (const std::int64_t grain : {0, 1, 3, 64, 5000}) {
      std::vector<std::atomic<int>> visits(static_cast<std::size_t>(n));
      parallelFor(n, grain, [&](std::int64_t begin, std::int64_t end) {
        EXPECT_LT(begin, end);
        EXPECT_LE(end - begin, std::max<std::int64_t>(grain, 1));
        for (auto i = begin; i < end; ++i) ++visits[static_cast<std::size_t>(i)];
      });
      for (const auto& count : visits) EXPECT_EQ(count, 1);
    }
}

TEST_P(Parallel, RethrowsTheFirstFailureAndStops) {
  std::atomic<int> after{0};
  std::atomic<bool> thrown{false};
  try {
    parallelFor(100000, 1, [&](std::int64_t begin, std::int64_t) {
      if (begin == 10) {
        thrown = true;
        throw Error("item 10");
      }
      if (thrown) ++after;
    });
    FAIL() << "an Error was expected";
  } catch (const Error& e) {
    EXPECT_STREQ(e.what(), "item 10");
  }
  EXPECT_LT(after, 50000);  // the rest was given up
}

TEST_P(Parallel, ManyFailuresAreOne) {
  EXPECT_THROW(parallelFor(100, 1, [](std::int64_t, std::int64_t) { throw Cancelled(); }), Cancelled);
}

TEST_P(Parallel, Nests) {
  std::atomic<std::int64_t> sum{0};
  parallelFor(20, 1, [&](std::int64_t i, std::int64_t) {
    parallelFor(20, 3, [&](std::int64_t begin, std::int64_t end) {
      for (auto j = begin; j < end; ++j) sum += i * 20 + j;
    });
  });
  EXPECT_EQ(sum, 399 * 400 / 2);
}

INSTANTIATE_TEST_SUITE_P(Threads, Parallel, ::testing::Values(1, 2, 5));

TEST(ThreadCount, CanBeSetAndRestored) {
  const int before = threadCount();
  EXPECT_GE(before, 1);
  setThreadCount(3);
  EXPECT_EQ(threadCount(), 3);
  setThreadCount(0);
  EXPECT_EQ(threadCount(), before);
}

}  // namespace
}  // namespace discern
