// What pushes the points of a map apart: with q_ij = 1 / (1 + |y_i - y_j|^2), the sums
//   f_i = sum_j q_ij^2 (y_i - y_j)   and   Z = sum_{i != j} q_ij  (over ordered pairs).
#pragma once

#include <memory>

#include "core/base/team.h"
#include "core/embedding/layout.h"

namespace discern::embedding {

class Repulsion {
 public:
  virtual ~Repulsion() = default;
  // Fills force (as many points as the layout has) and returns Z. The same whatever the number of threads.
  // Positions within 4e4 of each other.
  virtual double compute(const Layout& layout, Plane& force) = 0;
};

// All pairs, in float32 with sums of sums in double: N^2 / 2 reciprocals.
std::unique_ptr<Repulsion> exactRepulsion(std::int64_t points, Team& team);

// Linderman et al. 2019 (FIt-SNE): charges go to a grid, are convolved there by FFT and read back. Here with
// cubic B-splines whose blur the kernel's transform undoes (as particle-mesh methods do; far closer than
// Lagrange's polynomials on the same nodes) and with the gradient kernel z / (1 + |z|^2)^2 itself (one
// convolution in place of four). O(N + G log G) for a grid of G nodes, which grows with the map's area.
// Errors: of a force below 0.1 % of the typical one on maps of 10,000 points, of Z 1e-5.
std::unique_ptr<Repulsion> interpolatedRepulsion(std::int64_t points, Team& team);

// Exact up to exactLimit points; beyond, whichever of the two costs less on each layout (a wide map of few
// points needs more nodes than it has pairs).
std::unique_ptr<Repulsion> makeRepulsion(std::int64_t points, std::int64_t exactLimit, Team& team);

}  // namespace discern::embedding
