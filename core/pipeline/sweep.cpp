#include "core/pipeline/sweep.h"

#include <chrono>

#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/scoring_cost.h"

namespace discern::pipeline {

SweepJobResult runSweep(const project::Project& project, const SweepJobOptions& options, Progress& progress) {
  using Clock = std::chrono::steady_clock;
  jobs::sweepFields().check(options);
  const auto in = readComparison(
      project, {options.protocol, options.features, options.scores, options.weights}, true, progress);
  const auto costs = scoringCosts(project, in.names, progress);
  sweep::SweepOptions how;
  how.thresholds = options.thresholds;
  how.far = options.far;
  how.accuracy = options.accuracy;
  how.cost = costs.scores;
  const bool weighed = !in.names.weights.empty() && in.names.weights != in.names.scores;
  if (weighed) {
    how.weights = in.weights.score;
    how.weightsName = in.names.weights;
    how.weightsCost = costs.weighed;
  }
  const auto start = Clock::now();
  auto swept = sweep::sweep(in.features.view(), in.scores.score, in.protocol, how, progress);

  SweepJobResult result;
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  result.protocol = in.names.protocol;
  result.features = in.names.features;
  result.scores = in.names.scores;
  if (weighed) result.weights = in.names.weights;
  result.far = options.far;
  result.pairs = in.pairs;
  result.curves = std::move(swept.curves);
  if (swept.kneeCurve >= 0) result.knee = results::Knee{swept.kneeCurve, swept.kneePoint};
  return result;
}

}  // namespace discern::pipeline
