// Error rates of parts of the comparisons (cameras, years, groups of people) at one threshold for all: what a
// deployed system, which has one threshold, does to each of them.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/evaluation/edc.h"

namespace discern::evaluation {

// A share with its 95 % interval (Wilson's score interval); comparisons are taken as independent.
struct Rate {
  std::int64_t accepted = 0, total = 0;

  double share() const;  // NaN of none
  double low() const;
  double high() const;
};

struct Slice {
  Rate genuine, impostor;  // accepted: TAR and FAR
  // Comparisons enough for its numbers to be told: at least kLeastGenuine genuine ones, and impostors that
  // support the FAR (verification.h).
  bool supported = false;
};
inline constexpr std::int64_t kLeastGenuine = 30;

// scores, genuine, slice: one a comparison; slice: 0 .. count - 1, or -1: of none (its two sides differ, or
// nobody knows). Accepted is score >= threshold. Throws Error on sizes that do not fit and slices out of
// range.
std::vector<Slice> slices(std::span<const float> scores, const std::vector<bool>& genuine,
                          std::span<const int> slice, int count, double threshold, double far);

// The supported one with the lowest TAR; -1: fewer than two are supported. By more than chance when its
// interval lies below the TAR of all other sliced genuine comparisons together.
struct Worst {
  int slice = -1;
  bool beyondChance = false;
};
Worst worstSlice(const std::vector<Slice>& slices);

// How comparisons spread over equal bins from `low` to `high`, the ends of all of them, which the last bin
// includes.
struct Spread {
  double low = 0, high = 0;
  // Of each slice a count a bin.
  std::vector<std::vector<std::int64_t>> genuine, impostor;
};
inline constexpr int kSpreadBins = 40;
// As slices().
Spread spreadOf(std::span<const float> scores, const std::vector<bool>& genuine, std::span<const int> slice,
                int count);

// Error versus discard of a slice, with the pAUC's 95 % interval when its genuine comparisons are drawn anew
// with replacement (taken as independent); NaN where it was not asked for, or there is no pAUC.
struct SlicedEdc : EdcResult {
  double paucLow = std::numeric_limits<double>::quiet_NaN(), paucHigh = paucLow;
};
// Inside each slice, at the one threshold of all, as long as kLeastGenuine genuine comparisons of it are
// left; empty for a slice that has fewer. pauc: NaN where the curve ends before 20 %. quality: one a
// comparison.
std::vector<SlicedEdc> slicedEdc(std::span<const float> scores, const std::vector<bool>& genuine,
                                 std::span<const float> quality, std::span<const int> slice, int count,
                                 double threshold, int bootstraps = 0, std::uint64_t seed = 1);

}  // namespace discern::evaluation
