#include "core/analysis/pair_products.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "core/base/parallel.h"
#include "core/base/simd.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/analysis/pair_products.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace discern::analysis::HWY_NAMESPACE {
namespace {

// data::dot's eight lanes, whatever the instruction set has: the sums are rounded as there. For the same
// reason this file is compiled without fused multiplications (CMakeLists.txt).
constexpr std::int64_t kLanes = 8;
typedef float Loose __attribute__((vector_size(32), may_alias, aligned(4)));
typedef float Floats __attribute__((vector_size(32), may_alias));

// Several pairs side by side: each is a chain of additions that waits for itself.
template <int Count>
void dots(const data::MatrixView& rows, const data::Pair* pairs, const std::uint32_t* order, float* values) {
  const float *a[Count], *b[Count];
  for (int p = 0; p < Count; ++p) {
    a[p] = rows.row(pairs[order[p]].a).data();
    b[p] = rows.row(pairs[order[p]].b).data();
  }
  Floats sums[Count] = {};
  std::int64_t k = 0;
  for (; k + kLanes <= rows.cols; k += kLanes)
#pragma GCC unroll 4
    for (int p = 0; p < Count; ++p)
      sums[p] += *reinterpret_cast<const Loose*>(a[p] + k) * *reinterpret_cast<const Loose*>(b[p] + k);
  for (int p = 0; p < Count; ++p) {
    double sum = 0;
    for (std::int64_t lane = 0; lane < kLanes; ++lane) sum += sums[p][lane];
    for (std::int64_t rest = k; rest < rows.cols; ++rest) sum += static_cast<double>(a[p][rest]) * b[p][rest];
    values[order[p]] = static_cast<float>(sum);
  }
}

}  // namespace

void multiplyPairs(const data::MatrixView& rows, const data::Pair* pairs, const std::uint32_t* order,
                   std::int64_t count, float* values) {
  constexpr int kAtOnce = 4;
  std::int64_t i = 0;
  for (; i + kAtOnce <= count; i += kAtOnce) dots<kAtOnce>(rows, pairs, order + i, values);
  for (; i < count; ++i) dots<1>(rows, pairs, order + i, values);
}

}  // namespace discern::analysis::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace discern::analysis {

HWY_EXPORT(multiplyPairs);

namespace {

constexpr std::int64_t kBlockBytes = 1 << 18;  // of rows; two blocks at a time are looked at

// Where the pairs of each two blocks begin in `order`.
struct ByBlock {
  std::vector<std::size_t> begin;
  std::vector<std::uint32_t> order;
};
ByBlock byBlock(data::MatrixView rows, std::span<const data::Pair> pairs) {
  const auto block = std::max<std::int64_t>(
      1, kBlockBytes / (std::max<std::int64_t>(1, rows.cols) * static_cast<std::int64_t>(sizeof(float))));
  const auto blocks = static_cast<std::size_t>((rows.rows + block - 1) / block);
  const auto keyOf = [&](const data::Pair& pair) {
    const std::int64_t a = pair.a / block, b = pair.b / block;
    return static_cast<std::size_t>(std::min(a, b)) * blocks + static_cast<std::size_t>(std::max(a, b));
  };
  ByBlock sorted;
  sorted.begin.assign(blocks * blocks + 1, 0);
  for (const auto& pair : pairs) ++sorted.begin[keyOf(pair) + 1];
  for (std::size_t k = 1; k < sorted.begin.size(); ++k) sorted.begin[k] += sorted.begin[k - 1];
  sorted.order.resize(pairs.size());
  auto next = sorted.begin;
  for (std::size_t i = 0; i < pairs.size(); ++i)
    sorted.order[next[keyOf(pairs[i])]++] = static_cast<std::uint32_t>(i);
  return sorted;
}

}  // namespace

std::vector<float> pairProducts(data::MatrixView rows, std::span<const data::Pair> pairs) {
  std::vector<float> values(pairs.size());
  const ByBlock sorted = byBlock(rows, pairs);
  parallelFor(std::ssize(sorted.begin) - 1, 16, [&](std::int64_t begin, std::int64_t end) {
    const std::size_t first = sorted.begin[static_cast<std::size_t>(begin)],
                      last = sorted.begin[static_cast<std::size_t>(end)];
    HWY_DYNAMIC_DISPATCH(multiplyPairs)
    (rows, pairs.data(), sorted.order.data() + first, static_cast<std::int64_t>(last - first), values.data());
  });
  return values;
}

}  // namespace discern::analysis
#endif
