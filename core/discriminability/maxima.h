// What is taken of each row of cosines, compiled once for each instruction set (core/base/simd.h).
#pragma once

#include <cstdint>

namespace discern::discriminability {

// The largest of n values; minus infinity for none.
float maximum(const float* values, std::int64_t n);
// The same, and adds the sum of the positive values to `sum`.
float maximumAndSum(const float* values, std::int64_t n, double& sum);

}  // namespace discern::discriminability
