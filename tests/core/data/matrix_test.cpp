#include "core/data/matrix.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/rng.h"

namespace discern::data {
namespace {

TEST(Matrix, RowsAreWhereTheyShouldBe) {
  Matrix m(3, 2, 1.5F);
  m.row(1)[1] = 7;
  EXPECT_EQ(m.values, (std::vector<float>{1.5F, 1.5F, 1.5F, 7, 1.5F, 1.5F}));
  const MatrixView view = m.view();
  EXPECT_EQ(view.rows, 3);
  EXPECT_EQ(view.row(1)[1], 7);
  EXPECT_EQ(view.row(2).size(), 2U);
}

TEST(Matrix, ProductsOfEveryLengthMatchAPlainSum) {
  Rng rng(1);
  for (std::size_t n = 0; n < 70; ++n) {
    std::vector<float> a(n), b(n);
    double expected = 0, squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
      a[i] = static_cast<float>(rng.normal());
      b[i] = static_cast<float>(rng.normal());
      expected += static_cast<double>(a[i]) * b[i];
      squares += static_cast<double>(a[i]) * a[i];
    }
    EXPECT_NEAR(dot(a, b), expected, 1e-5) << n;
    EXPECT_NEAR(norm(a), std::sqrt(squares), 1e-5) << n;
  }
}

TEST(Matrix, CosineAndNormalise) {
  const std::vector<float> a{3, 4}, b{4, -3}, zero{0, 0};
  EXPECT_NEAR(cosine(a, a), 1, 1e-7);
  EXPECT_NEAR(cosine(a, b), 0, 1e-7);
  EXPECT_EQ(cosine(a, zero), 0);
  std::vector<float> c = a;
  EXPECT_EQ(normalise(c), 5);
  EXPECT_FLOAT_EQ(c[0], 0.6F);
  EXPECT_FLOAT_EQ(c[1], 0.8F);
  std::vector<float> z = zero;
  EXPECT_EQ(normalise(z), 0);
  EXPECT_EQ(z, zero);
}

TEST(Matrix, FiniteMeansNoNanAndNoInfinityAnywhere) {
  std::vector<float> values(33, std::numeric_limits<float>::max());
  EXPECT_TRUE(isFinite(values));
  for (std::size_t i = 0; i < values.size(); ++i)
    for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                            -std::numeric_limits<float>::infinity()}) {
      auto broken = values;
      broken[i] = bad;
      EXPECT_FALSE(isFinite(broken)) << i;
    }
  EXPECT_TRUE(isFinite({}));
}

}  // namespace
}  // namespace discern::data
