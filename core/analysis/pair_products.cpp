#include "core/analysis/pair_products.h"

#include <algorithm>
#include <numeric>

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

// Several pairs side by side: each is a chain of additions that waits for itself. OneA: all have the first's
// a.
template <int Count, bool OneA>
void dots(const data::MatrixView& rows, const data::Pair* pairs, const std::uint32_t* order, float* values) {
  const float *a[Count], *b[Count];
  for (int p = 0; p < Count; ++p) {
    a[p] = rows.row(pairs[order[p]].a).data();
    b[p] = rows.row(pairs[order[p]].b).data();
  }
  Floats sums[Count] = {};
  std::int64_t k = 0;
  for (; k + kLanes <= rows.cols; k += kLanes) {
    const Floats first = *reinterpret_cast<const Loose*>(a[0] + k);
#pragma GCC unroll 4
    for (int p = 0; p < Count; ++p)
      sums[p] += (OneA ? first : Floats(*reinterpret_cast<const Loose*>(a[p] + k))) *
                 *reinterpret_cast<const Loose*>(b[p] + k);
  }
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
  constexpr int kAtOnce = 4, kAhead = 32;
  std::int64_t i = 0;
  for (; i + kAtOnce <= count; i += kAtOnce) {
    // Pairs and values lie anywhere: they are asked for before they are needed.
    for (std::int64_t next = i + kAhead; next < std::min(count, i + kAhead + kAtOnce); ++next) {
      __builtin_prefetch(pairs + order[next]);
      __builtin_prefetch(values + order[next], 1);
    }
    // Ordered by a: the last has the first's exactly if all have.
    if (pairs[order[i]].a == pairs[order[i + kAtOnce - 1]].a)
      dots<kAtOnce, true>(rows, pairs, order + i, values);
    else
      dots<kAtOnce, false>(rows, pairs, order + i, values);
  }
  for (; i < count; ++i) dots<1, false>(rows, pairs, order + i, values);
}

}  // namespace discern::analysis::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace discern::analysis {

HWY_EXPORT(multiplyPairs);

namespace {

constexpr std::int64_t kBlockBytes = 1 << 18;  // of rows that are looked at again and again

// Sorted by keyOf, which is below `keys`; of equal ones the first stays first. begin: of each key, and the
// end.
std::vector<std::uint32_t> sortedBy(const auto& keyOf, std::size_t keys,
                                    const std::vector<std::uint32_t>& order,
                                    std::vector<std::size_t>& begin) {
  begin.assign(keys + 1, 0);
  for (const std::uint32_t i : order) ++begin[keyOf(i) + 1];
  for (std::size_t k = 1; k < begin.size(); ++k) begin[k] += begin[k - 1];
  std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
  std::vector<std::uint32_t> sorted(order.size());
  for (const std::uint32_t i : order) sorted[next[keyOf(i)]++] = i;
  return sorted;
}

}  // namespace

PairOrder::PairOrder(std::span<const data::Pair> pairs, std::int64_t rows, std::int64_t cols) {
  const auto rowBytes = std::max<std::int64_t>(1, cols) * static_cast<std::int64_t>(sizeof(float));
  const auto block = std::max<std::int64_t>(1, kBlockBytes / rowBytes);
  order_.resize(pairs.size());
  std::iota(order_.begin(), order_.end(), 0U);
  order_ = sortedBy([&](std::uint32_t i) { return static_cast<std::size_t>(pairs[i].a); },
                    static_cast<std::size_t>(rows), order_, begin_);
  order_ = sortedBy([&](std::uint32_t i) { return static_cast<std::size_t>(pairs[i].b / block); },
                    static_cast<std::size_t>((rows + block - 1) / block), order_, begin_);
}

std::vector<float> PairOrder::products(data::MatrixView rows, std::span<const data::Pair> pairs) const {
  std::vector<float> values(pairs.size());
  parallelFor(std::ssize(begin_) - 1, 1, [&](std::int64_t begin, std::int64_t end) {
    const std::size_t first = begin_[static_cast<std::size_t>(begin)],
                      last = begin_[static_cast<std::size_t>(end)];
    HWY_DYNAMIC_DISPATCH(multiplyPairs)
    (rows, pairs.data(), order_.data() + first, static_cast<std::int64_t>(last - first), values.data());
  });
  return values;
}

}  // namespace discern::analysis
#endif
