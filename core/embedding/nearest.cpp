#include "core/embedding/nearest.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "core/embedding/kernels.h"

namespace discern::embedding {
namespace {

constexpr std::int64_t kDepth = 128;  // dimensions of one product: a panel's part stays in the first cache
constexpr std::int64_t kBlock = 128;  // rows of a task

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
