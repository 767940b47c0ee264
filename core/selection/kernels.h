// The arithmetic of the path, vectorised: one implementation, compiled for each instruction set
// (core/base/simd.h). Every array is 64-byte aligned and zero-padded to padded(n) elements, every matrix
// row-major with padded(n) rows and columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/simd.h"

namespace discern::selection {

constexpr std::size_t kPad = 16;
constexpr std::size_t padded(std::size_t n) { return (n + kPad - 1) / kPad * kPad; }

struct Kernels {
  std::size_t lanes;  // floats side by side
  // Products of all pairs of rows, each of `width` floats, a multiple of 16, at any alignment: w (padded(n) x
  // padded(n)) = row_i . row_j. rows: padded(n) pointers, those beyond n to any row (their products mean
  // nothing). Meanwhile the `aheads` rows at `ahead` are fetched from memory.
  void (*gram)(const float* const* rows, std::size_t n, std::size_t width, float* w,
               const float* const* ahead, std::size_t aheads);
  // w = max(0, w_ij scale_i scale_j) with a zero diagonal; scale: padded(n), 0 beyond n. Returns how many of
  // the n (n - 1) / 2 pairs were negative.
  std::int64_t (*weigh)(float* w, const float* scale, std::size_t n);
  // Copies n values (any n, any alignment) to `to` and returns the sum of their squares.
  double (*copy)(const float* values, std::size_t n, float* to);
  // out = the sums of the rows (or columns) of w, n x n, n padded.
  void (*sums)(const float* w, double* out, std::size_t n);
  // Samples in the order given, `count` of them: gain[p] = the weight of order[p]'s pairs with those before
  // it. linked: n, then the weight of each sample's pairs with all of them.
  void (*gains)(const float* w, const std::size_t* order, std::size_t count, double* gain, double* linked,
                std::size_t n);
  // Takes `count` samples away, each time the one with the smallest degree * inverse + penalty (of equal ones
  // the first) and its pairs from degree. order: the last taken first. degree and penalty may change.
  void (*peel)(const float* w, float* degree, const float* inverse, float* penalty, std::size_t* order,
               std::size_t count, std::size_t n);
  // Of w, n x n, the rows and columns of `count` members (padded(count), those beyond count any): out,
  // padded(count) x padded(count).
  void (*part)(const float* w, std::size_t n, const std::int32_t* members, std::size_t count, float* out);
  // out = degree * x - w x, the Laplacian's product; returns x . out.
  double (*laplacian)(const float* w, const double* degree, const double* x, double* out, std::size_t n);
  // The pairs' shares clip(1/2 + x_i - x_j, 0, 1) w_ij, summed per sample i: load; open: the weight of its
  // pairs that are not clipped.
  void (*loads)(const float* w, const double* x, double* load, double* open, std::size_t n);
  // The same in single precision, for steps on the way.
  void (*roughLoads)(const float* w, const float* x, float* load, float* open, std::size_t n);
  // One step of conjugate gradients: x += a p, r -= a q, z = r * inverse; returns r . z.
  double (*step)(double a, const double* p, const double* q, const double* inverse, double* x, double* r,
                 double* z, std::size_t n);
};

// The widest that this processor has.
const Kernels& kernels();
// All it has, the baseline first: what tests compare.
std::vector<const Kernels*> availableKernels();

}  // namespace discern::selection
