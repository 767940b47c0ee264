// The moving map, in the two orders that the kernels read.
#pragma once

#include <cstdint>

#include "core/base/simd.h"
#include "core/data/matrix.h"

namespace discern::embedding {

struct Plane {  // one number or force per point and axis; padded with zeros to a multiple of 16
  AlignedVector<float> x, y;

  explicit Plane(std::int64_t points = 0)
      : x(roundUp(static_cast<std::size_t>(points), 16)), y(roundUp(static_cast<std::size_t>(points), 16)) {}
};

struct Layout {
  std::int64_t points = 0;
  data::Matrix map;  // points x 2
  Plane plane;       // the same, by axis

  explicit Layout(data::Matrix positions) : points(positions.rows), map(std::move(positions)), plane(points) {
    for (std::int64_t i = 0; i < points; ++i) set(i, map.values[2 * i], map.values[2 * i + 1]);
  }
  void set(std::int64_t i, float x, float y) {
    map.values[2 * i] = plane.x[i] = x;
    map.values[2 * i + 1] = plane.y[i] = y;
  }
};

}  // namespace discern::embedding
