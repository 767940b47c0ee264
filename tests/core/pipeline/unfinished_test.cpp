#include "core/pipeline/unfinished.h"

#include <gtest/gtest.h>

#include <limits>

namespace discern::pipeline {
namespace {

using Rows = std::vector<std::int64_t>;

// Ten rows, of which those are made.
data::Matrix withRows(const Rows& made) {
  data::Matrix values(10, 2, std::numeric_limits<float>::quiet_NaN());
  for (const auto row : made) values.row(row)[0] = values.row(row)[1] = 1;
  return values;
}

TEST(Unfinished, IsAllWhereNothingWasMade) {
  const Rows rows = {1, 4, 7};
  const auto left = unfinishedOf(rows, 2, withRows({0, 2}).view());  // others were there before
  EXPECT_TRUE(left.failed.empty());
  EXPECT_EQ(left.rest, rows);
}

TEST(Unfinished, TheLastBatchIsMadeAgainAndWhatFailedIsTriedAgain) {
  const Rows rows = {0, 1, 2, 4, 5, 6, 7, 8, 9};
  // In batches of three: 0 1 2, 4 5 6, 7 8 9. Row 6 is the last that was made.
  const auto left = unfinishedOf(rows, 3, withRows({0, 2, 4, 6}).view());
  EXPECT_EQ(left.failed, Rows{1});
  EXPECT_EQ(left.rest, (Rows{4, 5, 6, 7, 8, 9}));
}

TEST(Unfinished, ARowThatIsCutOffIsNotMade) {
  auto values = withRows({0, 1, 2});
  values.row(2)[1] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(unfinishedOf({0, 1, 2, 3}, 1, values.view()).rest, (Rows{1, 2, 3}));
}

}  // namespace
}  // namespace discern::pipeline
