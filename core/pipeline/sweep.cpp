#include "core/pipeline/sweep.h"

#include <chrono>
#include <cmath>

#include "core/analysis/operating_point.h"
#include "core/analysis/protocol_today.h"
#include "core/pipeline/aggregators.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/scoring_cost.h"
#include "core/sweep/target.h"

namespace discern::pipeline {

namespace {

results::TargetResult reachTarget(const sweep::Target& target, const ComparisonInputs& in,
                                  const sweep::SweepOptions& how, const std::vector<sweep::Curve>& curves,
                                  const SweepJobOptions& options, Progress& progress) {
  results::TargetResult result;
  for (const auto& curve : curves)
    if (curve.isBaseline && curve.name == "average") result.reference = curve.points.front().tar;
  const auto found = sweep::reach(target, curves, result.reference);
  if (found.point < 0) return result;
  const auto& curve = curves[static_cast<std::size_t>(found.curve)];
  const auto& point = curve.points[static_cast<std::size_t>(found.point)];
  result.aggregation = curve.name;
  result.threshold = point.threshold;
  result.tar = point.tar;
  result.kept = point.keptShare;
  result.compute = point.cost.share;
  if (options.bootstraps == 0) return result;
  analysis::OperatingPoint taken;
  analysis::setAggregation(taken, curve.name);
  sweep::ThresholdEvaluator::Options as;
  as.far = how.far;
  as.rescale = taken.rescale;
  as.byWeights = !taken.weights.empty();
  progress.throwIfStopped();
  sweep::ThresholdEvaluator evaluator(in.features.view(), in.scores.score, in.protocol, how.weights,
                                      how.lengths);
  const auto difference = sweep::againstEveryImage(evaluator, point.threshold, as, options.bootstraps);
  result.low = difference.low;
  result.high = difference.high;
  return result;
}

}  // namespace

SweepJobResult runSweep(const project::Project& project, const SweepJobOptions& options, Progress& progress) {
  using Clock = std::chrono::steady_clock;
  jobs::sweepFields().check(options);
  const auto in = readComparison(
      project, {options.protocol, options.features, options.scores, options.weights}, true, progress);
  const auto costs = scoringCosts(project, in.names, progress);
  sweep::SweepOptions how;
  how.thresholds = options.thresholds;
  how.far = options.far;
  how.lengths = options.lengths;
  how.accuracy = options.accuracy;
  how.cost = costs.scores;
  auto aggregators =
      aggregatorsFor(project, options.aggregators, madeBy(project, in.names.features), progress);
  how.networks = std::move(aggregators.networks);
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
  result.lengths = options.lengths;
  result.trueScores = areTrueScores(in.scores);
  result.trueWeights = weighed && areTrueScores(in.weights);
  result.published = publishedText(jobs::sweepFields().departures(options, "paper"));
  result.far = options.far;
  result.impostors = analysis::impostorsOf(in.protocol);
  result.pairs = in.pairs;
  result.curves = std::move(swept.curves);
  result.aggregators = std::move(aggregators.names);
  const auto share = [](double percent) {
    return std::isnan(percent) ? std::nullopt : std::optional(percent / 100);
  };
  const sweep::Target target{share(options.loseAtMost), share(options.computeAtMost)};
  if (!target.empty()) result.target = reachTarget(target, in, how, result.curves, options, progress);
  if (swept.kneeCurve >= 0) result.knee = results::Knee{swept.kneeCurve, swept.kneePoint};
  return result;
}

}  // namespace discern::pipeline
