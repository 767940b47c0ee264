// Inside evaluation: the FAR rules, in one place.
#pragma once

#include <cmath>
#include <cstdint>

#include "core/base/error.h"
#include "core/evaluation/verification.h"

namespace discern::evaluation {

// What an operating point accepts: every score strictly above `reject` (-infinity: everything).
struct Cut {
  double reject = -HUGE_VAL;
  std::int64_t falseAccepts = 0;
};

// How many of n impostors "FAR <= far" may accept. The tiny addend undoes the rounding of products like 0.001
// * 3000.
inline std::int64_t allowedFalseAccepts(double far, std::int64_t n) {
  if (!(far >= 0 && far <= 1)) fail("FAR {} is no share; give a number between 0 and 1", far);
  return static_cast<std::int64_t>(std::floor(far * static_cast<double>(n) + 1e-9));
}

// Nearest: whether accepting the tied group (high accepted in all) is at least as near to the target as
// leaving it out (low accepted); of two equally near ones the larger FAR, as InsightFace's flipped argmin has
// it.
inline bool takesGroup(FarRule rule, double far, std::int64_t n, double low, double high) {
  const double target = far * static_cast<double>(n);
  return rule == FarRule::Nearest && high - target <= target - low + 1e-9;
}

// At most `most` true points, evenly in log FAR: the last of each bin, and the ends.
std::vector<RocPoint> thin(const std::vector<RocPoint>& roc, int most);

struct Interval {
  double low = 0, high = 0;
};
// 95 % percentile interval of the TAR when genuine and impostor scores are resampled with replacement; both
// sorted descending, neither empty.
Interval bootstrapTar(const Comparisons& sorted, double far, FarRule rule, int bootstraps,
                      std::uint64_t seed);

}  // namespace discern::evaluation
