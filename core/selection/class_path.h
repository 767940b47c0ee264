// The exact lambda path of one identity.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/selection/atomic_split.h"
#include "core/selection/kernels.h"

namespace discern::selection {

// With mu = -lambda the best set maximises mu w(S) - u(S). The smallest best sets nest: let A be the one at
// a, B the one at b > a. w is supermodular and u modular, so at b
//   f(A) - f(A n B) <= f(A u B) - f(B) <= 0,   f = b w - u,
// and a smaller factor only lowers the left side, for w(A) >= w(A n B). So A n B is as good as A at a, and A,
// being the smallest, lies in B.
//
// The path is thus a chain of sets, each the last one and one more block, at increasing mu; a block enters at
// mu = u / (its weight inside and to all before it). Any chain whose mu increase and whose blocks are atomic
// (atomic_split.h) is it: the shares that prove the blocks make every set of the chain best between its mu.
// Found by
//   peeling: take away, one by one, the sample with the least weight for its u; the reverse order's lower
//     hull of (weight, u) gives first blocks;
//   refining: a block that is not atomic is reordered and split; neighbours whose mu do not increase are
//     merged.
// Each change lowers the hull, so it ends.
class ClassPath {
 public:
  // u: n >= 0. pairs: padded x padded weights >= 0, symmetric, zero diagonal and padding. enters: n, the mu
  // beyond which each sample is kept; infinity if it has no pair of positive weight.
  void compute(std::span<const double> u, const float* pairs, std::span<double> enters);

  const AtomicSplit::Counts& counts() const { return split_.counts(); }

 private:
  struct Block {
    std::size_t begin = 0, end = 0;  // positions in order_
    double u = 0, weight = 0;
    bool atomic = false;
  };
  void peel();
  void findGains(std::size_t end);
  void append(const Block& block);
  void appendPositions(std::size_t begin, std::size_t end);
  bool isAtomic(const Block& block);
  Candidate gather(const Block& block);
  void refine();
  void enterFree(std::span<double> enters) const;

  std::size_t n_ = 0, width_ = 0, free_ = 0;
  std::span<const double> u_;
  const float* pairs_ = nullptr;
  std::vector<std::size_t>
      order_;                 // samples with a pair: first free_ ones without u, then by when they enter
  std::vector<double> gain_;  // per position: weight to all positions before
  AlignedVector<double> degree_, linked_;
  AlignedVector<float> rest_, inverse_, penalty_;
  std::vector<Block> blocks_, before_;
  std::vector<double> blockU_, blockBase_;
  AlignedVector<std::int32_t> members_;  // of the block looked at, padded
  AlignedVector<float> blockPairs_;
  AlignedVector<double> blockDegree_;
  std::vector<double> blockGain_;
  std::vector<std::size_t> turn_;
  AtomicSplit split_;
};

}  // namespace discern::selection
