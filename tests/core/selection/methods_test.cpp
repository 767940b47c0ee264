// The ways to select that are rivals of the cut: what each promises, by brute force.
#include "core/selection/methods.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <ranges>
#include <set>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "tests/core/selection/faces.h"

namespace discern::selection {
namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();

LambdaPath found(const RandomFaces& faces, const std::string& method, std::uint64_t seed = 1,
                 std::span<const float> scores = {}) {
  Progress progress;
  return methods().find(method).find({faces.input(), 0, seed, scores}, progress);
}

// The faces in the order in which they are kept.
std::vector<int> orderOf(const LambdaPath& path) {
  std::vector<int> order;
  for (std::size_t i = 0; i < path.enters.size(); ++i)
    if (!std::isnan(path.enters[i])) order.push_back(static_cast<int>(i));
  std::ranges::sort(order, {}, [&](int i) { return path.enters[static_cast<std::size_t>(i)]; });
  return order;
}

double likeness(const RandomFaces& faces, int a, int b) {
  return a == b ? 1 : std::max(0.0, data::cosine(faces.features.row(a), faces.features.row(b)));
}

bool sameIdentity(const RandomFaces& faces, int a, int b) {
  return faces.identity[static_cast<std::size_t>(a)] == faces.identity[static_cast<std::size_t>(b)];
}

double distanceOf(const RandomFaces& faces, int a, int b) {
  return sameIdentity(faces, a, b) ? std::sqrt(std::max(0.0, 2 - 2 * likeness(faces, a, b))) : kFar;
}

double radius(const RandomFaces& faces, const std::vector<int>& centers) {
  double largest = 0;
  for (int i = 0; i < faces.features.rows; ++i) {
    double nearest = kFar;
    for (const int c : centers) nearest = std::min(nearest, distanceOf(faces, i, c));
    largest = std::max(largest, nearest);
  }
  return largest;
}

double coverage(const RandomFaces& faces, const std::vector<int>& kept) {
  double sum = 0;
  for (int i = 0; i < faces.features.rows; ++i) {
    double best = 0;
    for (const int k : kept)
      if (sameIdentity(faces, i, k)) best = std::max(best, likeness(faces, i, k));
    sum += best;
  }
  return sum;
}

TEST(Methods, EveryRivalPutsEachFaceThatTakesPartAtAPlaceOfItsOwn) {
  RandomFaces faces = randomFaces(3, {7, 1, 12, 4}, 6);
  faces.identity[5] = -1;
  faces.others[9] = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> scores(faces.others.size(), 0.5F);
  for (const MethodInfo& method : methods()) {
    EXPECT_EQ(isOrder(method.name), method.sets == MethodInfo::Sets::Order) << method.name;
    if (!isOrder(method.name)) continue;
    const auto path = found(faces, method.name, 1, scores);
    std::set<double> places;
    for (std::size_t i = 0; i < path.enters.size(); ++i) {
      EXPECT_EQ(std::isnan(path.enters[i]), i == 5 || i == 9) << method.name << ' ' << i;
      if (i != 5 && i != 9) places.insert(path.enters[i]);
    }
    EXPECT_EQ(places.size(), 22U) << method.name;
    EXPECT_EQ(*places.begin(), 0) << method.name;
    EXPECT_EQ(*places.rbegin(), 21) << method.name;
    for (const int k : {0, 1, 10, 22})  // as many at a share whichever the method
      EXPECT_EQ(std::ranges::count_if(path.enters, [&](double e) { return isKept(e, -k); }), k)
          << method.name;
  }
  EXPECT_FALSE(isOrder("of another version"));
}

TEST(Methods, RandomFollowsItsSeedAndIsEven) {
  const RandomFaces faces = randomFaces(4, {10, 10}, 5);
  EXPECT_EQ(found(faces, "random", 7).enters, found(faces, "random", 7).enters);
  EXPECT_NE(found(faces, "random", 7).enters, found(faces, "random", 8).enters);
  std::vector<int> kept(20, 0);
  constexpr int kDraws = 2000;
  for (std::uint64_t seed = 0; seed < kDraws; ++seed)
    for (const int i : orderOf(found(faces, "random", seed)) | std::views::take(5))
      ++kept[static_cast<std::size_t>(i)];
  for (const int count : kept)  // 500 expected, deviation 19
    EXPECT_NEAR(count, 0.25 * kDraws, 100);
}

TEST(Methods, LowestDscoresGoFirstAndThoseWithoutOneBeforeThem) {
  const RandomFaces faces = randomFaces(5, {4, 2}, 5);
  const float none = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> scores = {0.3F, none, 0.9F, 0.3F, 0.1F, 0.7F};
  EXPECT_EQ(orderOf(found(faces, "lowest-dscore-first", 1, scores)), (std::vector<int>{2, 5, 0, 3, 4, 1}));
  EXPECT_THROW(found(faces, "lowest-dscore-first", 1, std::span(scores).first(5)), Error);
}

// Every set of as many centres, tried.
TEST(Methods, KCenterIsWithinTwiceTheBestRadius) {
  int atOptimum = 0, beyond = 0;
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    const RandomFaces faces = randomFaces(seed, {6, 3, 2}, 4);
    const auto order = orderOf(found(faces, "k-center"));
    const int n = static_cast<int>(order.size());
    std::vector<double> best(static_cast<std::size_t>(n) + 1, kFar);
    for (std::uint32_t set = 1; set < 1U << n; ++set) {
      std::vector<int> centers;
      for (int i = 0; i < n; ++i)
        if ((set >> i & 1U) != 0) centers.push_back(i);
      double& least = best[centers.size()];
      least = std::min(least, radius(faces, centers));
    }
    for (std::size_t k = 1; k <= order.size(); ++k) {
      const double own = radius(faces, {order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k)});
      EXPECT_EQ(std::isinf(own), k < 3) << seed << ' ' << k;  // every identity has one before any has two
      if (k < 3) continue;
      EXPECT_LE(own, 2 * best[k] + 1e-3) << seed << ' ' << k;
      ++(own <= best[k] + 1e-3 ? atOptimum : beyond);
    }
  }
  EXPECT_GT(atOptimum, 0);
  EXPECT_GT(beyond, 0);  // the bound was needed
}

