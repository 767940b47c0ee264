#include "core/pipeline/evaluate.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/analysis/agreement.h"
#include "core/analysis/kept.h"
#include "core/base/json.h"
#include "core/pipeline/aggregation_plan.h"
#include "core/pipeline/compare.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/edc_curves.h"
#include "core/pipeline/scoring_cost.h"

namespace discern::pipeline {
namespace {
using Weights = PlannedAggregation::Weights;

// Which medium each row of features came from; a sample without a name for it is its own.
std::vector<int> mediaIds(const std::vector<project::SampleRow>& samples, std::int64_t rows) {
  std::vector<int> ids;
  std::map<std::string, int> known;
  for (const auto& sample : samples) {
    const std::string key = sample.media.empty() ? fmt::format("#{}", sample.id) : sample.media;
    ids.push_back(known.emplace(key, static_cast<int>(known.size())).first->second);
  }
  ids.resize(static_cast<std::size_t>(rows));
  return ids;
}

// What a detector said of the protocol's samples (column detector_score of a templates CSV), as weights: 0
// where it said nothing or less. Empty when it said nothing at all.
std::vector<float> detectorWeights(const ComparisonInputs& in) {
  std::vector<float> weights(static_cast<std::size_t>(in.features.view().rows), 0.0F);
  bool known = false;
  for (const auto& t : in.protocol.templates)
    for (const int s : t.samples) {
      const auto nuisance = parseJson(in.roster.samples[static_cast<std::size_t>(s)].nuisance);
      const double score = jsonNumber(nuisance, "detector_score", std::nan(""));
      if (std::isnan(score)) continue;
      weights[static_cast<std::size_t>(s)] = std::max(0.0F, static_cast<float>(score));
      known = true;
    }
  if (!known) weights.clear();
  return weights;
}

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
      : in_(in),
        costs_(costs),
        groups_(analysis::groupsOf(in.protocol)),
        media_(mediaIds(in.roster.samples, in.features.view().rows)),
        detected_(detectorWeights(in)) {
    verification_.fars = options.fars;
    verification_.rule = options.rule;
    verification_.bootstraps = options.bootstraps;
    verification_.seed = options.seed;
    for (const auto& group : groups_) samples_ += static_cast<std::int64_t>(group.size());
  }

  Known known() const {
    return {!in_.scores.score.empty(), std::set<int>(media_.begin(), media_.end()).size() < media_.size(),
            !detected_.empty(), !in_.weights.score.empty()};
  }

  ComparedPairs compare(const PlannedAggregation& planned) const {
    return comparePairs(in_.protocol, templates(planned));
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
    const auto spent =
        evaluation::cost(planned.weights == Weights::Others ? costs_.weighed : costs_.scores, samples_,
                         std::llround(row.kept * static_cast<double>(samples_)), asks);
    row.macsShare = spent.share;
    row.millisecondsPerTemplate =
        in_.templates > 0 ? spent.milliseconds / static_cast<double>(in_.templates) : 0;
    return row;
  }

 private:
  data::Matrix templates(const PlannedAggregation& planned) const {
    if (planned.weights != Weights::Others)
      return aggregation::aggregate(in_.features.view(), groups_,
                                    planned.weights == Weights::Detector ? detected_ : in_.scores.score,
                                    planned.how, media_);
    aggregation::Options byWeight = planned.how;
    byWeight.method = aggregation::Method::ScoreWeighted;
    return aggregation::aggregate(in_.features.view(),
                                  analysis::keptOf(groups_, in_.scores.score, planned.how.threshold),
                                  in_.weights.score, byWeight);
  }

  const ComparisonInputs& in_;
  const ScoringCosts& costs_;
  const std::vector<std::vector<int>> groups_;
  const std::vector<int> media_;
  const std::vector<float> detected_;
  evaluation::VerificationOptions verification_;
  std::int64_t samples_ = 0;
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
  result.threshold = thresholdOf(options, in);
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
