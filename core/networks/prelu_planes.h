// The loops of PRelu, compiled once for each instruction set (core/base/simd.h).
#pragma once

#include <cstdint>

namespace discern::networks {

// out = in where it is positive, else slope * in; n values each, which do not overlap.
void forwardPlane(const float* in, float slope, std::int64_t n, float* out);
// out = the gradient by x; returns that by the slope.
double backwardPlane(const float* x, const float* grad, float slope, std::int64_t n, float* out);

}  // namespace discern::networks
