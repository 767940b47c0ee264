// Selection by trying every set: what the path is tested against. Up to 14 samples.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/base/rng.h"
#include "core/selection/kernels.h"

namespace discern::selection::brute {

// One identity: u and a symmetric matrix of weights, zero on the diagonal.
struct Class {
  std::vector<double> u;
  std::vector<std::vector<float>> w;

  explicit Class(std::size_t n) : u(n), w(n, std::vector<float>(n)) {}
  std::size_t size() const { return u.size(); }
  void join(std::size_t i, std::size_t j, float weight) { w[i][j] = w[j][i] = weight; }
  AlignedVector<float> pairs() const {
    const std::size_t width = padded(size());
    AlignedVector<float> all(width * width);
    for (std::size_t i = 0; i < size(); ++i)
      std::ranges::copy(w[i], all.begin() + static_cast<long>(i * width));
    return all;
  }
  AlignedVector<double> degrees() const {
    AlignedVector<double> all(padded(size()));
    for (std::size_t i = 0; i < size(); ++i)
      for (const float weight : w[i]) all[i] += weight;
    return all;
  }
};

// u and weight of every set of samples; bit i of a set's number is sample i.
struct Sets {
  std::vector<double> u, weight;

  explicit Sets(const Class& c) : u(std::size_t{1} << c.size()), weight(u.size()) {
    for (std::uint32_t set = 1; set < u.size(); ++set) {
      const int last = std::countr_zero(set);
      const std::uint32_t rest = set & (set - 1);
      u[set] = u[rest] + c.u[last];
      weight[set] = weight[rest];
      for (std::uint32_t left = rest; left != 0; left &= left - 1)
        weight[set] += c.w[last][std::countr_zero(left)];
    }
  }
  double energy(std::uint32_t set, double mu) const { return u[set] - mu * weight[set]; }
  double least(double mu) const {
    double best = 0;
    for (std::uint32_t set = 0; set < u.size(); ++set) best = std::min(best, energy(set, mu));
    return best;
  }
  // What all sets have in common whose energy is within
  // `slack` of the least: with slack 0 the smallest minimiser.
  std::uint32_t smallest(double mu, double slack) const {
    const double best = least(mu);
    auto common = static_cast<std::uint32_t>(u.size() - 1);
    for (std::uint32_t set = 0; set < u.size(); ++set)
      if (energy(set, mu) <= best + slack) common &= set;
    return common;
  }
};

enum class Kind { Dense, Sparse, Clustered, Uneven };
constexpr Kind kKinds[] = {Kind::Dense, Kind::Sparse, Kind::Clustered, Kind::Uneven};

inline Class randomClass(Rng& rng, std::size_t n, Kind kind) {
  Class c(n);
  for (std::size_t i = 0; i < n; ++i) {
    c.u[i] = rng.uniform(0.2, 1);
    if (kind == Kind::Uneven) c.u[i] = std::exp(3 * rng.normal());
    if (kind == Kind::Clustered && i % 3 == 1) c.u[i] *= 3;
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      double w = rng.uniform(0.3, 1);
      if (kind == Kind::Sparse) w = rng.chance(0.35) ? rng.uniform() : 0;
      if (kind == Kind::Clustered) w = i % 3 == j % 3 ? rng.uniform(0.5, 1) : rng.uniform(0, 0.1);
      c.join(i, j, static_cast<float>(w));
    }
  return c;
}

}  // namespace discern::selection::brute
