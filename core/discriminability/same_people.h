// People who appear under two names: each would be his own hardest negative.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/discriminability/dscore.h"
#include "core/discriminability/tiles.h"

namespace discern::discriminability {

// Row r of `centroids` (unit length) is identity[r]; part is
// per identity. Rules: dscore.h, ScoreOutput::probablySame.
std::vector<SamePerson> findSamePeople(data::MatrixView centroids, std::span<const std::int32_t> identity,
                                       std::span<const Part> part, double leastCosine,
                                       const TileOptions& options, Progress& progress);

}  // namespace discern::discriminability