TEST(Methods, KCenterTakesTheFarthestFaceNext) {
  const RandomFaces faces = randomFaces(31, {9, 15, 5}, 8);
  const auto order = orderOf(found(faces, "k-center"));
  for (std::size_t k = 3; k < order.size(); ++k) {
    const std::vector<int> kept(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k));
    double nearest = kFar;
    for (const int c : kept) nearest = std::min(nearest, distanceOf(faces, order[k], c));
    EXPECT_NEAR(nearest, radius(faces, kept), 1e-3) << k;
  }
}

TEST(Methods, FacilityLocationTakesTheLargestGainOfAllIdentitiesAtEachStep) {
  for (const auto& [seed, dims] : {std::pair(1, 5), {2, 16}, {3, 8}}) {
    const RandomFaces faces = randomFaces(static_cast<std::uint64_t>(seed), {9, 14, 1, 5}, dims);
    const auto order = orderOf(found(faces, "facility-location"));
    std::vector<int> kept;
    for (std::size_t k = 0; k < order.size(); ++k) {
      const double before = coverage(faces, kept);
      double best = 0;
      for (std::size_t other = k; other < order.size(); ++other) {
        kept.push_back(order[other]);
        best = std::max(best, coverage(faces, kept) - before);
        kept.pop_back();
      }
      kept.push_back(order[k]);
      EXPECT_NEAR(coverage(faces, kept) - before, best, 1e-4) << seed << ' ' << k;
    }
    EXPECT_NEAR(coverage(faces, kept), static_cast<double>(order.size()), 1e-4);
  }
}

TEST(Methods, FacilityLocationIsWithin63PerCentOfTheBestSet) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const RandomFaces faces = randomFaces(seed, {7, 4}, 4);
    const auto order = orderOf(found(faces, "facility-location"));
    std::vector<double> best(order.size() + 1, 0);
    for (std::uint32_t set = 1; set < 1U << order.size(); ++set) {
      std::vector<int> kept;
      for (int i = 0; i < static_cast<int>(order.size()); ++i)
        if ((set >> i & 1U) != 0) kept.push_back(i);
      best[kept.size()] = std::max(best[kept.size()], coverage(faces, kept));
    }
    for (std::size_t k = 1; k <= order.size(); ++k)
      EXPECT_GE(coverage(faces, {order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k)}),
                (1 - std::exp(-1)) * best[k] - 1e-4)
          << seed << ' ' << k;
  }
}

TEST(Methods, OrdersDoNotDependOnThreadsAndStopWhenAsked) {
  const RandomFaces faces = randomFaces(8, std::vector<int>(60, 9), 12);
  for (const char* method : {"k-center", "facility-location"}) {
    setThreadCount(1);
    const auto alone = found(faces, method).enters;
    setThreadCount(4);
    EXPECT_EQ(found(faces, method).enters, alone) << method;
    setThreadCount(0);
    std::stop_source stop;
    Progress progress({}, stop.get_token());
    stop.request_stop();
    EXPECT_THROW(methods().find(method).find({faces.input(), 0, 1, {}}, progress), Cancelled) << method;
  }
}

}  // namespace
}  // namespace discern::selection
