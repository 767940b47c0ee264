#include "core/selection/atomic_split.h"

#include <gtest/gtest.h>

#include "tests/core/selection/brute.h"

namespace discern::selection {
namespace {

using brute::Class;
using brute::Sets;

// Whether some proper part S of the class has u(S) < mu
// (base(S) + w(S)), by trying all; `margin` of the weight.
bool partEntersEarlier(const Class& c, const std::vector<double>& base, double& margin) {
  const Sets sets(c);
  const auto gain = [&](std::uint32_t set) {
    double sum = sets.weight[set];
    for (std::size_t i = 0; i < c.size(); ++i)
      if ((set >> i & 1) != 0) sum += base[i];
    return sum;
  };
  const auto all = static_cast<std::uint32_t>(sets.u.size() - 1);
  const double mu = sets.u[all] / gain(all);
  double largest = -1e300;
  for (std::uint32_t set = 1; set < all; ++set) largest = std::max(largest, gain(set) - sets.u[set] / mu);
  margin = std::abs(largest) / gain(all);
  return largest > 0;
}

TEST(AtomicSplit, EqualsEveryPartTried) {
  Rng rng(3);
  AtomicSplit split;
  int atomic = 0, not_atomic = 0;
  for (int trial = 0; trial < 3000; ++trial) {
    const auto n = static_cast<std::size_t>(2 + rng.below(9));
    const brute::Kind kind = brute::kKinds[trial % 4];
    Class c = brute::randomClass(rng, n, kind);
    // u that fits the weights, give or take: about half the sets are atomic.
    std::vector<double> base(n);
    for (std::size_t i = 0; i < n; ++i) {
      base[i] = rng.chance(0.5) ? rng.uniform(0, 2) : 0;
      double load = base[i];
      for (std::size_t j = 0; j < n; ++j) load += c.w[i][j] / 2;
      c.u[i] = 7 * load * rng.uniform(0.55, 1.45) + 1e-3;
    }
    double margin = 0;
    const bool earlier = partEntersEarlier(c, base, margin);
    if (margin < 1e-9) continue;
    const AlignedVector<float> pairs = c.pairs();
    const AlignedVector<double> degree = c.degrees();
    ASSERT_EQ(split.isAtomic({n, c.u, base, pairs.data(), degree}), !earlier) << trial;
    ++(earlier ? not_atomic : atomic);
    if (!earlier) continue;
    // The order names a part that does.
    double u = 0, weight = 0, allU = 0, allWeight = 0, best = 1e300;
    for (std::size_t k = 0; k < n; ++k) {
      const std::size_t i = split.order()[k];
      u += c.u[i];
      weight += base[i];
      for (std::size_t q = 0; q < k; ++q) weight += c.w[i][split.order()[q]];
      if (k + 1 < n) best = std::min(best, u / weight);
      allU = u;
      allWeight = weight;
    }
    EXPECT_LT(best, allU / allWeight) << trial;
  }
  EXPECT_GT(atomic, 500);
  EXPECT_GT(not_atomic, 500);
  EXPECT_GT(split.counts().byLaplacian, 300);
  EXPECT_GT(split.counts().byClipping, 50);
  EXPECT_GT(split.counts().bySweep, 300);
  EXPECT_GT(split.counts().flows, 20);
  EXPECT_GT(split.counts().splitByFlow, 0);
}

// Between u that fit the loads exactly (atomic) and u at random lies a limit, found by trying all parts; just
// beside it, on both sides, the answer must be right as well.
TEST(AtomicSplit, JustBesideTheLimit) {
  Rng rng(8);
  AtomicSplit split;
  int limits = 0;
  for (int trial = 0; trial < 400; ++trial) {
    const auto n = static_cast<std::size_t>(3 + rng.below(7));
    Class c = brute::randomClass(rng, n, brute::kKinds[trial % 4]);
    std::vector<double> base(n), fitting(n), random(n);
    for (std::size_t i = 0; i < n; ++i) {
      base[i] = rng.chance(0.5) ? rng.uniform(0, 1) : 0;
      fitting[i] = base[i] + 1e-3;
      for (std::size_t j = 0; j < n; ++j) fitting[i] += c.w[i][j] / 2;
      random[i] = fitting[i] * rng.uniform(0.1, 1.9);
    }
    const auto mix = [&](double t) {
      for (std::size_t i = 0; i < n; ++i) c.u[i] = fitting[i] + t * (random[i] - fitting[i]);
    };
    double low = 0, high = 1, margin = 0;
    mix(1);
    if (!partEntersEarlier(c, base, margin)) continue;
    mix(0);
    if (partEntersEarlier(c, base, margin)) continue;
    for (int k = 0; k < 50; ++k) {
      mix((low + high) / 2);
      (partEntersEarlier(c, base, margin) ? high : low) = (low + high) / 2;
    }
    ++limits;
    const AlignedVector<float> pairs = c.pairs();
    const AlignedVector<double> degree = c.degrees();
    for (const double away : {1e-8, 1e-6, 1e-4, 1e-3, 1e-2, 3e-2}) {
      mix(low * (1 - away));
      EXPECT_TRUE(split.isAtomic({n, c.u, base, pairs.data(), degree})) << trial << " below by " << away;
      mix(high * (1 + away));
      EXPECT_FALSE(split.isAtomic({n, c.u, base, pairs.data(), degree})) << trial << " beyond by " << away;
    }
  }
  EXPECT_GT(limits, 150);
}

// Sparse, with weights of all sizes and u near what lopsided shares give: here the flow must find its way,
// giving back what it moved before.
TEST(AtomicSplit, LopsidedShares) {
  Rng rng(1);
  AtomicSplit split;
  for (int trial = 0; trial < 20000; ++trial) {
    const auto n = static_cast<std::size_t>(5 + rng.below(6));
    Class c(n);
    const double density = rng.uniform(0.2, 0.6);
    std::vector<double> base(n), load(n);
    for (std::size_t i = 0; i < n; ++i) load[i] = base[i] = rng.chance(0.3) ? rng.uniform(0, 1) : 0;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < i; ++j) {
        if (!rng.chance(density)) continue;
        c.join(i, j, static_cast<float>(std::exp(2 * rng.normal())));
        const double share = rng.chance(0.7) ? static_cast<double>(rng.below(2)) : rng.uniform();
        load[i] += share * c.w[i][j];
        load[j] += (1 - share) * c.w[i][j];
      }
    const double spread = trial % 2 == 0 ? 0.3 : 0.02;
    for (std::size_t i = 0; i < n; ++i) c.u[i] = std::max(1e-4, load[i] * (1 + spread * rng.normal()));
    double margin = 0;
    const bool earlier = partEntersEarlier(c, base, margin);
    if (margin < 1e-9) continue;
    const AlignedVector<float> pairs = c.pairs();
    const AlignedVector<double> degree = c.degrees();
    ASSERT_EQ(split.isAtomic({n, c.u, base, pairs.data(), degree}), !earlier)
        << trial << ", margin " << margin;
  }
  EXPECT_GT(split.counts().flows, 1000);
  EXPECT_GT(split.counts().splitByFlow, 500);
}

// A path of samples: shares are forced one after the other, so that x spreads over the whole path and only
// the flow can settle it.
TEST(AtomicSplit, AlongAPathLoadsAreForced) {
  constexpr std::size_t n = 40;
  Class c(n);
  for (std::size_t i = 0; i + 1 < n; ++i) c.join(i, i + 1, 1);
  // Loads 1 but for the last, 0: each holds its pair with the next, whole.
  c.u.assign(n, 1);
  c.u[n - 1] = 1e-9;
  std::vector<double> base(n, 0.0);
  AtomicSplit split;
  const AlignedVector<float> pairs = c.pairs();
  const AlignedVector<double> degree = c.degrees();
  base[0] = 1e-9;  // u / mu = load exactly: total u = total weight
  EXPECT_TRUE(split.isAtomic({n, c.u, base, pairs.data(), degree}));
  c.u[n - 1] = 2;  // now the others, together, have more than they need
  EXPECT_FALSE(split.isAtomic({n, c.u, base, pairs.data(), degree}));
  EXPECT_NE(split.order()[0], n - 1);
}

TEST(AtomicSplit, PartsWithoutPairsBetweenThem) {
  Class c(4);
  c.u = {1, 1, 2, 2};
  c.join(0, 1, 1);
  c.join(2, 3, 2);
  const std::vector<double> none(4, 0.0);
  AtomicSplit split;
  const AlignedVector<float> pairs = c.pairs();
  const AlignedVector<double> degree = c.degrees();
  EXPECT_TRUE(split.isAtomic({4, c.u, none, pairs.data(), degree}));  // both at mu 2
  c.u = {1, 1, 2, 2.001};
  EXPECT_FALSE(split.isAtomic({4, c.u, none, pairs.data(), degree}));
  EXPECT_LT(split.order()[0], 2U);
}

}  // namespace
}  // namespace discern::selection
