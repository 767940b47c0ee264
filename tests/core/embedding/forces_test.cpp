#include <gtest/gtest.h>

#include <cmath>

#include "core/embedding/attraction.h"
#include "core/embedding/repulsion.h"
#include "tests/core/embedding/clouds.h"

namespace discern::embedding {
namespace {

data::Matrix randomMap(std::int64_t n, double spread, std::uint64_t seed) {
  Rng rng(seed);
  data::Matrix map(n, 2);
  for (float& value : map.values) value = static_cast<float>(spread * rng.normal());
  return map;
}

// All sums in double, pair by pair.
struct Brute {
  std::vector<double> fx, fy;
  double z = 0;

  explicit Brute(const data::Matrix& map) : fx(map.rows), fy(map.rows) {
    for (std::int64_t i = 0; i < map.rows; ++i)
      for (std::int64_t j = 0; j < map.rows; ++j) {
        if (i == j) continue;
        const double dx = static_cast<double>(map.values[2 * i]) - map.values[2 * j];
        const double dy = static_cast<double>(map.values[2 * i + 1]) - map.values[2 * j + 1];
        const double q = 1 / (1 + dx * dx + dy * dy);
        z += q;
        fx[i] += q * q * dx;
        fy[i] += q * q * dy;
      }
  }
};

struct Error2 {
  double z, force;  // relative; of the force, largest error over root mean square
};

Error2 errorOf(Repulsion& repulsion, const data::Matrix& map) {
  const Brute brute(map);
  Plane force(map.rows);
  const double z = repulsion.compute(Layout(map), force);
  double most = 0, square = 0;
  for (std::int64_t i = 0; i < map.rows; ++i) {
    most = std::max(most, std::hypot(force.x[i] - brute.fx[i], force.y[i] - brute.fy[i]));
    square += brute.fx[i] * brute.fx[i] + brute.fy[i] * brute.fy[i];
  }
  return {std::abs(z / brute.z - 1), most / std::sqrt(square / static_cast<double>(map.rows))};
}

TEST(ExactRepulsionTest, equalsAllPairs) {
  Team team(2);
  // Around the sizes of lanes, groups of rows and blocks, and several blocks.
  for (const std::int64_t n : {4, 5, 15, 16, 17, 63, 64, 65, 127, 130, 1000, 2049}) {
    const auto repulsion = exactRepulsion(n, team);
    for (const double spread : {1e-4, 1.0, 30.0}) {
      const Error2 error = errorOf(*repulsion, randomMap(n, spread, n));
      EXPECT_LT(error.z, 1e-6) << n << " " << spread;
      EXPECT_LT(error.force, 2e-5) << n << " " << spread;
    }
  }
}

TEST(InterpolatedRepulsionTest, nearAllPairs) {
  Team team(2);
  const auto repulsion = interpolatedRepulsion(3000, team);
  // The same object as the map grows, moves and shrinks: its grid must follow.
  for (const double spread : {1e-4, 0.5, 10.0, 11.0, 30.0, 2.0}) {
    data::Matrix map = randomMap(3000, spread, 5);
    if (spread == 11)
      for (float& value : map.values) value += 500;
    const Error2 error = errorOf(*repulsion, map);
    EXPECT_LT(error.z, 1e-4) << spread;
    // At 30 the forces come from few near pairs each.
    EXPECT_LT(error.force, spread == 30 ? 0.02 : 0.005) << spread;
  }
}

TEST(InterpolatedRepulsionTest, onePlaceForAll) {
  Team team(1);
  const auto repulsion = interpolatedRepulsion(50, team);
  Plane force(50);
  const double z = repulsion->compute(Layout(data::Matrix(50, 2, 3.0F)), force);
  EXPECT_NEAR(z, 50 * 49, 0.01);
  for (std::int64_t i = 0; i < 50; ++i) EXPECT_NEAR(force.x[i], 0, 1e-4);
}

// The divergence in double, from the stored P and all pairs of the map.
double divergence(const Affinities& p, const std::vector<double>& y) {
  double z = 0, sum = 0;
  const auto q = [&](std::int64_t i, std::int64_t j) {
    const double dx = y[2 * i] - y[2 * j], dy = y[2 * i + 1] - y[2 * j + 1];
    return 1 / (1 + dx * dx + dy * dy);
  };
  for (std::int64_t i = 0; i < p.points; ++i)
    for (std::int64_t j = 0; j < p.points; ++j)
      if (i != j) z += q(i, j);
  for (std::int64_t i = 0; i < p.points; ++i)
    for (std::int64_t e = p.rowStart[i]; e < p.rowStart[i + 1]; ++e)
      if (p.p[e] > 0) sum += p.p[e] * std::log(p.p[e] / (q(i, p.column[e]) / z));
  return sum;
}

// 4 (attraction - repulsion / Z) against central differences of the divergence.
void expectGradient(Repulsion& repulsion, Team& team, const Affinities& p, const data::Matrix& map,
                    double tolerance, double klTolerance) {
  const std::int64_t n = map.rows;
  const Layout layout{data::Matrix(map)};
  Plane pull(n), push(n);
  attraction(p, layout, team, pull);
  const double z = repulsion.compute(layout, push);
  std::vector<double> y(map.values.begin(), map.values.end()), numeric(2 * n);
  EXPECT_NEAR(klDivergence(p, layout, z, team), divergence(p, y), klTolerance);
  double largest = 0;
  for (std::int64_t e = 0; e < 2 * n; ++e) {
    const double at = y[e], step = 1e-4;
    y[e] = at + step;
    const double up = divergence(p, y);
    y[e] = at - step;
    numeric[e] = (up - divergence(p, y)) / (2 * step);
    y[e] = at;
    largest = std::max(largest, std::abs(numeric[e]));
  }
  for (std::int64_t i = 0; i < n; ++i) {
    EXPECT_NEAR(4 * (pull.x[i] - push.x[i] / z), numeric[2 * i], tolerance * largest) << i;
    EXPECT_NEAR(4 * (pull.y[i] - push.y[i] / z), numeric[2 * i + 1], tolerance * largest) << i;
  }
}

TEST(GradientTest, equalsTheNumericOneOfTheDivergence) {
  Team team(2);
  Progress progress;
  const data::Matrix points = clusters(70, 5, 3, 3, 11);
  const Affinities p =
      affinities(nearestNeighbours(prepare(points.view(), team), 22, team, progress), 7, team);
  for (const double spread : {0.1, 3.0, 15.0}) {
    const data::Matrix map = randomMap(70, spread, 2);
    expectGradient(*exactRepulsion(70, team), team, p, map, 1e-5, 1e-5);
    expectGradient(*interpolatedRepulsion(70, team), team, p, map, 5e-3, 1e-3);
  }
}

TEST(MakeRepulsionTest, exactUpToTheLimitAndWhereTheMapIsWide) {
  Team team(2);
  Plane made(4000), other(4000);
  const auto same = [&](Repulsion& a, Repulsion& b, double spread) {
    const Layout layout(randomMap(4000, spread, 3));
    const double za = a.compute(layout, made), zb = b.compute(layout, other);
    return za == zb && made.x == other.x && made.y == other.y;
  };
  const auto exact = exactRepulsion(4000, team), interpolated = interpolatedRepulsion(4000, team);
  const auto always = makeRepulsion(4000, 4000, team), cheaper = makeRepulsion(4000, 3999, team);
  EXPECT_TRUE(same(*always, *exact, 1));
  EXPECT_TRUE(same(*cheaper, *interpolated, 1));
  EXPECT_TRUE(same(*cheaper, *exact, 1000));
  EXPECT_FALSE(same(*exact, *interpolated, 1));
}

}  // namespace
}  // namespace discern::embedding
