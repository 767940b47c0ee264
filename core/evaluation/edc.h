// Error versus discard: how fast errors fall when the pairs of lowest quality are thrown away.
#pragma once

#include <span>
#include <vector>

namespace discern::evaluation {

enum class EdcVariant {
  FixedThreshold,  // threshold set once, at zero discard; equal qualities leave together; stepwise
  CrFiqa,          // threshold recomputed at every 5 % step to 95 %
};

struct EdcOptions {
  EdcVariant variant = EdcVariant::FixedThreshold;
  double fmr = 1e-3;           // of the threshold at which FNMR is read
  double partialTo = 0.2;      // pAUC over discard in [0, partialTo]
};

struct EdcPoint {
  double discarded = 0;  // fraction of comparisons
  double fnmr = 0;
};

struct EdcResult {
  double threshold = 0;
  double startFnmr = 0;
  std::vector<EdcPoint> curve;
  double pauc = 0;          // area above the ideal line max(0, fnmr0 - discard), over [0, partialTo]
};

// scores, genuine, quality: one per comparison; quality = min of the two samples' (larger is better).
EdcResult errorVersusDiscard(std::span<const float> scores, const std::vector<bool>& genuine,
                             std::span<const float> quality, const EdcOptions& options = {});

}  // namespace discern::evaluation
