// Ranks, and the correlation of two rankings (Spearman), of finite values.
#pragma once

#include <span>
#include <vector>

namespace discern::data {

// 1-based ranks; equal values share the mean of their places.
std::vector<double> meanRanks(std::span<const float> values);
// Of two lists of one length; NaN below 2 values, or where one side has no spread.
double rankCorrelation(std::span<const float> a, std::span<const float> b);

}  // namespace discern::data
