// The nodes that stand in for the points when repulsion is interpolated.
#pragma once

#include <cstdint>

#include "core/embedding/layout.h"

namespace discern::embedding {

struct Extent {  // of a map
  double lowX, highX, lowY, highY;

  explicit Extent(const Layout& layout);
  double span() const;  // the longer side
};

// A square of nodes x nodes, axis 0 along x, node (c, r)
// at origin + spacing (c, r). 2 nodes is a length for Fft.
struct NodeGrid {
  double side = 0, spacing = 0, originX = 0, originY = 0;
  std::int64_t nodes = 0;
  std::int64_t stride = 0;  // floats from one c to the next: nodes, padded

  static NodeGrid around(const Extent& extent);
  bool holds(const Extent& extent) const;  // and is not much too large
};

}  // namespace discern::embedding
