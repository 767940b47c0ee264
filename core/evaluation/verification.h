// 1:1 verification: ROC, AUC, EER, TAR at FAR with bootstrap confidence, and LFW-style folds.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace discern::evaluation {

// Comparison scores (larger = more alike), split by truth.
struct Comparisons {
  std::vector<float> genuine, impostor;
};

// So many impostors (strangers, for an FPIR) a false accept rate wants: 3 / far, since it may be 3 / n where
// not one of n was accepted (the rule of three, 95 %). With fewer: grey it, do not print it as a result.
std::int64_t leastImpostors(double far);
inline bool supports(std::int64_t impostors, double far) { return impostors >= leastImpostors(far); }
double lowestFar(std::int64_t impostors);  // that so many support; 1 where they support none

enum class FarRule { AtMost, Nearest };  // Nearest is InsightFace's; label it when it is used

struct TarAtFar {
  double far = 0;        // asked for
  double tar = 0;        // NaN when there are no genuine comparisons
  double threshold = 0;  // accept when score >= threshold
  double actualFar = 0;
  bool supported = false;  // by the impostors: supports()
  double low = 0,
         high = 0;  // 95 % bootstrap interval (comparisons taken as independent); tar when not asked for
};

struct RocPoint {
  double far = 0, tar = 0, threshold = 0;
};

struct VerificationOptions {
  std::vector<double> fars = {1e-4, 1e-3, 1e-2, 1e-1};
  FarRule rule = FarRule::AtMost;
  int bootstraps = 0;  // resamplings of genuine and impostor scores; 0: no intervals
  std::uint64_t seed = 1;
  int maxRocPoints = 2000;  // thinned evenly in log FAR, ends kept
};

struct VerificationResult {
  std::int64_t genuine = 0, impostor = 0;
  double auc = 0, eer = 0, eerThreshold = 0;  // ties in scores are handled exactly (half a pair each)
  std::vector<TarAtFar> tarAtFar;
  std::vector<RocPoint> roc;  // increasing FAR
};

// Not-finite comparisons throw Error. Empty genuine or impostor throws Error that says which.
VerificationResult verify(const Comparisons& comparisons, const VerificationOptions& options = {});

// TAR at one FAR only, in O(n) (selection, not sorting): for sliders. NaN when a side is empty.
double tarAtFar(const Comparisons& comparisons, double far, FarRule rule = FarRule::AtMost);

struct FoldResult {
  double accuracy = 0;  // mean over folds
  double error = 0;     // standard error of the mean: sd / sqrt(folds)
  std::vector<double> folds, thresholds;
};
// Each fold is tested at the threshold with the best accuracy on the others: a midpoint between neighbouring
// scores of the others (or above or below them all); of equally good ones the highest. fold: per comparison,
// 0-based, none empty.
FoldResult foldAccuracy(std::span<const float> scores, const std::vector<bool>& genuine,
                        std::span<const int> fold);

// TAR at one FAR in each fold by itself (IJB-A's splits): mean, and deviation with folds - 1.
struct FoldTar {
  double far = 0, mean = 0, deviation = 0;
  // A genuine pair, and impostors that support it, in every fold: else do not print it as a result.
  bool supported = false;
};
// NaN where a fold has no genuine or no impostor pair. fold: per comparison, 0-based, two folds or more.
std::vector<FoldTar> tarOverFolds(std::span<const float> scores, const std::vector<bool>& genuine,
                                  std::span<const int> fold, std::span<const double> fars,
                                  FarRule rule = FarRule::AtMost);

// Accuracy at the threshold that is best on these same comparisons (optimistic: nothing is held out).
double bestAccuracy(const Comparisons& comparisons);

}  // namespace discern::evaluation
