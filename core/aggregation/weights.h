// Inside aggregation: weights of a group whose size is known
// even when the method needs neither scores nor norms.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/aggregation/aggregate.h"

namespace discern::aggregation {

std::vector<double> weightsOf(std::size_t n, std::span<const float> scores, std::span<const float> norms,
                              const Options& options);

}  // namespace discern::aggregation
