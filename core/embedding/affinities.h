// Who should be near whom: the joint probabilities P of t-SNE over the nearest neighbours.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/base/simd.h"
#include "core/base/team.h"
#include "core/embedding/nearest.h"

namespace discern::embedding {

// Weights exp(-beta (d2 - min d2)) / sum with the beta whose entropy is ln(perplexity), by Newton's method in
// ln beta between bounds that only close in (the entropy falls with beta). squaredDistances ascending; equal
// distances give equal weights whatever the perplexity. Returns beta.
double calibrate(std::span<const float> squaredDistances, double perplexity, std::span<double> weights);

// A symmetric sparse matrix by rows; all entries sum to 1. Rows are padded to a multiple of 16 entries with
// p = 0 and the row's own column.
struct Affinities {
  std::int64_t points = 0;
  std::vector<std::int64_t> rowStart;  // points + 1 offsets
  std::vector<std::int32_t> column;
  AlignedVector<float> p;
};

// p_ij = (p_j|i + p_i|j) / 2N, with p_j|i calibrated over the neighbours of i.
Affinities affinities(const Neighbours& neighbours, double perplexity, Team& team);

}  // namespace discern::embedding
