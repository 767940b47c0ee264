// Every instruction set this processor has, against plain loops.
#include "core/selection/kernels.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/rng.h"

namespace discern::selection {
namespace {

class EachKernels : public testing::TestWithParam<const Kernels*> {};

AlignedVector<float> randomMatrix(Rng& rng, std::size_t n) {
  const std::size_t width = padded(n);
  AlignedVector<float> w(width * width);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j)
      w[i * width + j] = w[j * width + i] = static_cast<float>(rng.chance(0.8) ? rng.uniform() : 0);
  return w;
}

// To each row, and to the last one for the padding.
std::vector<const float*> pointers(const AlignedVector<float>& rows, std::size_t n, std::size_t stride) {
  std::vector<const float*> at;
  for (std::size_t i = 0; i < padded(n); ++i) at.push_back(rows.data() + std::min(i, n - 1) * stride);
  return at;
}

TEST_P(EachKernels, GramIsTheClampedProductsOfAllPairs) {
  Rng rng(1);
  for (const std::size_t dims : {1, 5, 16, 37, 512})
    for (const std::size_t n : {1, 2, 3, 15, 16, 17, 33, 70}) {
      const std::size_t stride = padded(dims), width = padded(n);
      AlignedVector<float> rows(width * stride), scale(width);
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t k = 0; k < dims; ++k) rows[i * stride + k] = static_cast<float>(rng.normal());
      for (std::size_t i = 0; i < n; ++i) scale[i] = static_cast<float>(rng.uniform(0.1, 1));
      AlignedVector<float> w(width * width, 7.0F);
      const std::vector<const float*> ahead(n % 3, rows.data());
      const auto at = pointers(rows, n, stride);
      GetParam()->gram(at.data(), n, stride, w.data(), ahead.data(), ahead.size());
      const std::int64_t negative = GetParam()->weigh(w.data(), scale.data(), n);
      std::int64_t expected = 0;
      for (std::size_t i = 0; i < width; ++i)
        for (std::size_t j = 0; j < width; ++j) {
          double product = 0;
          for (std::size_t k = 0; k < dims; ++k)
            product += static_cast<double>(rows[i * stride + k]) * rows[j * stride + k];
          if (i < j && product < 0) ++expected;
          const double value = i == j ? 0 : std::max(0.0, product) * scale[i] * scale[j];
          ASSERT_NEAR(w[i * width + j], value, 1e-4) << n << " x " << dims << " at " << i << ", " << j;
          ASSERT_EQ(w[i * width + j], w[j * width + i]);
        }
      EXPECT_EQ(negative, expected) << n << " x " << dims;
    }
}

// A pair's weight may depend neither on where the pair stands nor on who stands beside it.
TEST_P(EachKernels, GramDoesNotDependOnThePlace) {
  Rng rng(2);
  constexpr std::size_t n = 40, dims = 100, stride = padded(dims), width = padded(n);
  AlignedVector<float> rows(width * stride), turned(width * stride), w(width * width), v(width * width);
  AlignedVector<float> scale(width), scaleTurned(width);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < dims; ++k)
      rows[i * stride + k] = turned[(n - 1 - i) * stride + k] = static_cast<float>(rng.normal());
  for (std::size_t i = 0; i < n; ++i)
    scale[i] = scaleTurned[n - 1 - i] = static_cast<float>(rng.uniform(0.1, 1));
  GetParam()->gram(pointers(rows, n, stride).data(), n, stride, w.data(), nullptr, 0);
  GetParam()->weigh(w.data(), scale.data(), n);
  GetParam()->gram(pointers(turned, n, stride).data(), n, stride, v.data(), nullptr, 0);
  GetParam()->weigh(v.data(), scaleTurned.data(), n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) ASSERT_EQ(w[i * width + j], v[(n - 1 - i) * width + n - 1 - j]);
}

TEST_P(EachKernels, Sums) {
  Rng rng(3);
  for (const std::size_t n : {1, 16, 30, 64, 100}) {
    const std::size_t width = padded(n);
    const AlignedVector<float> w = randomMatrix(rng, n);
    AlignedVector<double> sums(width), x(width), degree(width), out(width), load(width), open(width);
    GetParam()->sums(w.data(), sums.data(), width);
    for (std::size_t i = 0; i < n; ++i) {
      x[i] = rng.uniform(-1, 1);
      degree[i] = rng.uniform();
    }
    const double product = GetParam()->laplacian(w.data(), degree.data(), x.data(), out.data(), width);
    GetParam()->loads(w.data(), x.data(), load.data(), open.data(), width);
    AlignedVector<float> roughX(x.begin(), x.end()), roughLoad(width), roughOpen(width);
    GetParam()->roughLoads(w.data(), roughX.data(), roughLoad.data(), roughOpen.data(), width);
    double expectedProduct = 0;
    for (std::size_t i = 0; i < width; ++i) {
      double sum = 0, laplacian = degree[i] * x[i], clipped = 0, free = 0;
      for (std::size_t j = 0; j < width; ++j) {
        const double weight = w[i * width + j], share = 0.5 + x[i] - x[j];
        sum += weight;
        laplacian -= weight * x[j];
        clipped += weight * std::clamp(share, 0.0, 1.0);
        free += share > 0 && share < 1 ? weight : 0;
      }
      EXPECT_NEAR(sums[i], sum, 1e-12);
      EXPECT_NEAR(out[i], laplacian, 1e-12);
      EXPECT_NEAR(load[i], clipped, 1e-12);
      EXPECT_NEAR(open[i], free, 1e-12);
      EXPECT_NEAR(roughLoad[i], clipped, 1e-4);
      EXPECT_NEAR(roughOpen[i], free, 1e-4);
      expectedProduct += x[i] * laplacian;
    }
    EXPECT_NEAR(product, expectedProduct, 1e-11);
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t k = n; k > 1; --k) std::swap(order[k - 1], order[rng.below(k)]);
    order.resize(n - n / 3);
    std::vector<double> gain(order.size());
    AlignedVector<double> linked(width, 9.0);
    GetParam()->gains(w.data(), order.data(), order.size(), gain.data(), linked.data(), width);
    AlignedVector<double> expected(width);
    for (std::size_t p = 0; p < order.size(); ++p) {
      EXPECT_NEAR(gain[p], expected[order[p]], 1e-12);
      for (std::size_t i = 0; i < width; ++i) expected[i] += w[order[p] * width + i];
    }
    for (std::size_t i = 0; i < width; ++i) EXPECT_NEAR(linked[i], expected[i], 1e-12);
  }
}

