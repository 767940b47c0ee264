#include "core/analysis/products.h"

#include <algorithm>
#include <utility>

#include "core/base/simd.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/analysis/products.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace discern::analysis::HWY_NAMESPACE {
namespace {

constexpr std::int64_t kLanes = DISCERN_LANES, kSide = 4;
typedef float Loose __attribute__((vector_size(DISCERN_LANES * 4), may_alias, aligned(4)));
typedef float Floats __attribute__((vector_size(DISCERN_LANES * 4), may_alias));

using Sequence = std::make_integer_sequence<int, static_cast<int>(kLanes)>;

// Lane l of the result: a[l] + a[l ^ Stride] where l lacks the bit, b[l] + b[l ^ Stride] where it has it.
template <int Stride, int... L>
inline Floats fold(const Floats& a, const Floats& b, std::integer_sequence<int, L...>) {
  constexpr int kSecond = static_cast<int>(kLanes);  // where the lanes of b begin
  return __builtin_shufflevector(a, b, ((L & Stride) != 0 ? kSecond : 0) + L...) +
         __builtin_shufflevector(a, b, ((L & Stride) != 0 ? kSecond : 0) + (L ^ Stride)...);
}

// Of 2 * Stride vectors the sum of vector v in lane v.
template <int Stride>
inline Floats foldAll(const Floats* v) {
  if constexpr (Stride == 1) {
    return fold<1>(v[0], v[1], Sequence{});
  } else {
    return fold<Stride>(foldAll<Stride / 2>(v), foldAll<Stride / 2>(v + Stride), Sequence{});
  }
}

// kSide x kSide dot products side by side, each row read once for four of them.
void tile(const float* const* a, const float* const* b, std::int64_t width, float* out, std::int64_t stride) {
  Floats sums[kSide * kSide] = {};
  std::int64_t k = 0;
  for (; k + kLanes <= width; k += kLanes) {
    Floats right[kSide];
#pragma GCC unroll 4
    for (std::int64_t c = 0; c < kSide; ++c) right[c] = *reinterpret_cast<const Loose*>(b[c] + k);
#pragma GCC unroll 4
    for (std::int64_t r = 0; r < kSide; ++r) {
      const Floats left = *reinterpret_cast<const Loose*>(a[r] + k);
#pragma GCC unroll 4
      for (std::int64_t c = 0; c < kSide; ++c) sums[r * kSide + c] += left * right[c];
    }
  }
  float totals[kSide * kSide];
  for (std::int64_t v = 0; v < kSide * kSide; v += kLanes)
    *reinterpret_cast<Loose*>(totals + v) = foldAll<static_cast<int>(kLanes) / 2>(sums + v);
  for (std::int64_t r = 0; r < kSide; ++r)
    for (std::int64_t c = 0; c < kSide; ++c) {
      float sum = totals[r * kSide + c];
      for (std::int64_t rest = k; rest < width; ++rest) sum += a[r][rest] * b[c][rest];
      out[r * stride + c] = sum;
    }
}

}  // namespace

void multiply(const float* a, std::int64_t rowsA, const float* b, std::int64_t rowsB, std::int64_t width,
              float* out) {
  const float* left[kSide];
  const float* right[kSide];
  float edge[kSide * kSide];
  for (std::int64_t j = 0; j < rowsB; j += kSide) {
    for (std::int64_t c = 0; c < kSide; ++c) right[c] = b + std::min(j + c, rowsB - 1) * width;
    for (std::int64_t i = 0; i < rowsA; i += kSide) {
      for (std::int64_t r = 0; r < kSide; ++r) left[r] = a + std::min(i + r, rowsA - 1) * width;
      if (i + kSide <= rowsA && j + kSide <= rowsB) {
        tile(left, right, width, out + i * rowsB + j, rowsB);
        continue;
      }
      tile(left, right, width, edge, kSide);
      for (std::int64_t r = 0; r < std::min(kSide, rowsA - i); ++r)
        std::copy_n(edge + r * kSide, std::min(kSide, rowsB - j), out + (i + r) * rowsB + j);
    }
  }
}

}  // namespace discern::analysis::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace discern::analysis {

HWY_EXPORT(multiply);

void products(const float* a, std::int64_t rowsA, const float* b, std::int64_t rowsB, std::int64_t width,
              float* out) {
  HWY_DYNAMIC_DISPATCH(multiply)(a, rowsA, b, rowsB, width, out);
}

}  // namespace discern::analysis
#endif
