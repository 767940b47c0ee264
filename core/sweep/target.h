// What a person wants of a sweep instead of a threshold: "lose at most half a point", "at most 90 % of the
// compute".
#pragma once

#include <optional>

#include "core/evaluation/paired.h"
#include "core/sweep/sweep.h"

namespace discern::sweep {

// Shares in [0, 1]: TAR that may be lost against the plain mean of every image, and compute of running the
// base model on every image. With both, both must hold.
struct Target {
  std::optional<double> loseAtMost = {}, computeAtMost = {};

  bool empty() const { return !loseAtMost && !computeAtMost; }
};

// Indices into the curves; -1: no point reaches it. Accuracy over thresholds is not monotone: every point of
// every curve that is no baseline is looked at. Of those that reach it, where a loss is allowed the cheapest
// (of equal ones the higher TAR), else the one with the highest TAR (of equal ones the cheapest).
struct Reached {
  int curve = -1, point = -1;
};
// reference: the TAR of the plain mean.
Reached reach(const Target& target, const std::vector<Curve>& curves, double reference);

// The TAR at `threshold` with `how` against that of the plain mean of every image, on the same comparisons,
// with the 95 % interval of the paired bootstrap (evaluation/paired.h). Moves the evaluator to that
// threshold.
evaluation::PairedTar againstEveryImage(ThresholdEvaluator& evaluator, double threshold,
                                        const ThresholdEvaluator::Options& how, int bootstraps,
                                        std::uint64_t seed = 1);

}  // namespace discern::sweep