TEST_P(EachKernels, CopiesAndSquaresOfAnyLengthAndAlignment) {
  Rng rng(4);
  std::vector<float> values(700);
  for (float& v : values) v = static_cast<float>(rng.normal());
  for (const std::size_t begin : {0, 1, 3})
    for (const std::size_t n : {0, 1, 63, 64, 65, 512}) {
      double sum = 0;
      for (std::size_t i = 0; i < n; ++i) sum += static_cast<double>(values[begin + i]) * values[begin + i];
      AlignedVector<float> to(n + 1, 7.0F);
      EXPECT_NEAR(GetParam()->copy(values.data() + begin, n, to.data()), sum, 1e-5 * sum);
      EXPECT_TRUE(std::equal(to.begin(), to.end() - 1, values.begin() + begin));
      EXPECT_EQ(to[n], 7);
    }
}

TEST_P(EachKernels, PeelTakesTheFirstOfTheSmallest) {
  Rng rng(5);
  for (int trial = 0; trial < 300; ++trial) {
    const auto n = static_cast<std::size_t>(1 + rng.below(90));
    const std::size_t width = padded(n);
    constexpr float kInf = std::numeric_limits<float>::infinity();
    AlignedVector<float> w(width * width), degree(width), inverse(width), penalty(width, kInf);
    std::size_t count = 0;
    for (std::size_t i = 0; i < n; ++i) {  // whole numbers: many are equal
      for (std::size_t j = 0; j < i; ++j) {
        w[i * width + j] = w[j * width + i] = static_cast<float>(rng.below(3));
        degree[i] += w[i * width + j];
        degree[j] += w[i * width + j];
      }
      inverse[i] = static_cast<float>(1 + rng.below(2));
      penalty[i] = i > 0 && rng.chance(0.3) ? kInf : 0;
      count += penalty[i] == 0 ? 1 : 0;
    }
    std::vector<std::size_t> expected(count), order(count);
    AlignedVector<float> rest(degree), barred(penalty);
    for (std::size_t p = count; p-- > 0;) {
      std::size_t first = 0;
      const auto key = [&](std::size_t i) { return rest[i] * inverse[i] + barred[i]; };
      for (std::size_t i = 1; i < n; ++i)
        if (key(i) < key(first)) first = i;
      expected[p] = first;
      barred[first] = kInf;
      for (std::size_t i = 0; i < n; ++i) rest[i] -= w[first * width + i];
    }
    GetParam()->peel(w.data(), degree.data(), inverse.data(), penalty.data(), order.data(), count, width);
    ASSERT_EQ(order, expected) << n;
  }
}

TEST_P(EachKernels, PartOfAMatrix) {
  Rng rng(8);
  for (const std::size_t n : {1, 20, 64, 75}) {
    const AlignedVector<float> w = randomMatrix(rng, n);
    for (const std::size_t count : {std::size_t{1}, n / 2 + 1, n}) {
      AlignedVector<std::int32_t> members(padded(count));
      for (std::size_t i = 0; i < count; ++i) members[i] = static_cast<std::int32_t>(rng.below(n));
      const std::size_t width = padded(count);
      AlignedVector<float> out(width * width, 7.0F);
      GetParam()->part(w.data(), padded(n), members.data(), count, out.data());
      for (std::size_t i = 0; i < width; ++i)
        for (std::size_t j = 0; j < width; ++j)
          ASSERT_EQ(out[i * width + j],
                    i < count && j < count ? w[members[i] * padded(n) + members[j]] : 0.0F);
    }
  }
}

TEST_P(EachKernels, StepOfConjugateGradients) {
  Rng rng(6);
  constexpr std::size_t n = 48;
  AlignedVector<double> p(n), q(n), inverse(n), x(n), r(n), z(n);
  for (auto* v : {&p, &q, &inverse, &x, &r})
    for (double& e : *v) e = rng.normal();
  const AlignedVector<double> x0(x), r0(r);
  const double product =
      GetParam()->step(0.7, p.data(), q.data(), inverse.data(), x.data(), r.data(), z.data(), n);
  double expected = 0;
  for (std::size_t i = 0; i < n; ++i) {
    EXPECT_NEAR(x[i], x0[i] + 0.7 * p[i], 1e-14);
    EXPECT_NEAR(r[i], r0[i] - 0.7 * q[i], 1e-14);
    EXPECT_NEAR(z[i], r[i] * inverse[i], 1e-14);
    expected += r[i] * z[i];
  }
  EXPECT_NEAR(product, expected, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Kernels, EachKernels, testing::ValuesIn(availableKernels()),
                         [](const auto& info) { return fmt::format("{}Lanes", info.param->lanes); });

TEST(Kernels, TheWidestIsTaken) { EXPECT_EQ(&kernels(), availableKernels().back()); }

}  // namespace
}  // namespace discern::selection
