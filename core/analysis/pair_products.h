// The products of many pairs of rows, vectorised and compiled once for each instruction set
// (core/base/simd.h).
#pragma once

#include <span>
#include <vector>

#include "core/data/dataset.h"
#include "core/data/matrix.h"

namespace discern::analysis {

// One a pair: data::dot of the rows a and b, to the last bit, in all threads. Many pairs are compared block
// of rows by block of rows, so that the rows of a block stay in the cache: the rows of IJB-C's 23,124
// templates do not, and 15.7 million pairs that come in any order would wait for memory.
std::vector<float> pairProducts(data::MatrixView rows, std::span<const data::Pair> pairs);

}  // namespace discern::analysis
