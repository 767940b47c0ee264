#include "core/base/rng.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace discern {
namespace {

TEST(Rng, IsXoshiroSeededBySplitmix) {
  // From an implementation of the two published generators in Python.
  Rng rng(12345);
  for (const std::uint64_t expected : {0xbe6a36374160d49bULL, 0x214aaa0637a688c6ULL, 0xf69d16de9954d388ULL,
                                       0x0c60048c4e96e033ULL, 0x8e2076aeed51c648ULL})
    EXPECT_EQ(rng.next(), expected);
  EXPECT_EQ(Rng(12345).uniform(), 0.7438081631565894);
}

TEST(Rng, UniformFillsItsInterval) {
  Rng rng(1);
  std::array<int, 20> bins{};
  const int n = 200000;
  for (int i = 0; i < n; ++i) {
    const double u = rng.uniform();
    ASSERT_GE(u, 0);
    ASSERT_LT(u, 1);
    ++bins[static_cast<std::size_t>(u * 20)];
  }
  double chiSquare = 0;
  for (const int count : bins) chiSquare += (count - n / 20.0) * (count - n / 20.0) / (n / 20.0);
  EXPECT_LT(chiSquare, 43.8);  // 99.9 % of chi-square with 19 degrees of freedom
  for (int i = 0; i < 1000; ++i) {
    const double u = rng.uniform(-3, 5);
    ASSERT_TRUE(u >= -3 && u < 5);
  }
}

TEST(Rng, BelowIsUnbiasedAndInRange) {
  Rng rng(2);
  std::array<int, 7> bins{};
  const int n = 140000;
  for (int i = 0; i < n; ++i) ++bins.at(static_cast<std::size_t>(rng.below(7)));
  double chiSquare = 0;
  for (const int count : bins) chiSquare += (count - n / 7.0) * (count - n / 7.0) / (n / 7.0);
  EXPECT_LT(chiSquare, 22.5);  // 99.9 %, 6 degrees
  EXPECT_EQ(rng.below(1), 0);
}

TEST(Rng, NormalHasTheMomentsOfANormal) {
  Rng rng(3);
  const int n = 200000;
  double sum = 0, squares = 0, fourths = 0;
  for (int i = 0; i < n; ++i) {
    const double x = rng.normal();
    sum += x;
    squares += x * x;
    fourths += x * x * x * x;
  }
  EXPECT_NEAR(sum / n, 0, 4 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 1, 4 * std::sqrt(2.0 / n));
  EXPECT_NEAR(fourths / n, 3, 4 * std::sqrt(96.0 / n));
}

TEST(Rng, ShuffleIsAPermutationAndEveryOneOccurs) {
  std::set<std::vector<int>> seen;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    std::vector<int> items{1, 2, 3, 4};
    Rng(seed).shuffle(items);
    EXPECT_TRUE(std::is_permutation(items.begin(), items.end(), std::vector<int>{1, 2, 3, 4}.begin()));
    seen.insert(items);
  }
  EXPECT_EQ(seen.size(), 24U);
}

TEST(MixSeed, SeparatesSeedsAndKeys) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed = 0; seed < 100; ++seed)
    for (std::uint64_t key = 0; key < 100; ++key) seen.insert(mixSeed(seed, key));
  EXPECT_EQ(seen.size(), 10000U);
  EXPECT_NE(mixSeed(1, "a"), mixSeed(1, "b"));
  EXPECT_EQ(mixSeed(1, "a"), mixSeed(1, std::string_view("a")));
}

}  // namespace
}  // namespace discern
