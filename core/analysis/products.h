// All products of two sets of rows, vectorised and compiled once for each instruction set (core/base/simd.h).
#pragma once

#include <cstdint>

namespace discern::analysis {

// out (rowsA x rowsB, row-major) = a_i . b_j; both row-major with `width` floats a row. In single precision.
void products(const float* a, std::int64_t rowsA, const float* b, std::int64_t rowsB, std::int64_t width,
              float* out);

}  // namespace discern::analysis
