#include "core/embedding/node_grid.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "core/embedding/fft.h"

namespace discern::embedding {
namespace {

constexpr double kSpacing = 0.25;           // of nodes; at 1/3 maps come out 1 % worse, at 1/5 no better
constexpr std::int64_t kFewestNodes = 192;  // per axis: a small map costs little and gets a finer grid
constexpr std::int64_t kMostNodes = 2048;   // beyond, the spacing grows
constexpr double kMargin = 1.5;  // spacings around the square: interpolation takes two nodes either side
constexpr double kRoom = 1.1;    // to grow before the kernel must be transformed again

}  // namespace

Extent::Extent(const Layout& layout) {
  const auto bounds = [&](const AlignedVector<float>& at) {
    const auto [low, high] = std::minmax_element(at.begin(), at.begin() + layout.points);
    return std::pair<double, double>(*low, *high);
  };
  std::tie(lowX, highX) = bounds(layout.plane.x);
  std::tie(lowY, highY) = bounds(layout.plane.y);
}

double Extent::span() const { return std::max(highX - lowX, highY - lowY); }

NodeGrid NodeGrid::around(const Extent& extent) {
  NodeGrid grid;
  grid.side = std::max(kRoom * extent.span(), 1e-3);
  const auto wanted = static_cast<std::int64_t>(std::min(std::ceil(grid.side / kSpacing), 1e9)) + 4;
  grid.nodes = fftLength(2 * std::clamp(wanted, kFewestNodes, kMostNodes)) / 2;
  grid.stride = static_cast<std::int64_t>(roundUp(grid.nodes, kFftLanes));
  grid.spacing = grid.side / static_cast<double>(grid.nodes - 4);
  grid.originX = (extent.lowX + extent.highX - grid.side) / 2 - kMargin * grid.spacing;
  grid.originY = (extent.lowY + extent.highY - grid.side) / 2 - kMargin * grid.spacing;
  return grid;
}

bool NodeGrid::holds(const Extent& extent) const {
  const double left = originX + kMargin * spacing, below = originY + kMargin * spacing;
  return nodes > 0 && extent.lowX >= left && extent.highX <= left + side && extent.lowY >= below &&
         extent.highY <= below + side && extent.span() >= 0.75 * side;
}

}  // namespace discern::embedding
