#include "core/evaluation/cost.h"

#include <gtest/gtest.h>

#include <cmath>

namespace discern::evaluation {
namespace {

TEST(Cost, DdnetRunsOnEverythingTheBaseModelOnWhatIsKept) {
  const CostModel model{1000, 10, 50, 2};
  const Cost some = cost(model, 100, 40);
  EXPECT_DOUBLE_EQ(some.macs, 40 * 1000 + 100 * 50);
  EXPECT_DOUBLE_EQ(some.milliseconds, 40 * 10 + 100 * 2);
  EXPECT_DOUBLE_EQ(some.share, 0.45);
  const Cost plain = cost(model, 100, 100, false);
  EXPECT_DOUBLE_EQ(plain.macs, 100000);
  EXPECT_DOUBLE_EQ(plain.share, 1);
  EXPECT_DOUBLE_EQ(cost(model, 100, 100).share,
                   1.05);  // scoring that drops nothing costs more than not scoring
}

TEST(Cost, ScoresToldFromFeaturesSaveNothing) {
  CostModel model{1000, 10, 0, 0};
  model.scoresNeedBase = true;
  EXPECT_DOUBLE_EQ(cost(model, 100, 40).share, 1);
  EXPECT_DOUBLE_EQ(cost(model, 100, 40).macs, 100000);
  EXPECT_DOUBLE_EQ(cost(model, 100, 40, false).share, 0.4);  // drawn at random: nobody asked for a score
}

TEST(Cost, ShareFallsBackToMillisecondsAndThenToCounts) {
  EXPECT_DOUBLE_EQ(cost({0, 10, 0, 2}, 100, 40).share, 0.6);
  EXPECT_DOUBLE_EQ(cost({}, 100, 40).share, 0.4);
  EXPECT_DOUBLE_EQ(cost({}, 0, 0).share, 1);
}

TEST(Cost, WhatIsUnknownIsNotFree) {
  const CostModel unknown{1000, 10, NAN, NAN};
  EXPECT_TRUE(std::isnan(cost(unknown, 100, 40).share));
  EXPECT_TRUE(std::isnan(cost(unknown, 100, 40).macs));
  EXPECT_DOUBLE_EQ(cost(unknown, 100, 40, false).share, 0.4);
  EXPECT_DOUBLE_EQ(cost(unknown, 100, 40, false).macs, 40000);
  EXPECT_DOUBLE_EQ(cost({1000, 10, NAN, 2}, 100, 40).share, 0.6);  // by milliseconds
  EXPECT_TRUE(std::isnan(cost({0, 0, NAN, NAN}, 100, 40).share));
}

}  // namespace
}  // namespace discern::evaluation
