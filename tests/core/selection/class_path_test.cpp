// The exact path of one identity against every set there is, and against cases solved by hand.
#include "core/selection/class_path.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "core/selection/selection.h"
#include "tests/core/selection/brute.h"

namespace discern::selection {
namespace {

using brute::Class;
using brute::Sets;
constexpr double kNever = std::numeric_limits<double>::infinity();

std::vector<double> entersOf(const Class& c, ClassPath& path) {
  std::vector<double> enters(c.size(), -1);
  const AlignedVector<float> pairs = c.pairs();
  path.compute(c.u, pairs.data(), enters);
  return enters;
}
std::vector<double> entersOf(const Class& c) {
  ClassPath path;
  return entersOf(c, path);
}

std::uint32_t keptAt(const std::vector<double>& enters, double mu) {
  std::uint32_t set = 0;
  for (std::size_t i = 0; i < enters.size(); ++i)
    if (isKept(enters[i], -mu)) set |= 1U << i;
  return set;
}

TEST(ClassPath, EqualsEverySetTriedUpToFourteenImages) {
  Rng rng(1);
  ClassPath path;
  int breakpoints = 0, compared = 0;
  for (std::size_t n = 1; n <= 14; ++n)
    for (const brute::Kind kind : brute::kKinds)
      for (int trial = 0; trial < 25; ++trial) {
        const Class c = brute::randomClass(rng, n, kind);
        const Sets sets(c);
        const std::vector<double> enters = entersOf(c, path);
        // Random lambdas, and one between and just beside all that were found.
        std::vector<double> found(enters);
        std::erase_if(found, [](double e) { return std::isinf(e); });
        std::ranges::sort(found);
        found.erase(std::unique(found.begin(), found.end()), found.end());
        breakpoints += static_cast<int>(found.size());
        std::vector<double> mus = {0};
        for (int k = 0; k < 4; ++k) mus.push_back(std::exp(rng.uniform(-6, 6)));
        for (std::size_t k = 0; k < found.size(); ++k) {
          mus.push_back(found[k] * (1 - 1e-7));
          mus.push_back(found[k] * (1 + 1e-7));
          mus.push_back((found[k] + (k + 1 < found.size() ? found[k + 1] : 2 * found[k])) / 2);
        }
        for (const double mu : mus) {
          const std::uint32_t kept = keptAt(enters, mu);
          ASSERT_LE(sets.energy(kept, mu), sets.least(mu) + 1e-12 * (sets.u[kept] + mu * sets.weight[kept]))
              << n << " images, mu " << mu;
          ASSERT_EQ(kept, sets.smallest(mu, 0)) << n << " images, mu " << mu;
          ++compared;
        }
      }
  EXPECT_GT(breakpoints, 3000);
  EXPECT_GT(compared, 10000);
  // The classes are uneven enough that first blocks were wrong and had to be split.
  EXPECT_GT(path.counts().bySweep + path.counts().splitByFlow, 20);
  EXPECT_GT(path.counts().byLaplacian, 500);
  EXPECT_GT(path.counts().byClipping, 100);
}

// Small whole numbers tie often; sets are compared at the very breakpoints, in whole numbers.
TEST(ClassPath, OfEquallyGoodSetsTheSmallestIsKept) {
  Rng rng(2);
  int ties = 0;
  for (int trial = 0; trial < 400; ++trial) {
    const auto n = static_cast<std::size_t>(2 + rng.below(8));
    Class c(n);
    for (double& u : c.u) u = static_cast<double>(rng.below(4));
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < i; ++j) c.join(i, j, static_cast<float>(rng.below(3)));
    const Sets sets(c);
    const std::vector<double> enters = entersOf(c);
    for (std::uint32_t with = 1; with < sets.u.size(); ++with) {
      if (sets.weight[with] == 0) continue;
      const double p = sets.u[with], q = sets.weight[with];  // mu = p / q; energies times q are whole
      double best = 0;
      auto smallest = static_cast<std::uint32_t>(sets.u.size() - 1);
      int equal = 0;
      for (std::uint32_t set = 0; set < sets.u.size(); ++set)
        best = std::min(best, sets.u[set] * q - p * sets.weight[set]);
      for (std::uint32_t set = 0; set < sets.u.size(); ++set)
        if (sets.u[set] * q - p * sets.weight[set] == best) {
          smallest &= set;
          ++equal;
        }
      ties += equal > 1 ? 1 : 0;
      ASSERT_EQ(keptAt(enters, p / q), smallest) << "trial " << trial << ", mu " << p << " / " << q;
    }
  }
  EXPECT_GT(ties, 1000);
}

TEST(ClassPath, ByHand) {
  // 0 and 1 pay 2 for 3/4; then 2 pays 3 for 1; then 3 pays 1 for 1/4.
  Class c(4);
  c.u = {1, 1, 3, 1};
  c.join(0, 1, 0.75F);
  c.join(0, 2, 0.5F);
  c.join(1, 2, 0.5F);
  c.join(0, 3, 0.25F);
  EXPECT_EQ(entersOf(c), (std::vector<double>{8.0 / 3, 8.0 / 3, 3, 4}));
  // With a cheaper 2 all three pay 3.75 for 1.75 together, less than any two of them.
  c.u = {1, 1, 1.75, 1};
  EXPECT_EQ(entersOf(c), (std::vector<double>{15.0 / 7, 15.0 / 7, 15.0 / 7, 4}));
}

TEST(ClassPath, OneAndTwoImages) {
  EXPECT_TRUE(entersOf(Class(0)).empty());
  Class one(1);
  one.u = {0.5};
  EXPECT_EQ(entersOf(one), std::vector<double>{kNever});
  one.u = {0};
  EXPECT_EQ(entersOf(one), std::vector<double>{kNever});
  Class two(2);
  two.u = {1, 2};
  two.join(0, 1, 0.5F);
  EXPECT_EQ(entersOf(two), (std::vector<double>{6, 6}));
  two.join(0, 1, 0);
  EXPECT_EQ(entersOf(two), (std::vector<double>{kNever, kNever}));
}

TEST(ClassPath, AllEqualWeightsEnterTogether) {
  for (const std::size_t n : {3, 17, 64, 150}) {
    Class c(n);
    c.u.assign(n, 3);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < i; ++j) c.join(i, j, 0.5F);
    EXPECT_EQ(entersOf(c), std::vector<double>(n, 3.0 / (0.5 * static_cast<double>(n - 1) / 2)));
  }
}

