#include <algorithm>
#include <functional>
#include <numeric>
#include <vector>

#include "core/embedding/convolution.h"
#include "core/embedding/node_grid.h"
#include "core/embedding/repulsion.h"

namespace discern::embedding {
namespace {

using Four = Lanes<4>::Type;
using LooseFour = Lanes<4>::Loose;

// Cubic B-spline: weights of the nodes -1, 0, 1, 2 at t in [0, 1).
Four cubic(float t) {
  const float u = 1 - t;
  return Four{u * u * u / 6, (3 * t - 6) * t * t / 6 + 2.0F / 3, (3 * u - 6) * u * u / 6 + 2.0F / 3,
              t * t * t / 6};
}

// Products of a point's weights, summed by the distance between their nodes, 0 .. 3.
Four atDistance(Four w) {
  return Four{w[0] * w[0] + w[1] * w[1] + w[2] * w[2] + w[3] * w[3],
              2 * (w[0] * w[1] + w[1] * w[2] + w[2] * w[3]), 2 * (w[0] * w[2] + w[1] * w[3]),
              2 * w[0] * w[3]};
}

struct Cell {
  std::int32_t c, r;  // the node at or before the point
  float tc, tr;
};

class InterpolatedRepulsion final : public Repulsion {
 public:
  InterpolatedRepulsion(std::int64_t points, Team& team)
      : points_(points), team_(team), convolution_(team), cells_(points), order_(points) {}

  double compute(const Layout& layout, Plane& force) override {
    fitGrid(layout);
    sortIntoCells(layout.plane);
    constexpr std::int64_t kBand = 8;
    team_.blocks(grid_.nodes, kBand, [&](std::int64_t begin, std::int64_t end) { spread(begin, end); });
    const double z = convolution_.convolve(charges_, fieldX_, fieldY_);
    constexpr std::int64_t kGrain = 1024;
    std::vector<double> selves((points_ + kGrain - 1) / kGrain);
    team_.blocks(points_, kGrain, [&](std::int64_t begin, std::int64_t end) {
      read(begin, end, force);
      selves[begin / kGrain] = meetings(begin, end);
    });
    return std::accumulate(selves.begin(), selves.end(), z, std::minus<>());
  }

 private:
  void fitGrid(const Layout& layout) {
    const Extent extent(layout);
    if (grid_.holds(extent)) return;
    grid_ = NodeGrid::around(extent);
    convolution_.prepare(grid_);
    for (AlignedVector<float>* nodes : {&charges_, &fieldX_, &fieldY_})
      nodes->assign(grid_.nodes * grid_.stride, 0.0F);
  }

  // order_: points by ascending first cell, then by index; first_[c]: where those of cell c begin.
  void sortIntoCells(const Plane& at) {
    team_.blocks(points_, 4096, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) {
        const double c = (at.x[i] - grid_.originX) / grid_.spacing,
                     r = (at.y[i] - grid_.originY) / grid_.spacing;
        const auto limit = static_cast<std::int32_t>(grid_.nodes - 3);
        Cell& cell = cells_[i];
        cell.c = std::clamp(static_cast<std::int32_t>(c), 1, limit);
        cell.r = std::clamp(static_cast<std::int32_t>(r), 1, limit);
        cell.tc = static_cast<float>(c - cell.c);
        cell.tr = static_cast<float>(r - cell.r);
      }
    });
    first_.assign(grid_.nodes + 1, 0);
    for (const Cell& cell : cells_) ++first_[cell.c + 1];
    for (std::int64_t c = 0; c < grid_.nodes; ++c) first_[c + 1] += first_[c];
    std::vector<std::int32_t> next(first_.begin(), first_.end() - 1);
    for (std::int64_t i = 0; i < points_; ++i) order_[next[cells_[i].c]++] = static_cast<std::int32_t>(i);
  }

  // Every point leaves a charge of 1 on its 4 x 4 nodes: those of [begin, end) along the first axis, so that
  // no two tasks write to one.
  void spread(std::int64_t begin, std::int64_t end) {
    std::fill(charges_.begin() + begin * grid_.stride, charges_.begin() + end * grid_.stride, 0.0F);
    const std::int64_t from = std::max<std::int64_t>(0, begin - 2), to = std::min(grid_.nodes, end + 1);
    for (std::int64_t e = first_[from]; e < first_[to]; ++e) {
      const Cell& cell = cells_[order_[e]];
      const Four wc = cubic(cell.tc), wr = cubic(cell.tr);
      float* nodes = charges_.data() + (cell.c - 1) * grid_.stride + cell.r - 1;
      for (std::int64_t k = 0; k < 4; ++k) {
        if (cell.c - 1 + k < begin || cell.c - 1 + k >= end) continue;
        *reinterpret_cast<LooseFour*>(nodes + k * grid_.stride) += wc[k] * wr;
      }
    }
  }

  void read(std::int64_t begin, std::int64_t end, Plane& force) const {
    for (std::int64_t i = begin; i < end; ++i) {
      const Cell& cell = cells_[i];
      const Four wc = cubic(cell.tc), wr = cubic(cell.tr);
      const std::int64_t at = (cell.c - 1) * grid_.stride + cell.r - 1;
      Four x{}, y{};
      for (std::int64_t k = 0; k < 4; ++k) {
        x += wc[k] * *reinterpret_cast<const LooseFour*>(fieldX_.data() + at + k * grid_.stride);
        y += wc[k] * *reinterpret_cast<const LooseFour*>(fieldY_.data() + at + k * grid_.stride);
      }
      x *= wr;
      y *= wr;
      force.x[i] = (x[0] + x[1]) + (x[2] + x[3]);
      force.y[i] = (y[0] + y[1]) + (y[2] + y[3]);
    }
  }

  // What points contribute to Z by meeting themselves: 1 each, as far as interpolation goes.
  double meetings(std::int64_t begin, std::int64_t end) const {
    Four q[4];
    for (int c = 0; c < 4; ++c)
      for (int r = 0; r < 4; ++r) q[c][r] = static_cast<float>(convolution_.nearEnergy()[c][r]);
    double sum = 0;
    for (std::int64_t i = begin; i < end; ++i) {
      const Four c = atDistance(cubic(cells_[i].tc)), r = atDistance(cubic(cells_[i].tr));
      const Four product = (c[0] * q[0] + c[1] * q[1] + c[2] * q[2] + c[3] * q[3]) * r;
      sum += (product[0] + product[1]) + (product[2] + product[3]);
    }
    return sum;
  }

  std::int64_t points_;
  Team& team_;
  NodeGrid grid_;
  Convolution convolution_;
  std::vector<Cell> cells_;
  std::vector<std::int32_t> order_;
  std::vector<std::int64_t> first_;
  AlignedVector<float> charges_, fieldX_, fieldY_;  // nodes x stride
};

}  // namespace

std::unique_ptr<Repulsion> interpolatedRepulsion(std::int64_t points, Team& team) {
  return std::make_unique<InterpolatedRepulsion>(points, team);
}

}  // namespace discern::embedding
