#include "core/analysis/pair_products.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "core/base/simd.h"

namespace discern::analysis {
namespace {

data::Matrix randomRows(Rng& rng, std::int64_t rows, std::int64_t cols) {
  data::Matrix matrix(rows, cols);
  for (float& v : matrix.values) v = static_cast<float>(rng.normal());
  return matrix;
}

// In one block of rows and in several, of widths that vectors do and do not divide.
TEST(PairProducts, AreDotProductsToTheLastBitWhateverTheInstructionSetAndThreads) {
  Rng rng(1);
  for (const auto& [rows, cols] : {std::pair(7, 512), {700, 512}, {2000, 100}, {40, 3}, {3, 1}}) {
    const data::Matrix matrix = randomRows(rng, rows, cols);
    std::vector<data::Pair> pairs;
    for (int i = 0; i < 5003; ++i)
      pairs.push_back({static_cast<int>(rng.below(rows)), static_cast<int>(rng.below(rows))});
    std::vector<float> expected;
    for (const auto& pair : pairs)
      expected.push_back(static_cast<float>(data::dot(matrix.row(pair.a), matrix.row(pair.b))));
    for (const int threads : {1, 3}) {
      setThreadCount(threads);
      const PairOrder order(pairs, rows, cols);
      for (const auto& values : onEachTarget([&] { return order.products(matrix.view(), pairs); }))
        EXPECT_TRUE(values == expected) << rows << " x " << cols;
    }
    setThreadCount(0);
  }
}

TEST(PairProducts, OfNoPairsThereAreNone) {
  Rng rng(2);
  EXPECT_TRUE(PairOrder({}, 3, 8).products(randomRows(rng, 3, 8).view(), {}).empty());
  EXPECT_TRUE(PairOrder({}, 0, 0).products({}, {}).empty());
}

}  // namespace
}  // namespace discern::analysis
