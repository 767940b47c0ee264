// The products of many pairs of rows, vectorised and compiled once for each instruction set
// (core/base/simd.h).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/data/dataset.h"
#include "core/data/matrix.h"

namespace discern::analysis {

// In which order pairs are multiplied: those with a second row of the same block of rows after each other,
// and of them those with the same first row, so that both are found in the cache. The rows of IJB-C's 23,124
// templates do not fit into it, and 15.7 million pairs that come in any order would wait for memory. Made
// once for all matrices of that shape.
class PairOrder {
 public:
  PairOrder(std::span<const data::Pair> pairs, std::int64_t rows, std::int64_t cols);

  // One a pair of those it was made with: data::dot of the rows a and b, to the last bit, in all threads.
  std::vector<float> products(data::MatrixView rows, std::span<const data::Pair> pairs) const;

 private:
  std::vector<std::uint32_t> order_;  // of the pairs
  std::vector<std::size_t> begin_;    // of each block's in it
};

}  // namespace discern::analysis
