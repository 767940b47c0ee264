#include "core/pipeline/evaluate.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/agreement.h"
#include "core/analysis/kept.h"
#include "core/pipeline/aggregation_plan.h"
#include "core/pipeline/compare.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/edc_curves.h"
#include "core/pipeline/scoring_cost.h"
#include "core/pipeline/template_features.h"

namespace discern::pipeline {
namespace {
using Weights = PlannedAggregation::Weights;

double thresholdOf(const EvaluateOptions& options, const ComparisonInputs& in) {
  std::vector<float> used;
  if (!in.scores.score.empty()) used = analysis::scoresInTemplates(in.protocol, in.scores.score);
  return options.percentile >= 0 && !used.empty() ? sweep::scoreAtPercentile(options.percentile, used)
                                                  : options.threshold;
}

// Aggregates and compares, one planned row after the other.
class Comparer {
 public:
  Comparer(const ComparisonInputs& in, const EvaluateOptions& options, const ScoringCosts& costs)
      : in_(in), costs_(costs), templates_(in) {
    verification_.fars = options.fars;
    verification_.rule = options.rule;
    verification_.bootstraps = options.bootstraps;
    verification_.seed = options.seed;
  }

  Known known() const { return templates_.known(); }

  ComparedPairs compare(const PlannedAggregation& planned) const {
    return comparePairs(in_.protocol, templates_.of(planned));
  }

  AggregationResult measure(const PlannedAggregation& planned, const ComparedPairs& pairs) const {
    AggregationResult row;
    row.name = planned.name;
    auto verified = evaluation::verify(pairs.comparisons, verification_);
    row.auc = verified.auc;
    row.eer = verified.eer;
    row.tar = std::move(verified.tarAtFar);
    row.roc = std::move(verified.roc);
    if (in_.protocol.folds > 0) {
      const auto folds = evaluation::foldAccuracy(pairs.values, pairs.genuine, pairs.fold);
      row.accuracy = folds.accuracy;
      row.accuracyError = folds.error;
    }
    row.kept = analysis::keptShare(in_.protocol, in_.scores.score, planned.how);
    const bool asks = planned.weights != Weights::Detector &&  // which has run anyway
                      aggregation::usesScores(planned.how.method);
    const auto spent = evaluation::cost(
        planned.weights == Weights::Others ? costs_.weighed : costs_.scores, templates_.samples(),
        std::llround(row.kept * static_cast<double>(templates_.samples())), asks);
    row.macsShare = spent.share;
    row.millisecondsPerTemplate =
        in_.templates > 0 ? spent.milliseconds / static_cast<double>(in_.templates) : 0;
    return row;
  }

 private:
  const ComparisonInputs& in_;
  const ScoringCosts& costs_;
  const TemplateFeatures templates_;
  evaluation::VerificationOptions verification_;
};

EvaluateResult headOf(const ComparisonInputs& in, const EvaluateOptions& options) {
  EvaluateResult result;
  result.protocol = in.names.protocol;
  result.features = in.names.features;
  result.scores = in.names.scores;
  result.weights = in.names.weights;
  result.pairs = in.pairs;
  result.templates = in.templates;
  result.folds = in.protocol.folds;
  result.lengths = options.lengths;
  result.threshold = thresholdOf(options, in);
  result.trueScores = areTrueScores(in.scores);
  result.trueWeights = areTrueScores(in.weights);
  result.published = publishedText(jobs::evaluateFields().departures(options, "paper"));
  result.farRule = options.rule == evaluation::FarRule::AtMost ? "at most" : "nearest";
  result.bootstraps = options.bootstraps;
  result.k = options.k;
  result.seed = options.seed;
  result.edcFmr = options.fmr;
  return result;
}

}  // namespace

EvaluateResult evaluate(const project::Project& project, const EvaluateOptions& options, Progress& progress) {
  jobs::evaluateFields().check(options);
  const auto in = readComparison(
      project, {options.protocol, options.features, options.scores, options.weights}, false, progress);
  EvaluateResult result = headOf(in, options);
  const auto costs = scoringCosts(project, in.names, progress);
  const Comparer comparer(in, options, costs);
  const auto plan = planAggregations(options, result.threshold, comparer.known(), in.single);

  progress.start("evaluating", static_cast<std::int64_t>(plan.size()));
  ComparedPairs average;
  for (const auto& planned : plan) {
    progress.throwIfStopped();
    ComparedPairs pairs = comparer.compare(planned);
    result.aggregations.push_back(comparer.measure(planned, pairs));
    result.genuine = std::ssize(pairs.comparisons.genuine);
    result.impostor = std::ssize(pairs.comparisons.impostor);
    if (planned.how.method == aggregation::Method::Average) average = std::move(pairs);
    progress.advance();
  }
  progress.finish();

  std::vector<data::ScoreTable> tables;
  for (const auto& name : project.scoreTables()) tables.push_back(project.scores(name));
  evaluation::EdcOptions edc;
  edc.variant = options.edc;
  edc.fmr = options.fmr;
  result.edc = edcCurves(tables, in.protocol, average, edc);
  result.agreement = analysis::agreements(tables, in.roster, result.features);
  return result;
}

}  // namespace discern::pipeline