TEST(ClassPath, AllZeroWeightsNeverEnter) {
  Class c(20);
  c.u.assign(20, 3);
  c.u[4] = 0;
  EXPECT_EQ(entersOf(c), std::vector<double>(20, kNever));
}

TEST(ClassPath, SamplesThatCostNothing) {
  // 0 and 1 are free and alike: in from the start, and with them 2 is cheaper. 3 is free but like 4 alone,
  // and 5 like nobody.
  Class c(6);
  c.u = {0, 0, 2, 0, 6, 0};
  c.join(0, 1, 0.5F);
  c.join(0, 2, 0.5F);
  c.join(1, 2, 0.5F);
  c.join(3, 4, 0.75F);
  c.join(2, 4, 0.25F);
  EXPECT_EQ(entersOf(c), (std::vector<double>{0, 0, 2, 6, 6, kNever}));
}

// Peeling is known to be at its worst here: a bipartite graph of 3 and 20 (60 pairs for 23) is denser than
// cliques of 5 (10 for 5), but its samples have the fewest pairs and are taken away first.
TEST(ClassPath, RecoversWherePeelingIsWrong) {
  constexpr std::size_t few = 3, many = 20, cliques = 9;
  Class c(few + many + 5 * cliques);
  c.u.assign(c.size(), 1);
  for (std::size_t i = 0; i < few; ++i)
    for (std::size_t j = 0; j < many; ++j) c.join(i, few + j, 1);
  for (std::size_t k = 0; k < cliques; ++k)
    for (std::size_t i = 0; i < 5; ++i)
      for (std::size_t j = 0; j < i; ++j) c.join(few + many + 5 * k + i, few + many + 5 * k + j, 1);
  ClassPath path;
  const std::vector<double> enters = entersOf(c, path);
  for (std::size_t i = 0; i < c.size(); ++i) EXPECT_EQ(enters[i], i < few + many ? 23.0 / 60 : 0.5) << i;
  EXPECT_GT(path.counts().bySweep + path.counts().splitByFlow, 0);
}

// Two faces of one person: each cluster enters for itself.
TEST(ClassPath, ClustersEnterOneAfterTheOther) {
  constexpr std::size_t n = 60;
  Class c(n);
  Rng rng(4);
  for (std::size_t i = 0; i < n; ++i) c.u[i] = i < n / 2 ? 1.0 : 1.5;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j)
      c.join(i, j, (i < n / 2) == (j < n / 2) ? static_cast<float>(rng.uniform(0.74, 0.76)) : 0.01F);
  const std::vector<double> enters = entersOf(c);
  EXPECT_GT(enters[n / 2], 1.2 * enters[0]);
  for (std::size_t i = 0; i < n; ++i) EXPECT_EQ(enters[i], enters[i < n / 2 ? 0 : n / 2]) << i;
}

// Renumbering the samples permutes the path.
TEST(ClassPath, DoesNotDependOnTheOrderOfTheSamples) {
  Rng rng(5);
  for (const brute::Kind kind : brute::kKinds) {
    const Class c = brute::randomClass(rng, 70, kind);
    std::vector<std::size_t> order(70);
    std::iota(order.begin(), order.end(), 0);
    rng.shuffle(order);
    Class other(70);
    for (std::size_t i = 0; i < 70; ++i) {
      other.u[i] = c.u[order[i]];
      for (std::size_t j = 0; j < 70; ++j) other.w[i][j] = c.w[order[i]][order[j]];
    }
    const std::vector<double> a = entersOf(c), b = entersOf(other);
    for (std::size_t i = 0; i < 70; ++i) {
      if (std::isinf(a[order[i]])) {
        EXPECT_TRUE(std::isinf(b[i]));
      } else {
        EXPECT_NEAR(b[i], a[order[i]], 1e-11 * a[order[i]]);
      }
    }
  }
}

}  // namespace
}  // namespace discern::selection
