// Does a set of samples enter the selection as one, or does a part of it enter before the rest?
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/selection/kernels.h"

namespace discern::selection {

// A set T of n samples that could enter after the samples already kept: u_i, base_i (weight to those kept),
// the weights of the pairs inside T (padded x padded) and their sums, degree_i (padded). It enters at
// mu = u(T) / (base(T) + w(T)).
struct Candidate {
  std::size_t n = 0;
  std::span<const double> u, base;
  const float* pairs = nullptr;
  std::span<const double> degree;
};

// T is atomic iff the weight of each of its pairs can be shared out between the two ends so that every
// sample's load base_i + shares is u_i / mu: no part S can then have u(S) < mu (base(S) + w(S)), since the
// pairs inside S are only some of those whose shares S holds. Shares of w_ij (1/2 + x_i - x_j) give these
// loads if the Laplacian system L x = u / mu - base - degree / 2 holds, and are shares if |x_i - x_j| <= 1/2;
// a few steps of conjugate gradients mostly settle it. Otherwise a maximum flow moves load from the samples
// that have too much, starting from the clipped shares; a part that keeps too much enters earlier (Goldberg's
// construction for the densest subgraph).
class AtomicSplit {
 public:
  // True: atomic, up to a relative 1e-12 of the weight. False: order() lists T so that some proper prefix
  // enters at a smaller mu than T.
  bool isAtomic(const Candidate& candidate);
  std::span<const std::size_t> order() const { return order_; }

  // How often each step was taken, since the object was made.
  struct Counts {
    std::int64_t byLaplacian = 0, byClipping = 0, bySweep = 0, flows = 0, splitByFlow = 0;
  };
  const Counts& counts() const { return counts_; }

 private:
  void prepare(const Candidate& t);
  bool provenByLaplacian(const Candidate& t);
  bool provenByClipping(const Candidate& t, int steps);
  void chooseHubs(std::size_t n);
  bool isRoutable(const Candidate& t) const;
  bool entersEarlierInOrderOfX(const Candidate& t);
  double largestViolation(const Candidate& t);
  void shareOut(const Candidate& t);
  bool levelsReachNeed(std::size_t n);
  double push(std::size_t from, double limit, std::size_t n);
  void maximumFlow(const Candidate& t);

  double weight_ = 0;
  double middle_ = 0;                 // of x_
  std::array<std::size_t, 3> hub_{};  // samples below, at and above the middle
  // wanted_: u / mu - base, what the shares of each sample must come to. rest_: what they lack at x_.
  AlignedVector<double> wanted_, inverse_, x_, rest_, scaled_, direction_, product_;
  AlignedVector<float> roughX_, roughLoad_, roughOpen_;
  std::vector<std::size_t> order_;
  AlignedVector<double> gain_, linked_;  // scratch of largestViolation
  // The flow: share_[i * n + j] is what sample i holds of pair (i, j); surplus: beyond wanted_.
  std::vector<double> share_, surplus_;
  std::vector<int> level_;
  std::vector<std::size_t> next_, queue_;
  double tinyShare_ = 0, tinySurplus_ = 0;
  Counts counts_;
};

}  // namespace discern::selection
