#include "core/embedding/nearest.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "core/embedding/simd.h"

namespace discern::embedding {
namespace {

constexpr std::int64_t kPanel = 32;   // points of a packed panel: panel[dimension][point]
constexpr std::int64_t kDepth = 128;  // dimensions of one product: a panel's part stays in the first cache
constexpr std::int64_t kBlock = 128;  // rows of a task

// out[rows x 32] += the product of rows of a panel and a whole panel, over `depth` dimensions.
struct Product {
  const float* rows;
  const float* panel;
  float* out;  // 32 x 32
  std::int64_t depth;
};

// R rows against C lanes-wide columns stay in registers.
template <int W, int R, int C>
DISCERN_INLINE void micro(const float* rows, const float* panel, float* out, std::int64_t depth) {
  using V = typename Lanes<W>::Type;
  V sum[R][C];
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r)
#pragma GCC unroll 4
    for (int c = 0; c < C; ++c)
      sum[r][c] = *reinterpret_cast<const V*>(out + std::ptrdiff_t{r} * kPanel + std::ptrdiff_t{c} * W);
  for (std::int64_t k = 0; k < depth; ++k) {
    V column[C];
#pragma GCC unroll 4
    for (int c = 0; c < C; ++c)
      column[c] = *reinterpret_cast<const V*>(panel + k * kPanel + std::ptrdiff_t{c} * W);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r)
#pragma GCC unroll 4
      for (int c = 0; c < C; ++c) sum[r][c] += rows[k * kPanel + r] * column[c];
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r)
#pragma GCC unroll 4
    for (int c = 0; c < C; ++c)
      *reinterpret_cast<V*>(out + std::ptrdiff_t{r} * kPanel + std::ptrdiff_t{c} * W) = sum[r][c];
}

template <int W>
DISCERN_INLINE void productLanes(Product& t) {
  constexpr int kRows = W == 16 ? 8 : 4;
  for (int r = 0; r < kPanel; r += kRows)
    for (int c = 0; c < kPanel; c += 2 * W)
      micro<W, kRows, 2>(t.rows + r, t.panel + c, t.out + r * kPanel + c, t.depth);
}
DISCERN_KERNEL(product, Product)

// Of the distances of one row to a panel: which are below the bound?
struct Below {
  const float* dot;   // 32
  const float* norm;  // of the panel's points
  float ownNorm, bound;
  float distance[kPanel];
  bool any;
};

template <int W>
DISCERN_INLINE void belowLanes(Below& t) {
  using V = typename Lanes<W>::Type;
  using Loose = typename Lanes<W>::Loose;
  bool any = false;
  for (int c = 0; c < kPanel; c += W) {
    const V d =
        t.ownNorm + *reinterpret_cast<const V*>(t.norm + c) - 2.0F * *reinterpret_cast<const V*>(t.dot + c);
    *reinterpret_cast<Loose*>(t.distance + c) = d;
    int hits = 0;
    const auto less = d < t.bound;
    for (int lane = 0; lane < W; ++lane) hits |= less[lane];
    any |= hits != 0;
  }
  t.any = any;
}
DISCERN_KERNEL(below, Below)

struct Difference {
  const float* a;
  const float* b;
  float scale;
  std::int64_t dims;
  float squared;
};

template <int W>
DISCERN_INLINE void differenceLanes(Difference& t) {
  using V = typename Lanes<W>::Type;
  using Loose = typename Lanes<W>::Loose;
  // Halves, because the difference of two floats may not be one.
  const float twice = 2 * t.scale;
  V sum{};
  std::int64_t k = 0;
  for (; k + W <= t.dims; k += W) {
    const V d =
        (0.5F * *reinterpret_cast<const Loose*>(t.a + k) - 0.5F * *reinterpret_cast<const Loose*>(t.b + k)) *
        twice;
    sum += d * d;
  }
  float total = 0;
  for (int lane = 0; lane < W; ++lane) total += sum[lane];
  for (; k < t.dims; ++k) {
    const float d = (0.5F * t.a[k] - 0.5F * t.b[k]) * twice;
    total += d * d;
  }
  t.squared = total;
}
DISCERN_KERNEL(difference, Difference)

struct Packed {
  AlignedVector<float> panels;  // [panel][dimension][32], zeros beyond the last point
  AlignedVector<float> norms;   // squared, infinite beyond the last point
  std::int64_t dims = 0;

  const float* panel(std::int64_t point, std::int64_t dimension) const {
    return panels.data() + (point / kPanel * dims + dimension) * kPanel;
  }
};

Packed pack(const Prepared& from, Team& team) {
  const std::int64_t n = from.points.rows, d = from.points.cols;
  const auto padded = static_cast<std::int64_t>(roundUp(n, kPanel));
  Packed out;
  out.dims = d;
  out.panels.resize(padded * d);
  out.norms.assign(padded, std::numeric_limits<float>::infinity());
  team.blocks(n, kPanel, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      const auto row = from.points.row(i);
      float* to = out.panels.data() + begin * d + (i - begin);
      double norm = 0;
      for (std::int64_t k = 0; k < d; ++k) {
        const float value = (0.5F * row[k] - 0.5F * from.mean[k]) * (2 * from.scale);
        to[k * kPanel] = value;
        norm += static_cast<double>(value) * value;
      }
      out.norms[i] = static_cast<float>(norm);
    }
  });
  return out;
}

