// Going on with a matrix of features that an earlier call was ended in the middle of.
#pragma once

#include <cstdint>
#include <vector>

#include "core/data/matrix.h"

namespace discern::pipeline {

// Rows are extracted in the order of a list and stored in that order, batch by batch. What a call that was
// ended left of it: its last batch is made again, whole, so that the same images go through the model
// together as without the interruption, and the features are the same bit for bit.
struct Unfinished {
  std::vector<std::int64_t> failed;  // tried before, without a feature
  std::vector<std::int64_t> rest;    // from the beginning of a batch on
};
Unfinished unfinishedOf(const std::vector<std::int64_t>& rows, int batch, data::MatrixView values);

}  // namespace discern::pipeline
