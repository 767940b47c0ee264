#include "core/evaluation/slices.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/base/rng.h"

namespace discern::evaluation {
namespace {

// Wilson's interval as tables have it.
TEST(Slices, IntervalsAreWilsons) {
  const Rate some{8, 10};
  EXPECT_NEAR(some.low(), 0.4901625, 1e-6);
  EXPECT_NEAR(some.high(), 0.9433178, 1e-6);
  const Rate few{0, 30};
  EXPECT_EQ(few.low(), 0);
  EXPECT_NEAR(few.high(), 0.1135138, 1e-6);
  const Rate all{30, 30};
  EXPECT_NEAR(all.low(), 1 - 0.1135138, 1e-6);
  EXPECT_EQ(all.high(), 1);
  EXPECT_TRUE(std::isnan(Rate{}.share()) && std::isnan(Rate{}.low()) && std::isnan(Rate{}.high()));
}

TEST(Slices, ComparisonsAreCountedWhereTheyBelong) {
  const std::vector<float> scores = {0.9F, 0.4F, 0.5F, 0.8F, 0.1F, 0.6F};
  const std::vector<bool> genuine = {true, true, false, true, false, false};
  const std::vector<int> slice = {0, 0, 0, 1, 1, -1};
  const auto list = slices(scores, genuine, slice, 3, 0.5, 0.1);
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[0].genuine.accepted, 1);
  EXPECT_EQ(list[0].genuine.total, 2);
  EXPECT_EQ(list[0].impostor.accepted, 1) << "at the threshold is accepted";
  EXPECT_EQ(list[1].genuine.accepted, 1);
  EXPECT_EQ(list[1].impostor.total, 1);
  EXPECT_EQ(list[2].genuine.total, 0);
  EXPECT_FALSE(list[0].supported);
  EXPECT_THROW(slices(scores, genuine, slice, 1, 0.5, 0.1), Error);
  EXPECT_THROW(slices(scores, genuine, std::vector<int>{0}, 1, 0.5, 0.1), Error);
}

TEST(Slices, TheWorstIsTheLowestThatHasEnough) {
  const auto slice = [](std::int64_t accepted, std::int64_t total, bool supported) {
    Slice one;
    one.genuine = {accepted, total};
    one.supported = supported;
    return one;
  };
  const auto few = worstSlice({slice(950, 1000, true), slice(0, 5, false)});
  EXPECT_EQ(few.slice, -1) << "one alone is not the worst of anything";
  const auto clear = worstSlice({slice(950, 1000, true), slice(700, 1000, true), slice(0, 5, false)});
  EXPECT_EQ(clear.slice, 1);
  EXPECT_TRUE(clear.beyondChance);
  const auto chance = worstSlice({slice(95, 100, true), slice(94, 100, true)});
  EXPECT_EQ(chance.slice, 1);
  EXPECT_FALSE(chance.beyondChance);
}

TEST(Slices, SupportAsksForGenuineAndImpostorComparisons) {
  const auto made = [](int genuineCount, int impostorCount) {
    std::vector<float> scores(static_cast<std::size_t>(genuineCount + impostorCount), 0.5F);
    std::vector<bool> genuine(scores.size(), false);
    for (int i = 0; i < genuineCount; ++i) genuine[static_cast<std::size_t>(i)] = true;
    return slices(scores, genuine, std::vector<int>(scores.size(), 0), 1, 0.5, 0.01)[0].supported;
  };
  EXPECT_TRUE(made(30, 300));
  EXPECT_FALSE(made(29, 300));
  EXPECT_FALSE(made(30, 299));
}

TEST(Slices, ComparisonsSpreadOverBinsOfAllOfThem) {
  const std::vector<float> scores = {0, 40, 20.5F, 39.5F, 10, 0.5F};
  const std::vector<bool> genuine = {false, true, true, true, false, false};
  const auto spread = spreadOf(scores, genuine, std::vector<int>{0, 0, 1, 0, -1, 0}, 2);
  EXPECT_EQ(spread.low, 0);
  EXPECT_EQ(spread.high, 40);
  ASSERT_EQ(spread.genuine[0].size(), 40U);
  EXPECT_EQ(spread.genuine[0][39], 2) << "the largest one is in the last bin";
  EXPECT_EQ(spread.impostor[0][0], 2);
  EXPECT_EQ(spread.genuine[1][20], 1);
  std::int64_t all = 0;
  for (const auto& list : {spread.genuine, spread.impostor})
    for (const auto& counts : list) all += std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  EXPECT_EQ(all, 5) << "all but the one of no slice";
  EXPECT_EQ(spreadOf(std::vector<float>{1, 1}, {true, true}, std::vector<int>{0, 0}, 1).genuine[0][0], 2);
}

// Counted by hand: of 40 genuine comparisons the ten of the lowest quality are missed, and one of the best.
TEST(Slices, ErrorsFallInsideAPartAtTheThresholdOfAll) {
  std::vector<float> scores, quality;
  std::vector<bool> genuine;
  std::vector<int> slice;
  const auto add = [&](float score, float q, bool same, int of) {
    scores.push_back(score);
    quality.push_back(q);
    genuine.push_back(same);
    slice.push_back(of);
  };
  for (int i = 0; i < 40; ++i) add(i < 10 || i == 39 ? 0.2F : 0.8F, static_cast<float>(i), true, 0);
  for (int i = 0; i < 29; ++i) add(0.9F, 1, true, 1);
  for (int i = 0; i < 50; ++i) add(0.5F, 0, false, 0);
  for (int i = 0; i < 31; ++i) add(0.9F, static_cast<float>(i), true, 2);
  const auto edc = slicedEdc(scores, genuine, quality, slice, 3, 0.8F);
  ASSERT_EQ(edc[0].curve.size(), 11U) << "until 30 of them are left";
  EXPECT_DOUBLE_EQ(edc[0].startFnmr, 11.0 / 40) << "1 - TAR of the part; 0.8 is accepted";
  EXPECT_DOUBLE_EQ(edc[0].curve[0].fnmr, 11.0 / 40);
  EXPECT_DOUBLE_EQ(edc[0].curve[4].discarded, 0.1);
  EXPECT_DOUBLE_EQ(edc[0].curve[4].fnmr, 7.0 / 36);
  EXPECT_DOUBLE_EQ(edc[0].curve[10].fnmr, 1.0 / 30);
  EXPECT_TRUE(edc[1].curve.empty()) << "29 are too few";
  double area = -0.2 * (11.0 / 40 + 3.0 / 40) / 2;  // the ideal line
  for (int gone = 0; gone < 8; ++gone) area += (11.0 - gone) / (40 - gone) / 40;
  EXPECT_NEAR(edc[0].pauc, area, 1e-12);
  EXPECT_EQ(edc[2].curve.size(), 2U) << "31 and 30 of them";
  EXPECT_TRUE(std::isnan(edc[2].pauc)) << "25 are left at 20 %";
}

// Comparisons whose chance to be missed falls with their quality, in one slice.
SlicedEdc drawnEdc(int count, std::uint64_t seed, int bootstraps) {
  Rng rng(seed);
  std::vector<float> scores, quality;
  for (int i = 0; i < count; ++i) {
    quality.push_back(static_cast<float>(rng.uniform()));
    scores.push_back(rng.chance(0.4 * (1 - quality.back())) ? 0.2F : 0.8F);
  }
  const std::vector<int> slice(scores.size(), 0);
  return slicedEdc(scores, std::vector<bool>(scores.size(), true), quality, slice, 1, 0.5, bootstraps,
                   mixSeed(seed, "bootstrap"))[0];
}

TEST(Slices, ThePaucsIntervalHoldsTheTruthAboutAsOftenAsItSays) {
  const double truth = drawnEdc(200'000, 1, 0).pauc;
  constexpr int kSets = 120;
  int held = 0;
  double width = 0;
  for (int set = 0; set < kSets; ++set) {
    const auto edc = drawnEdc(300, 100 + static_cast<std::uint64_t>(set), 200);
    EXPECT_LE(edc.paucLow, edc.pauc + 1e-3);
    EXPECT_GE(edc.paucHigh, edc.pauc - 1e-3);
    held += edc.paucLow <= truth && truth <= edc.paucHigh ? 1 : 0;
    width += (edc.paucHigh - edc.paucLow) / kSets;
  }
  EXPECT_GE(held, kSets * 88 / 100);  // 95 % less three deviations of the count
  EXPECT_LT(held, kSets) << "an interval that never misses is too wide";
  const auto many = drawnEdc(2700, 7, 200);
  EXPECT_NEAR((many.paucHigh - many.paucLow) / width, 1.0 / 3, 0.1) << "nine times as many";
  EXPECT_TRUE(std::isnan(drawnEdc(300, 1, 0).paucLow)) << "not asked for";
  EXPECT_TRUE(std::isnan(drawnEdc(36, 1, 200).paucLow)) << "too few for a pAUC";
  EXPECT_EQ(drawnEdc(300, 5, 200).paucLow, drawnEdc(300, 5, 200).paucLow);
}

}  // namespace
}  // namespace discern::evaluation
