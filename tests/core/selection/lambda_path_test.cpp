// The path of a whole data set: who takes part, what is counted, threads, cancelling, nesting.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/selection/selection.h"
#include "tests/core/selection/brute.h"
#include "tests/core/selection/faces.h"

namespace discern::selection {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

LambdaPath pathOf(const RandomFaces& faces, int threads = 0) {
  Progress progress;
  return lambdaPath(faces.input(), {threads}, progress);
}

// Rows of 16 numbers are multiplied where they are, others are copied: `dims` zeros more change nothing else.
RandomFaces made(std::vector<std::vector<float>> rows, std::vector<int> identity, std::vector<float> others,
                 std::size_t dims = 0) {
  RandomFaces faces;
  faces.features = data::Matrix(static_cast<std::int64_t>(rows.size()),
                                static_cast<std::int64_t>(std::max(dims, rows[0].size())));
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::ranges::copy(rows[i], faces.features.row(static_cast<std::int64_t>(i)).begin());
  faces.identity = std::move(identity);
  faces.others = std::move(others);
  faces.identities = 1 + *std::ranges::max_element(faces.identity);
  return faces;
}

TEST(LambdaPath, EqualsEverySetTriedFromTheFeaturesOn) {
  Rng rng(1);
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto n = static_cast<int>(2 + rng.below(13));
    const RandomFaces faces = randomFaces(seed, {n, 3}, seed % 2 == 0 ? 5 : 16);
    const LambdaPath path = pathOf(faces);
    std::vector<std::int64_t> members;
    for (std::int64_t i = 0; i < faces.features.rows; ++i)
      if (faces.identity[i] == 0) members.push_back(i);
    brute::Class c(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
      c.u[i] = faces.others[members[i]];
      for (std::size_t j = 0; j < i; ++j)
        c.join(i, j,
               static_cast<float>(std::max(
                   0.0, data::cosine(faces.features.row(members[i]), faces.features.row(members[j])))));
    }
    const brute::Sets sets(c);
    for (int k = 0; k < 20; ++k) {
      const double mu = std::exp(rng.uniform(0, 6));
      std::uint32_t kept = 0;
      for (std::size_t i = 0; i < members.size(); ++i)
        kept |= isKept(path.enters[members[i]], -mu) ? 1U << i : 0;
      ASSERT_LE(sets.energy(kept, mu), sets.least(mu) + 1e-5 * mu) << seed << ", mu " << mu;
    }
  }
}

TEST(LambdaPath, WhoTakesPart) {
  // Identity 0: two alike, one with NaN, one whose u is unknown, one of no length. 1: alone. 2: two at right
  // angles. 3: nobody. 4: two, of which one is NaN. Last: belongs to nobody.
  for (const std::size_t dims : {2, 16}) {
    const RandomFaces faces =
        made({{1, 0},
              {2, 0},
              {kNan, 1},
              {1, 0},
              {0, 0},
              {1, 1},
              {1, 0},
              {0, 3},
              {1, 0},
              {std::numeric_limits<float>::infinity(), 0},
              {1, 0}},
             {0, 0, 0, 0, 0, 1, 2, 2, 4, 4, -1}, {1, 2, 1, kNan, 1, 1, 1, 1, 1, 1, 1}, dims);
    const LambdaPath path = pathOf(faces);
    const std::vector<double> expected = {3,      3,      kNan,   kNan, kNever, kNever,
                                          kNever, kNever, kNever, kNan, kNan};
    ASSERT_EQ(path.enters.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (std::isnan(expected[i])) {
        EXPECT_TRUE(std::isnan(path.enters[i])) << i;
      } else {
        EXPECT_EQ(path.enters[i], expected[i]) << i;
      }
      EXPECT_EQ(isKept(path.enters[i], -1e6), i < 2) << i;
    }
    EXPECT_EQ(path.pairs, 3 + 0 + 1 + 0);  // 0, 1 and 4 of identity 0; the two of identity 2
    EXPECT_EQ(path.clampedPairs, 0);
  }
}

TEST(LambdaPath, NegativeCosinesAreClampedAndCounted) {
  const RandomFaces faces =
      made({{1, 0}, {1, 0}, {-1, 0}, {-1, 0.5F}, {0, 1}}, {0, 0, 0, 0, 0}, {1, 1, 1, 1, 1});
  const LambdaPath path = pathOf(faces);
  EXPECT_EQ(path.pairs, 10);
  EXPECT_EQ(path.clampedPairs, 4);
  EXPECT_EQ(path.enters[0], 2);  // with each other alone
  EXPECT_EQ(path.enters[1], 2);
  EXPECT_GT(path.enters[2], 2);
  EXPECT_LT(path.enters[2], 3);
}

TEST(LambdaPath, LengthsDoNotMatter) {
  for (const int dims : {6, 32}) {
    RandomFaces faces = randomFaces(3, {9, 14, 20}, dims);
    const LambdaPath before = pathOf(faces);
    Rng rng(2);
    for (std::int64_t i = 0; i < faces.features.rows; ++i) {
      // Among them lengths just within what is multiplied as it is, and just beyond.
      const float scales[] = {1e-33F, 1e30F, 1.0F, 3e-15F, 3e14F, 1e-16F, 1e16F};
      for (float& v : faces.features.row(i)) v *= scales[i % 7];
    }
    const LambdaPath after = pathOf(faces);
    for (std::size_t i = 0; i < before.enters.size(); ++i) {
      ASSERT_FALSE(std::isinf(before.enters[i])) << i;
      EXPECT_NEAR(after.enters[i], before.enters[i], 1e-4 * before.enters[i]);
    }
  }
}

