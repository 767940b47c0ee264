#include "core/discriminability/centers.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/discriminability/dscore.h"

namespace discern::discriminability {
namespace {
constexpr std::int64_t kRowsPerBlock = 4096;

double inverseNormOf(std::span<const float> row) {
  double norm = data::norm(row);
  if (!std::isfinite(norm) || norm == 0) {
    // Squares over- or underflow in float long before the values themselves do.
    double sum = 0;
    for (const float v : row) sum += static_cast<double>(v) * v;
    norm = std::sqrt(sum);
  }
  if (!std::isfinite(norm)) return std::numeric_limits<double>::quiet_NaN();
  return norm > 0 ? 1.0 / norm : 0.0;
}

// Samples by slot (counting sort): those of slot s are order[begin[s] .. begin[s + 1]).
struct Buckets {
  std::vector<std::int64_t> begin, order;
};

Buckets bucketise(std::span<const double> inverseNorm, std::span<const int> slot, int slots) {
  Buckets buckets;
  buckets.begin.assign(static_cast<std::size_t>(slots) + 1, 0);
  for (std::size_t i = 0; i < slot.size(); ++i)
    if (slot[i] >= 0 && isUsable(inverseNorm[i])) ++buckets.begin[slot[i] + 1];
  for (int s = 0; s < slots; ++s) buckets.begin[s + 1] += buckets.begin[s];
  buckets.order.resize(static_cast<std::size_t>(buckets.begin[slots]));
  std::vector<std::int64_t> next(buckets.begin.begin(), buckets.begin.end() - 1);
  for (std::size_t i = 0; i < slot.size(); ++i)
    if (slot[i] >= 0 && isUsable(inverseNorm[i]))
      buckets.order[next[slot[i]]++] = static_cast<std::int64_t>(i);
  return buckets;
}
}  // namespace

std::vector<double> inverseNorms(data::MatrixView features) {
  std::vector<double> result(static_cast<std::size_t>(features.rows));
  parallelFor(features.rows, kRowsPerBlock, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) result[i] = inverseNormOf(features.row(i));
  });
  return result;
}

void scaleRow(std::span<const float> row, double inverseNorm, std::span<float> out) {
  for (std::size_t k = 0; k < row.size(); ++k) out[k] = static_cast<float>(row[k] * inverseNorm);
}

Centers makeCenters(data::MatrixView features, std::span<const double> inverseNorm, std::span<const int> slot,
                    int slots, data::Lengths lengths) {
  const Buckets buckets = bucketise(inverseNorm, slot, slots);
  Centers centers{data::Matrix(slots, features.cols), std::vector<std::int64_t>(slots),
                  std::vector<double>(slots)};
  parallelFor(slots, 64, [&](std::int64_t first, std::int64_t last) {
    std::vector<double> sum(static_cast<std::size_t>(features.cols));
    for (std::int64_t s = first; s < last; ++s) {
      const std::int64_t begin = buckets.begin[s], end = buckets.begin[s + 1];
      centers.count[s] = end - begin;
      if (begin == end) continue;
      std::ranges::fill(sum, 0.0);
      double total = 0;  // of the lengths
      for (std::int64_t k = begin; k < end; ++k) {
        const std::int64_t i = buckets.order[k];
        const auto row = features.row(i);
        const double factor = lengths == data::Lengths::Raw ? 1.0 : inverseNorm[i];
        total += factor / inverseNorm[i];
        for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += row[c] * factor;
      }
      double squares = 0;
      for (const double v : sum) squares += v * v;
      const double length = std::sqrt(squares);
      const double count = static_cast<double>(end - begin);
      // Samples that cancel out leave rounding noise, which must not be blown up to a direction.
      if (length < 1e-6 * total) continue;
      centers.meanNorm[s] = length / count;
      const auto unit = centers.unit.row(s);
      for (std::size_t c = 0; c < sum.size(); ++c) unit[c] = static_cast<float>(sum[c] / length);
    }
  });
  return centers;
}

data::Matrix centroids(data::MatrixView features, std::span<const int> identity, int identities) {
  if (static_cast<std::int64_t>(identity.size()) != features.rows)
    fail("centroids: {} features have {} identity labels; give one label for each", features.rows,
         identity.size());
  if (std::ranges::any_of(identity, [&](int id) { return id < -1 || id >= identities; }))
    fail("centroids: an identity label lies outside -1 .. {}; number the identities from 0", identities - 1);
  return makeCenters(features, inverseNorms(features), identity, identities).unit;
}

}  // namespace discern::discriminability