struct Candidate {
  float distance;
  std::int32_t index;
  bool operator<(const Candidate& other) const {
    return distance != other.distance ? distance < other.distance : index < other.index;
  }
};

// The k smallest seen so far, among at most twice as many and a panel more.
struct Shortlist {
  std::vector<Candidate> candidates;
  float bound = std::numeric_limits<float>::infinity();

  void cut(std::int64_t k) {
    if (static_cast<std::int64_t>(candidates.size()) <= k) return;
    std::nth_element(candidates.begin(), candidates.begin() + (k - 1), candidates.end());
    candidates.resize(k);
    // Equal distances that come later have higher indices and lose the tie.
    bound = candidates[k - 1].distance;
  }
};

void offerPanel(const Packed& packed, const float* dots, std::int64_t row, std::int64_t rows,
                std::int64_t column, std::int64_t k, std::vector<Shortlist>& lists) {
  for (std::int64_t r = 0; r < rows; ++r) {
    Shortlist& list = lists[(row + r) % kBlock];
    Below found{
        dots + r * kPanel, packed.norms.data() + column, packed.norms[row + r], list.bound, {}, false};
    below(found);
    if (!found.any) continue;
    for (std::int64_t c = 0; c < kPanel; ++c)
      if (found.distance[c] < list.bound && column + c != row + r)
        list.candidates.push_back({found.distance[c], static_cast<std::int32_t>(column + c)});
    if (static_cast<std::int64_t>(list.candidates.size()) >= 2 * k + kPanel) list.cut(k);
  }
}

void searchBlock(const Packed& packed, std::int64_t begin, std::int64_t end, std::int64_t k,
                 const Progress& progress, std::vector<Shortlist>& lists) {
  const auto padded = static_cast<std::int64_t>(packed.norms.size());
  alignas(64) float dots[kBlock * kPanel];
  for (std::int64_t column = 0; column < padded; column += kPanel) {
    if (column % (64 * kPanel) == 0) progress.throwIfStopped();
    std::fill(std::begin(dots), std::end(dots), 0.0F);
    for (std::int64_t from = 0; from < packed.dims; from += kDepth)
      for (std::int64_t row = begin; row < end; row += kPanel) {
        Product t{packed.panel(row, from), packed.panel(column, from), dots + (row - begin) * kPanel,
                  std::min(kDepth, packed.dims - from)};
        product(t);
      }
    for (std::int64_t row = begin; row < end; row += kPanel)
      offerPanel(packed, dots + (row - begin) * kPanel, row, std::min(kPanel, end - row), column, k, lists);
  }
}

}  // namespace

Prepared prepare(data::MatrixView points, Team& team) {
  const std::int64_t n = points.rows, d = points.cols;
  Prepared result{points, std::vector<float>(d), 1};
  team.blocks(d, 64, [&](std::int64_t begin, std::int64_t end) {
    std::vector<double> sum(end - begin);
    for (std::int64_t i = 0; i < n; ++i)
      for (std::int64_t k = begin; k < end; ++k) sum[k - begin] += points.values[i * d + k];
    for (std::int64_t k = begin; k < end; ++k)
      result.mean[k] = static_cast<float>(sum[k - begin] / static_cast<double>(n));
  });
  constexpr std::int64_t kRows = 256;
  std::vector<double> largest((n + kRows - 1) / kRows);
  team.blocks(n, kRows, [&](std::int64_t begin, std::int64_t end) {
    double most = 0;
    for (std::int64_t i = begin; i < end; ++i)
      for (std::int64_t k = 0; k < d; ++k)
        most = std::max(most, std::abs(static_cast<double>(points.values[i * d + k]) - result.mean[k]));
    largest[begin / kRows] = most;
  });
  const double most = *std::max_element(largest.begin(), largest.end());
  // Beyond these the reciprocal itself would leave float32.
  if (most > 0) result.scale = static_cast<float>(1 / std::clamp(most, 1e-37, 1e37));
  return result;
}

Neighbours nearestNeighbours(const Prepared& prepared, std::int64_t k, Team& team, Progress& progress) {
  const Packed packed = pack(prepared, team);
  Neighbours result;
  const std::int64_t n = result.points = prepared.points.rows;
  result.k = k;
  result.index.resize(n * k);
  result.squaredDistance.resize(n * k);
  team.blocks(n, kBlock, [&](std::int64_t begin, std::int64_t end) {
    std::vector<Shortlist> lists(kBlock);
    searchBlock(packed, begin, end, k, progress, lists);
    for (std::int64_t i = begin; i < end; ++i) {
      Shortlist& list = lists[i - begin];
      list.cut(k);
      for (Candidate& c : list.candidates) {
        Difference exact{prepared.points.row(i).data(), prepared.points.row(c.index).data(), prepared.scale,
                         prepared.points.cols, 0};
        difference(exact);
        c.distance = exact.squared;
      }
      std::sort(list.candidates.begin(), list.candidates.end());
      for (std::int64_t e = 0; e < k; ++e) {
        result.index[i * k + e] = list.candidates[e].index;
        result.squaredDistance[i * k + e] = list.candidates[e].distance;
      }
    }
    progress.advance(end - begin);
  });
  return result;
}

}  // namespace discern::embedding
