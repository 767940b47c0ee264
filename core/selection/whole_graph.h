// The energy as a minimum cut, solved by Boost.Graph: the reference for the path.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/selection/selection.h"

namespace discern::selection {

// Made once, cut at any lambda. With d_i the summed weight of sample i the energy is
//   sum_i a_i (u_i + lambda d_i / 2) - lambda / 2 sum_{i < j} w_ij |a_i - a_j|,
// so that each sample has an arc from the source or to the sink and each pair an edge of capacity |lambda|
// w_ij / 2.
class WholeGraph {
 public:
  explicit WholeGraph(const SelectionInput& input);
  ~WholeGraph();
  WholeGraph(const WholeGraph&) = delete;
  WholeGraph& operator=(const WholeGraph&) = delete;

  // Per sample; the smallest minimiser: what the source still reaches. Throws Error for lambda > 0.
  std::vector<unsigned char> cut(double lambda) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Throws Error unless lambda is finite and at most 0.
void checkLambda(double lambda);

}  // namespace discern::selection
