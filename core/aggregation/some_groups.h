// Some of many groups, combined as they are among all: a random choice depends on a group's index.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/aggregation/aggregate.h"

namespace discern::aggregation {

// As aggregate(). firstGroup: the index of the first of `groups` among all of them.
data::Matrix aggregateSome(data::MatrixView features, const std::vector<std::vector<int>>& groups,
                           std::span<const float> scores, const Options& options, std::span<const int> media,
                           std::int64_t firstGroup);

// The options of one group among all: with a seed of its own.
Options optionsOf(const Options& options, std::int64_t group);

}  // namespace discern::aggregation
