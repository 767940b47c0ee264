// Two ways to score the same comparisons: which is better, and whether by more than chance.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace discern::evaluation {

struct PairedOptions {
  std::vector<double> fars = {1e-4, 1e-3, 1e-2, 1e-1};
  int bootstraps = 1000;  // resamplings of the comparisons; 0: no intervals
  std::uint64_t seed = 1;
};

struct PairedTar {
  double far = 0;  // asked for; each side has its own threshold for it, at most
  double tarA = 0, tarB = 0;
  double thresholdA = 0, thresholdB = 0;  // accept when score >= threshold
  double low = 0, high = 0;  // 95 % bootstrap interval of tarB - tarA; the difference when not asked for
  bool supported = false;    // by the impostors: supports()
  // Comparisons that one side accepts and the other does not, by index: gained by B, lost to it.
  std::vector<std::int64_t> gained, lost;                // genuine
  std::vector<std::int64_t> falselyGained, falselyLost;  // impostors

  double difference() const { return tarB - tarA; }
  // The interval leaves out 0.
  bool isBeyondChance() const { return low > 0 || high < 0; }
};

// a, b: the scores of the same comparisons, larger = more alike; genuine: their truth. Both sides are
// resampled together, genuine and impostor comparisons apart, so that what makes a comparison hard for both
// cancels; the interval is narrower than those of the two sides say. Throws Error: not as many of each, a
// score that is not finite, no genuine or no impostor comparison.
std::vector<PairedTar> comparePaired(std::span<const float> a, std::span<const float> b,
                                     const std::vector<bool>& genuine, const PairedOptions& options = {});

}  // namespace discern::evaluation
