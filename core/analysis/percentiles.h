// Where a score stands among the others of its table, and what a table's scale means.
#pragma once

#include <span>
#include <vector>

#include "core/data/score_table.h"

namespace discern::analysis {

// Percentile in [0, 100] of each finite value among the finite ones: its mid-rank, the share below
// it plus half of its equals, so that a table of equal scores stands at 50. NaN for the others.
std::vector<float> percentiles(std::span<const float> values);
// That of one value among them.
double percentileOf(float value, std::span<const float> values);

// The finite values, ascending.
std::vector<float> sortedFinite(std::span<const float> values);
// Of ascending values the one nearest to `share` (0: the lowest, 1: the highest); NaN without any.
double quantile(std::span<const float> sorted, double share);

// sigmoid(-mean / sigma): the score of a raw value of 0. Where no raw
// value is negative, no threshold below it drops anything.
double scoreAtZero(double mean, double sigma);

}  // namespace discern::analysis
