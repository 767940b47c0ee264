// The k nearest neighbours of every point, exact, by squared Euclidean distance.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/progress.h"
#include "core/base/team.h"
#include "core/data/matrix.h"

namespace discern::embedding {

struct Neighbours {
  std::int64_t points = 0;
  std::int64_t k = 0;
  std::vector<std::int32_t>
      index;  // points x k, nearest first (ties: lower index first), never the point itself
  std::vector<float>
      squaredDistance;  // points x k, of the points as `scale` and `mean` of Prepared make them

  std::span<const float> distances(std::int64_t i) const {
    return {squaredDistance.data() + i * k, static_cast<std::size_t>(k)};
  }
};

// A map does not depend on where the points lie or on their scale, float32 does: points are taken less their
// mean and times `scale`, which makes the largest absolute coordinate 1.
struct Prepared {
  data::MatrixView points;
  std::vector<float> mean;
  float scale = 1;
};
Prepared prepare(data::MatrixView points, Team& team);

// Candidates by a tiled product in float32, their distances again from the differences (near duplicates keep
// theirs). 1 <= k < points. Counts points in `progress`, which was started; throws Cancelled.
Neighbours nearestNeighbours(const Prepared& prepared, std::int64_t k, Team& team, Progress& progress);

}  // namespace discern::embedding
