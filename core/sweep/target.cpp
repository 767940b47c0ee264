#include "core/sweep/target.h"

#include <cmath>

namespace discern::sweep {
namespace {

constexpr double kRounding = 1e-12;

std::vector<float> joined(const evaluation::Comparisons& comparisons) {
  std::vector<float> all = comparisons.genuine;
  all.insert(all.end(), comparisons.impostor.begin(), comparisons.impostor.end());
  return all;
}

}  // namespace

Reached reach(const Target& target, const std::vector<Curve>& curves, double reference) {
  Reached best;
  double bestTar = 0, bestCompute = 0;
  for (std::size_t c = 0; c < curves.size(); ++c) {
    if (curves[c].isBaseline) continue;
    for (std::size_t p = 0; p < curves[c].points.size(); ++p) {
      const double tar = curves[c].points[p].tar, compute = curves[c].points[p].cost.share;
      if (!std::isfinite(tar) || !std::isfinite(compute)) continue;
      if (target.loseAtMost && tar < reference - *target.loseAtMost - kRounding) continue;
      if (target.computeAtMost && compute > *target.computeAtMost + kRounding) continue;
      const bool cheaper = compute < bestCompute || (compute == bestCompute && tar > bestTar);
      const bool better = tar > bestTar || (tar == bestTar && compute < bestCompute);
      if (best.point >= 0 && !(target.loseAtMost ? cheaper : better)) continue;
      best = {static_cast<int>(c), static_cast<int>(p)};
      bestTar = tar;
      bestCompute = compute;
    }
  }
  return best;
}

evaluation::PairedTar againstEveryImage(ThresholdEvaluator& evaluator, double threshold,
                                        const ThresholdEvaluator::Options& how, int bootstraps,
                                        std::uint64_t seed) {
  aggregation::Options mean;
  mean.method = aggregation::Method::Average;
  evaluation::Comparisons every;
  evaluator.baseline(mean, how, &every);
  evaluator.at(threshold, how);
  const auto& kept = evaluator.comparisons();
  std::vector<bool> genuine(kept.genuine.size(), true);
  genuine.resize(kept.genuine.size() + kept.impostor.size(), false);
  evaluation::PairedOptions options;
  options.fars = {how.far};
  options.bootstraps = bootstraps;
  options.seed = seed;
  return evaluation::comparePaired(joined(every), joined(kept), genuine, options).front();
}

}  // namespace discern::sweep
