// Selection of the faces worth learning from (SKD): the binary labels a_i that minimise
//   sum_i a_i u_i + lambda sum_{i < j, same identity} a_i a_j w_ij,   lambda <= 0,
// with u_i the summed similarity to the other identities'
// centroids and w_ij that of two faces of one identity.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/progress.h"
#include "core/data/matrix.h"

namespace discern::selection {

struct SelectionInput {
  data::MatrixView features;      // N x d; any length: cosines are taken
  std::span<const int> identity;  // N, 0-based; negative: takes no part
  int identities = 0;
  std::span<const float> others;  // N: u_i >= 0, ScoreTable-like; NaN: takes no part
};

// Selections nest: with growing |lambda| faces only enter. So one number a face tells every selection: the
// face is kept at lambda iff -lambda > enters (strictly: of equally good sets the smallest).
struct LambdaPath {
  std::vector<double>
      enters;  // N; infinity: never kept (alone in its identity, orthogonal to all); NaN: takes no part
  std::int64_t clampedPairs = 0;  // negative cosines inside identities that were taken as 0
  std::int64_t pairs = 0;
  std::int64_t neverKept = 0;  // of methods (methods.h): that no lambda keeps
};

struct PathOptions {
  int threads = 0;  // 0: threadCount()
};

// Exact, all lambdas at once; identities are independent of each other. Exact means for the pairs' float
// cosines, in double precision: breakpoints nearer to each other than a relative 1e-12 of an identity's
// weight may coincide. Features that hold NaN or infinity take no part; the zero vector has cosine 0 with
// all. Memory beside the features: of the largest identity (8 bytes a pair, 24 where a maximum flow is
// needed), a thread. Results do not depend on the threads. Throws Error (lengths, labels, u negative or
// infinite), Cancelled. progress.advance(1) an identity.
LambdaPath lambdaPath(const SelectionInput& input, const PathOptions& options, Progress& progress);

inline bool isKept(double enters, double lambda) { return -lambda > enters; }

// The reference: one minimum cut at one lambda, Boost.Graph's Boykov-Kolmogorov on the whole sparse graph.
// kept: the smallest minimiser. Memory: all pairs of all identities. Throws Error for lambda > 0. In
// energyOf, marks of faces that take no part do not count.
struct Cut {
  std::vector<unsigned char> kept;  // N
  double energy = 0;
  std::int64_t pairs = 0, clampedPairs = 0;  // as of LambdaPath
  std::int64_t neverKept = 0;                // without a pair of positive weight: no lambda keeps them
};
Cut cutAt(const SelectionInput& input, double lambda);
double energyOf(const SelectionInput& input, std::span<const unsigned char> kept, double lambda);

// How many faces each lambda keeps: enters sorted, ready for look-ups.
struct CountCurve {
  std::vector<double> lambda;      // breakpoints, from 0 downwards (each -enters, distinct)
  std::vector<std::int64_t> kept;  // just beyond that breakpoint
};
CountCurve countCurve(std::span<const double> enters);

}  // namespace discern::selection