TEST(LambdaPath, UsThatAreZero) {
  const RandomFaces faces = made({{1, 0}, {1, 0}, {1, 0}}, {0, 0, 0}, {0, 0, 4});
  const LambdaPath path = pathOf(faces);
  EXPECT_EQ(path.enters, (std::vector<double>{0, 0, 2}));
  EXPECT_FALSE(isKept(path.enters[0], 0));
  EXPECT_FALSE(isKept(path.enters[0], -0.0));
  EXPECT_TRUE(isKept(path.enters[0], -1e-300));
}

TEST(LambdaPath, SelectionsNest) {
  const RandomFaces faces = randomFaces(4, {12, 30, 60, 5}, 4);
  std::vector<unsigned char> before(faces.identity.size());
  std::int64_t grown = 0;
  for (double lambda = -1; lambda > -2000; lambda *= 1.3) {
    const std::vector<unsigned char> kept = cutAt(faces.input(), lambda).kept;
    for (std::size_t i = 0; i < kept.size(); ++i) ASSERT_GE(kept[i], before[i]) << i << " at " << lambda;
    grown += std::ranges::count(kept, 1) > std::ranges::count(before, 1) ? 1 : 0;
    before = kept;
  }
  EXPECT_GT(grown, 5);
}

TEST(LambdaPath, DoesNotDependOnTheNumberOfThreads) {
  std::vector<int> sizes;
  for (int c = 0; c < 90; ++c) sizes.push_back(1 + c * 7 % 61);
  const RandomFaces faces = randomFaces(5, sizes, 6);
  const LambdaPath one = pathOf(faces, 1);
  setThreadCount(4);
  for (const int threads : {2, 4, 0}) {
    const LambdaPath several = pathOf(faces, threads);
    ASSERT_EQ(std::memcmp(one.enters.data(), several.enters.data(), one.enters.size() * sizeof(double)), 0);
    EXPECT_EQ(one.pairs, several.pairs);
    EXPECT_EQ(one.clampedPairs, several.clampedPairs);
  }
  setThreadCount(0);
  EXPECT_GT(one.clampedPairs, 0);
  EXPECT_GT(one.pairs, one.clampedPairs);
}

TEST(LambdaPath, AdvancesByIdentitiesAndCanBeCancelled) {
  const RandomFaces faces = randomFaces(6, std::vector<int>(50, 8), 4);
  std::stop_source stop;
  std::int64_t total = 0, done = 0;
  Progress whole([&](const ProgressEvent& event) {
    total = event.total;
    done = event.done;
  });
  lambdaPath(faces.input(), {1}, whole);
  EXPECT_EQ(total, 50);
  EXPECT_EQ(done, 50);
  Progress progress([&](const ProgressEvent&) { stop.request_stop(); }, stop.get_token());
  EXPECT_THROW(lambdaPath(faces.input(), {2}, progress), Cancelled);
}

TEST(LambdaPath, BadInputIsNamed) {
  const auto broken = [](const auto& change, const char* word) {
    RandomFaces faces = randomFaces(7, {4, 4}, 3);
    change(faces);
    try {
      pathOf(faces);
      ADD_FAILURE() << "nothing was said about " << word;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(word), std::string::npos) << error.what();
    }
  };
  broken([](RandomFaces& f) { f.identity.pop_back(); }, "identity labels");
  broken([](RandomFaces& f) { f.others.pop_back(); }, "(u)");
  broken([](RandomFaces& f) { f.identity[2] = 2; }, "sample 2");
  broken([](RandomFaces& f) { f.others[3] = -0.5F; }, "sample 3");
  broken([](RandomFaces& f) { f.others[3] = std::numeric_limits<float>::infinity(); }, "inf");
}

TEST(LambdaPath, AnEmptySetIsFine) {
  Progress progress;
  const LambdaPath path = lambdaPath({}, {}, progress);
  EXPECT_TRUE(path.enters.empty());
  EXPECT_EQ(path.pairs, 0);
}

TEST(CountCurve, CountsWhatIsKeptBeyondEachBreakpoint) {
  const std::vector<double> enters = {3, kNever, 1, 3, kNan, 0, 1, 7};
  const CountCurve curve = countCurve(enters);
  EXPECT_EQ(curve.lambda, (std::vector<double>{0, -1, -3, -7}));
  EXPECT_EQ(curve.kept, (std::vector<std::int64_t>{1, 3, 5, 6}));
  EXPECT_FALSE(std::signbit(curve.lambda[0]));
  for (std::size_t k = 0; k < curve.lambda.size(); ++k) {
    const double beyond = curve.lambda[k] - 1e-9;
    EXPECT_EQ(std::ranges::count_if(enters, [&](double e) { return isKept(e, beyond); }), curve.kept[k]);
  }
  EXPECT_TRUE(countCurve({}).lambda.empty());
}

}  // namespace
}  // namespace discern::selection
