// Inside evaluation: what resampling with replacement needs.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/rng.h"

namespace discern::evaluation {

// How many of n draws succeed, each with probability p; exact, in O(log n).
std::int64_t binomial(Rng& rng, std::int64_t n, double p);

// Between the values of a sorted list; q in [0, 1].
double quantile(const std::vector<double>& sorted, double q);

}  // namespace discern::evaluation
