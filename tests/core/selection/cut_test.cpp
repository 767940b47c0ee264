// The reference cut itself, and the path against it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/selection/selection.h"
#include "core/selection/whole_graph.h"
#include "tests/core/selection/brute.h"
#include "tests/core/selection/faces.h"

namespace discern::selection {
namespace {

std::vector<double> entersOf(const SelectionInput& input) {
  Progress progress;
  return lambdaPath(input, {}, progress).enters;
}

std::vector<unsigned char> keptAt(std::span<const double> enters, double lambda) {
  std::vector<unsigned char> kept;
  for (const double e : enters) kept.push_back(isKept(e, lambda) ? 1 : 0);
  return kept;
}

// At lambdas spread over the breakpoints: equal energies, and equal sets but for faces whose breakpoint the
// lambda hits to nine digits.
void expectPathEqualsCut(const RandomFaces& faces, int lambdas) {
  const SelectionInput input = faces.input();
  const std::vector<double> enters = entersOf(input);
  std::vector<double> sorted(enters);
  std::erase_if(sorted, [](double e) { return !std::isfinite(e); });
  std::ranges::sort(sorted);
  ASSERT_GT(sorted.size(), 10U);
  const WholeGraph graph(input);
  Rng rng(9);
  std::size_t between = 0, ties = 0;
  for (int k = 0; k < lambdas; ++k) {
    const auto at = static_cast<std::size_t>(rng.below(static_cast<std::int64_t>(sorted.size())));
    const double lambda = -sorted[at] * rng.uniform(0.9, 1.1);
    const std::vector<unsigned char> cut = graph.cut(lambda), path = keptAt(enters, lambda);
    for (std::size_t i = 0; i < cut.size(); ++i) {
      if (std::isfinite(enters[i]) && std::abs(enters[i] + lambda) <= 1e-9 * enters[i]) {
        ++ties;
      } else {
        ASSERT_EQ(path[i], cut[i]) << "face " << i << ", lambda " << lambda << ", enters " << enters[i];
      }
    }
    const double energy = energyOf(input, cut, lambda);
    ASSERT_NEAR(energyOf(input, path, lambda), energy, 1e-9 * std::abs(energy));
    ASSERT_LE(energy, 0);
    const auto kept = std::ranges::count(cut, 1);
    between += kept > 0 && kept < static_cast<std::int64_t>(cut.size()) ? 1 : 0;
  }
  EXPECT_GT(between, static_cast<std::size_t>(lambdas) / 2);
  EXPECT_LT(ties, 10U);
}

TEST(Cut, ThePathEqualsItForHundredsOfClasses) {
  for (const int dims : {2, 4, 8, 40}) {
    std::vector<int> sizes;
    Rng rng(static_cast<std::uint64_t>(dims));
    for (int c = 0; c < 120; ++c) sizes.push_back(static_cast<int>(1 + rng.below(40)));
    expectPathEqualsCut(randomFaces(static_cast<std::uint64_t>(100 + dims), sizes, dims), 25);
  }
}

TEST(Cut, ThePathEqualsItForLargeClasses) {
  for (const int dims : {2, 3, 6, 60})
    expectPathEqualsCut(randomFaces(static_cast<std::uint64_t>(dims), {50, 75, 100, 131, 160, 200}, dims),
                        30);
}

TEST(Cut, IsTheLeastEnergyOfAllSets) {
  Rng rng(11);
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto n = static_cast<int>(1 + rng.below(12));
    const RandomFaces faces = randomFaces(seed, {n}, 3);
    brute::Class c(static_cast<std::size_t>(n));
    for (int i = 0; i < n; ++i) {
      c.u[i] = faces.others[i];
      for (int j = 0; j < i; ++j)
        c.join(i, j,
               static_cast<float>(std::max(0.0, data::cosine(faces.features.row(i), faces.features.row(j)))));
    }
    const brute::Sets sets(c);
    const double lambda = -std::exp(rng.uniform(0, 5));
    const Cut cut = cutAt(faces.input(), lambda);
    const double least = sets.least(-lambda);
    EXPECT_NEAR(cut.energy, least, 1e-5 * (1 + std::abs(least)));
    std::uint32_t set = 0;
    for (int i = 0; i < n; ++i) set |= cut.kept[i] != 0 ? 1U << i : 0;
    EXPECT_NEAR(sets.energy(set, -lambda), least, 1e-5 * (1 + std::abs(least)));
  }
}

// Lengths of 2 and products of 0 and 2: all cosines are 0 or 1/2, exactly.
RandomFaces exactFaces(std::vector<float> others) {
  RandomFaces faces;
  faces.features = data::Matrix(4, 4);
  faces.features.values = {1, 1, 1, 1, 1, 1, 1, -1, 2, 0, 0, 0, 1, 1, -1, -1};
  faces.identity = {0, 0, 0, 0};
  faces.identities = 1;
  faces.others = std::move(others);
  return faces;
}

TEST(Cut, ExactlyByHand) {
  // Pairs 01, 02, 12, 13, 23 weigh 1/2, 03 nothing. 0, 1 and 2 pay 3 for 3/2, then 3 pays 3 for 1.
  const RandomFaces faces = exactFaces({1, 1, 1, 3});
  EXPECT_EQ(entersOf(faces.input()), (std::vector<double>{2, 2, 2, 3}));
  const std::vector<unsigned char> none(4, 0), three = {1, 1, 1, 0}, all(4, 1);
  // At the breakpoints themselves two sets are equally good and the smaller is kept.
  const struct {
    double lambda, energy;
    const std::vector<unsigned char>& kept;
  } expected[] = {{0, 0, none},      {-1.5, 0, none},           {-2, 0, none}, {-2.5, 3 - 2.5 * 1.5, three},
                  {-3, -1.5, three}, {-3.5, 6 - 3.5 * 2.5, all}};
  for (const auto& [lambda, energy, kept] : expected) {
    const Cut cut = cutAt(faces.input(), lambda);
    EXPECT_EQ(cut.kept, kept) << lambda;
    EXPECT_EQ(cut.energy, energy) << lambda;
    EXPECT_EQ(keptAt(entersOf(faces.input()), lambda), kept) << lambda;
  }
}

TEST(Cut, CountsPairsAndWhatNoLambdaKeepsAsThePathDoes) {
  RandomFaces faces = exactFaces({1, 1, 1, 3});
  std::ranges::copy(std::vector<float>{-1, -1, -1, 1}, faces.features.values.begin() + 12);  // of the last
  Progress progress;
  const auto path = lambdaPath(faces.input(), {}, progress);
  ASSERT_EQ(std::ranges::count(path.enters, HUGE_VAL), 1);  // it is like none of them
  for (const double lambda : {0.0, -2.5, -100.0}) {
    const Cut cut = cutAt(faces.input(), lambda);
    EXPECT_EQ(cut.pairs, 6);
    EXPECT_EQ(cut.clampedPairs, path.clampedPairs) << lambda;
    EXPECT_GT(cut.clampedPairs, 0);
    EXPECT_EQ(cut.neverKept, 1) << lambda;
  }
}

TEST(Cut, AnExactTieOfThreeSetsKeepsTheSmallest) {
  // Now 3 pays 2 for 1: at lambda -2 nothing, the first three and all are equally good.
  const RandomFaces faces = exactFaces({1, 1, 1, 2});
  EXPECT_EQ(entersOf(faces.input()), (std::vector<double>{2, 2, 2, 2}));
  EXPECT_EQ(cutAt(faces.input(), -2).kept, std::vector<unsigned char>(4, 0));
  EXPECT_EQ(cutAt(faces.input(), -2.25).kept, std::vector<unsigned char>(4, 1));
}

TEST(Cut, FacesThatTakeNoPartAreNotKept) {
  RandomFaces faces = exactFaces({1, 1, 1, 3});
  faces.features.values[0] = std::numeric_limits<float>::quiet_NaN();
  faces.identity[3] = -1;
  EXPECT_EQ(cutAt(faces.input(), -100).kept, (std::vector<unsigned char>{0, 1, 1, 0}));
}

TEST(Cut, BadInputIsNamed) {
  const RandomFaces faces = exactFaces({1, 1, 1, 3});
  const double nan = std::numeric_limits<double>::quiet_NaN(),
               infinity = std::numeric_limits<double>::infinity();
  for (const double lambda : {1e-9, 1.0, nan, infinity, -infinity}) {
    EXPECT_THROW(cutAt(faces.input(), lambda), Error) << lambda;
    EXPECT_THROW(energyOf(faces.input(), std::vector<unsigned char>(4), lambda), Error) << lambda;
  }
  EXPECT_THROW(energyOf(faces.input(), std::vector<unsigned char>(3), -1), Error);
  try {
    cutAt(faces.input(), 2);
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("lambda is 2"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace discern::selection
