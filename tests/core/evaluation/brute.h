// Slow and obvious versions of the measures, and score sets with heavy ties to try them on.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <vector>

#include "core/base/rng.h"
#include "core/evaluation/verification.h"

namespace discern::evaluation::brute {

// Scores on a grid of `steps` values, so that ties are everywhere; genuine ones are shifted up.
inline Comparisons tiedScores(std::uint64_t seed, int genuine, int impostor, int steps) {
  Rng rng(seed);
  const auto draw = [&](double shift) {
    return static_cast<float>(std::floor((rng.uniform() + shift) * steps) / steps);
  };
  Comparisons result;
  for (int i = 0; i < genuine; ++i) result.genuine.push_back(draw(0.3));
  for (int i = 0; i < impostor; ++i) result.impostor.push_back(draw(0));
  return result;
}

inline double shareAtLeast(const std::vector<float>& scores, double threshold) {
  int count = 0;
  for (const float score : scores) count += score >= threshold ? 1 : 0;
  return static_cast<double>(count) / static_cast<double>(scores.size());
}

// Every threshold that matters, and one above all scores; descending.
inline std::vector<double> thresholds(const Comparisons& c) {
  std::set<double, std::greater<>> values(c.genuine.begin(), c.genuine.end());
  values.insert(c.impostor.begin(), c.impostor.end());
  values.insert(*values.begin() + 1);
  return {values.begin(), values.end()};
}

inline double auc(const Comparisons& c) {
  double wins = 0;
  for (const float g : c.genuine)
    for (const float i : c.impostor) wins += g > i ? 1 : g == i ? 0.5 : 0;
  return wins / static_cast<double>(c.genuine.size() * c.impostor.size());
}

inline double tar(const Comparisons& c, double far, FarRule rule) {
  double best = 0, bestFar = -1;
  for (const double t : thresholds(c)) {
    const double actual = shareAtLeast(c.impostor, t), accepted = shareAtLeast(c.genuine, t);
    if (rule == FarRule::AtMost && actual > far + 1e-12) continue;
    if (rule == FarRule::Nearest && bestFar >= 0 && std::abs(actual - far) > std::abs(bestFar - far) + 1e-12)
      continue;
    bestFar = actual;  // later thresholds are lower: at an equal distance the larger FAR, at an equal FAR the
                       // larger TAR
    best = accepted;
  }
  return best;
}

// Where the polygon through the operating points crosses FAR = FRR.
inline double eer(const Comparisons& c) {
  double lastFar = 0, lastFrr = 1;
  for (const double t : thresholds(c)) {
    const double far = shareAtLeast(c.impostor, t), frr = 1 - shareAtLeast(c.genuine, t);
    if (far >= frr) {
      const double along = (lastFrr - lastFar) / ((far - lastFar) + (lastFrr - frr));
      return lastFar + along * (far - lastFar);
    }
    lastFar = far;
    lastFrr = frr;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace discern::evaluation::brute
