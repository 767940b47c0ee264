// Points with a planted structure.
#pragma once

#include "core/base/rng.h"
#include "core/data/matrix.h"

namespace discern::embedding {

// Point i belongs to cluster i % clusters; `apart` is the deviation of the centres, 1 that of the points.
inline data::Matrix clusters(std::int64_t points, std::int64_t dims, std::int64_t clusters, double apart,
                             std::uint64_t seed) {
  data::Matrix centres(clusters, dims), result(points, dims);
  Rng rng(seed);
  for (float& value : centres.values) value = static_cast<float>(apart * rng.normal());
  for (std::int64_t i = 0; i < points; ++i)
    for (std::int64_t k = 0; k < dims; ++k)
      result.values[i * dims + k] =
          centres.values[i % clusters * dims + k] + static_cast<float>(rng.normal());
  return result;
}

// The share of points whose nearest other point of the map is of their own cluster.
inline double agreement(const data::Matrix& map, std::int64_t clusters) {
  std::int64_t right = 0;
  for (std::int64_t i = 0; i < map.rows; ++i) {
    double best = 1e300;
    std::int64_t nearest = -1;
    for (std::int64_t j = 0; j < map.rows; ++j) {
      const double dx = map.values[2 * i] - map.values[2 * j],
                   dy = map.values[2 * i + 1] - map.values[2 * j + 1];
      if (j != i && dx * dx + dy * dy < best) best = dx * dx + dy * dy, nearest = j;
    }
    right += nearest % clusters == i % clusters;
  }
  return static_cast<double>(right) / static_cast<double>(map.rows);
}

}  // namespace discern::embedding
