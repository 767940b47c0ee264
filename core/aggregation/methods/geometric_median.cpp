// The point with the smallest sum of distances to the samples, by Weiszfeld's iteration in the form of Vardi
// and Zhang (2000), which also leaves a sample that it lands on.
#include <algorithm>
#include <cmath>

#include "core/aggregation/methods.h"

namespace discern::aggregation {
namespace {

constexpr int kMostSteps = 500;
constexpr double kStill = 1e-9;  // a step this small, of the samples' mean length, is the last one

std::vector<double> distancesTo(const Group& group, const std::vector<double>& point) {
  std::vector<double> distance;
  for (std::size_t i = 0; i < group.size; ++i) {
    double squares = 0;
    for (std::size_t j = 0; j < point.size(); ++j) {
      const double apart = group.factors[i] * group.rows[i][j] - point[j];
      squares += apart * apart;
    }
    distance.push_back(std::sqrt(squares));
  }
  return distance;
}

// The median is a mean of the samples: with weights 1 / distance, and what a sample that it lies on takes.
std::vector<double> medianWeights(const Group& group, const Options&) {
  const std::size_t n = group.size;
  std::vector<double> weights(n, 1.0 / static_cast<double>(n));
  std::vector<double> point = weightedSum(group, weights);
  double length = 0;
  for (const double d : distancesTo(group, std::vector<double>(point.size(), 0.0)))
    length += d / static_cast<double>(n);
  for (int step = 0; step < kMostSteps; ++step) {
    const auto distance = distancesTo(group, point);
    std::vector<double> next(n, 0.0);
    double sum = 0, here = 0;  // of 1 / distance, and how many samples the point lies on
    for (std::size_t i = 0; i < n; ++i) {
      if (distance[i] <= kStill * length)
        ++here;
      else
        sum += next[i] = 1 / distance[i];
    }
    if (sum == 0) break;  // all are one
    for (double& w : next) w /= sum;
    if (here > 0) {
      const auto target = weightedSum(group, next);
      double pull = 0;
      for (std::size_t j = 0; j < point.size(); ++j) pull += (target[j] - point[j]) * (target[j] - point[j]);
      pull = sum * std::sqrt(pull);  // of the others, against the one unit of each that is here
      const double stay = pull > 0 ? std::min(1.0, here / pull) : 1.0;
      for (std::size_t i = 0; i < n; ++i)
        next[i] = (1 - stay) * next[i] + (distance[i] <= kStill * length ? stay / here : 0.0);
    }
    const auto moved = weightedSum(group, next);
    double change = 0;
    for (std::size_t j = 0; j < point.size(); ++j) change += (moved[j] - point[j]) * (moved[j] - point[j]);
    weights = std::move(next);
    point = moved;
    if (std::sqrt(change) <= kStill * length) break;
  }
  return weights;
}

}  // namespace

MethodInfo geometricMedianMethod() {
  return {.name = "geometric-median",
          .help =
              "the point with the smallest sum of distances to the samples (Weiszfeld), raw ones where "
              "lengths is raw",
          .byFeatures = true,
          .weights = medianWeights};
}

}  // namespace discern::aggregation
