// Error versus discard: how fast errors fall when the pairs of lowest quality are thrown away.
#pragma once

#include <span>
#include <vector>

namespace discern::evaluation {

enum class EdcVariant {
  // Threshold set once, at zero discard; discards genuine comparisons only (FNMR knows no others); equal
  // qualities leave together; stepwise.
  FixedThreshold,
  // Discards all comparisons, ties by their order; threshold recomputed at every 5 % step to 95 %.
  CrFiqa,
};

struct EdcOptions {
  EdcVariant variant = EdcVariant::FixedThreshold;
  double fmr = 1e-3;       // of the threshold at which FNMR is read
  double partialTo = 0.2;  // pAUC over discard in [0, partialTo]
};

struct EdcPoint {
  double discarded = 0;  // fraction of genuine (FixedThreshold) or of all (CrFiqa) comparisons
  double fnmr = 0;
};

struct EdcResult {
  double threshold = 0;
  double startFnmr = 0;
  std::vector<EdcPoint> curve;
  // Area above the ideal line max(0, fnmr0 - discard) over [0,
  // partialTo]; a point's value holds until the next point.
  double pauc = 0;
};

// scores, genuine, quality: one per comparison; quality = min of the two samples' (larger is better;
// NaN leaves first). Throws Error without genuine or without impostor comparisons.
EdcResult errorVersusDiscard(std::span<const float> scores, const std::vector<bool>& genuine,
                             std::span<const float> quality, const EdcOptions& options = {});

}  // namespace discern::evaluation
