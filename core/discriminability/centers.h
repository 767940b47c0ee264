// Unit-length features and the centroids over them: what the score and its comparators share.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/data/lengths.h"
#include "core/data/matrix.h"

namespace discern::discriminability {

// Per row 1 / |f|; 0 for the zero vector, NaN when the row holds NaN or infinity.
std::vector<double> inverseNorms(data::MatrixView features);
inline bool isUsable(double inverseNorm) { return inverseNorm > 0; }

// out = row * inverseNorm. out and row have the same length.
void scaleRow(std::span<const float> row, double inverseNorm, std::span<float> out);

// Row r of `unit` is the L2-normalised mean of slot r's features, of unit length or raw (zero: none, or they
// cancel out).
struct Centers {
  data::Matrix unit;
  std::vector<std::int64_t> count;  // usable samples behind the row
  std::vector<double> meanNorm;     // length of the mean before normalising: of equal samples their own
};

// slot: per sample the row it belongs to, or -1. Rows that are not usable take no part.
Centers makeCenters(data::MatrixView features, std::span<const double> inverseNorm, std::span<const int> slot,
                    int slots, data::Lengths lengths = data::Lengths::Unit);

}  // namespace discern::discriminability
