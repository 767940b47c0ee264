#include "core/pipeline/evaluate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/aggregation/methods.h"
#include "core/analysis/agreement.h"
#include "core/analysis/kept.h"
#include "core/base/field_error.h"
#include "core/evaluation/all_pairs.h"
#include "core/evaluation/slices.h"
#include "core/pipeline/aggregation_plan.h"
#include "core/pipeline/carried_point.h"
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
      : in_(in),
        costs_(costs),
        templates_(in),
        order_(in.protocol.pairs, std::ssize(in.protocol.templates), in.features.view().cols) {
    verification_.fars = options.fars;
    verification_.rule = options.rule;
    verification_.bootstraps = options.bootstraps;
    verification_.seed = options.seed;
  }

  Known known() const { return templates_.known(); }

  ComparedPairs compare(const PlannedAggregation& planned) const {
    return comparePairs(in_.protocol, templates_.of(planned), order_);
  }

  AggregationResult measure(const PlannedAggregation& planned, const ComparedPairs& pairs) const {
    AggregationResult row = rowOf(planned, evaluation::verify(pairs.comparisons, verification_));
    if (in_.protocol.folds > 0) {
      const auto folds = evaluation::foldAccuracy(pairs.values, pairs.genuine, pairs.fold);
      row.accuracy = folds.accuracy;
      row.accuracyError = folds.error;
      row.tarOverFolds = evaluation::tarOverFolds(pairs.values, pairs.genuine, pairs.fold, verification_.fars,
                                                  verification_.rule);
    }
    return row;
  }

  // Of a protocol that lists no pairs: every template against every other one.
  evaluation::VerificationResult compareAll(const PlannedAggregation& planned, Progress& progress) const {
    return evaluation::verifyAllPairs(templates_.of(planned).view(), ownersOf(in_), verification_, progress);
  }

  AggregationResult rowOf(const PlannedAggregation& planned, evaluation::VerificationResult verified) const {
    AggregationResult row;
    row.name = planned.name;
    row.auc = verified.auc;
    row.eer = verified.eer;
    row.tar = std::move(verified.tarAtFar);
    row.roc = std::move(verified.roc);
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
  const analysis::PairOrder order_;
  evaluation::VerificationOptions verification_;
};

// How a point that was chosen elsewhere makes templates here: by the rule that its acceptance threshold was
// found with, or not at all. given: before names that are not given were chosen.
PlannedAggregation ruleOf(const analysis::CarriedPoint& carried, const EvaluateOptions& given,
                          const ComparisonInputs& in, Known known) {
  const auto& point = carried.point;
  const auto require = [&](const char* field, const char* does, const std::string& wanted,
                           const std::string& named, const std::string& taken) {
    if (!wanted.empty() && named.empty() && taken != wanted)
      failField(
          field, "",
          "the point {} by '{}', and there are no such scores here; name those that are told in the same "
          "way",
          does, wanted);
  };
  known.scores = known.scores && !point.scores.empty();  // else it takes every image, whatever is known here
  if (!in.single) {                                      // else the one image is its template, by any rule
    require("scores", "drops", point.scores, given.scores, in.names.scores);
    if (!point.scores.empty()) require("weights", "weighs", point.weights, given.weights, in.names.weights);
  }
  const auto planned = analysis::aggregationOf(point, known);
  if (!in.single && !carried.aggregation.empty() && planned.name != carried.aggregation)
    failField("operating-point", given.operatingPoint,
              "its threshold of acceptance is of '{}', and its other fields say '{}'; write it again",
              carried.aggregation, planned.name);
  requireKeptAlone(in, planned.how.method);
  return planned;
}

// What a point that was chosen elsewhere does here.
results::TriedPoint tryPoint(const analysis::CarriedPoint& carried, const PlannedAggregation& planned,
                             const std::string& from, const ComparisonInputs& in, const Comparer& comparer) {
  const auto& point = carried.point;
  const auto pairs = comparer.compare(planned);
  evaluation::Rate genuine, impostor;
  for (std::size_t i = 0; i < pairs.values.size(); ++i) {
    auto& rate = pairs.genuine[i] ? genuine : impostor;
    ++rate.total;
    rate.accepted += pairs.values[i] >= carried.accept ? 1 : 0;
  }
  results::TriedPoint tried;
  tried.from = from;
  tried.protocol = carried.point.protocol;
  tried.aggregation = planned.weights == Weights::Others
                          ? analysis::aggregationName(point.rescale, in.names.weights)
                          : planned.name;
  tried.threshold = point.threshold;
  tried.far = point.far;
  tried.accept = carried.accept;
  tried.tarThere = carried.tar;
  tried.farThere = carried.actualFar;
  tried.tar = genuine.share();
  tried.tarLow = genuine.low();
  tried.tarHigh = genuine.high();
  tried.farHere = impostor.share();
  tried.farLow = impostor.low();
  tried.farHigh = impostor.high();
  tried.kept = analysis::keptShare(in.protocol, in.scores.score, planned.how);
  tried.travels = tried.farLow <= point.far && point.far <= tried.farHigh;
  return tried;
}

// Names that are not given are the point's, where there are such here.
EvaluateOptions withPoint(EvaluateOptions options, const analysis::CarriedPoint& carried,
                          const project::Project& project, Progress& progress) {
  const auto choices = analysis::choicesOf(project);
  const auto take = [&](std::string& name, const std::string& of, const std::vector<std::string>& names) {
    if (name.empty() && std::ranges::find(names, of) != names.end()) name = of;
  };
  const auto& point = carried.point;
  take(options.features, point.features, choices.features);
  take(options.scores, point.scores, choices.scores);
  take(options.weights, point.weights, choices.scores);
  options.threshold = point.threshold;
  options.lengths = point.lengths;
  options.percentile = std::numeric_limits<double>::quiet_NaN();
  if (std::ranges::find(options.rescales, point.rescale) == options.rescales.end())
    options.rescales.push_back(point.rescale);
  if (std::ranges::find(options.fars, point.far) == options.fars.end()) {
    options.fars.push_back(point.far);
    std::ranges::sort(options.fars);
  }
  const auto features = newestFeatures(project, options.features);
  const auto model = project.setting(settings::featureModel(features)).value_or("");
  if (!carried.model.empty() && !model.empty() && model != carried.model)
    progress.note(
        fmt::format("features '{}' are by another model than those that the operating point was chosen "
                    "with, whose acceptance threshold says nothing about them",
                    features));
  return options;
}

EvaluateResult headOf(const project::Project& project, const ComparisonInputs& in,
                      const EvaluateOptions& options) {
  EvaluateResult result;
  result.protocol = in.names.protocol;
  result.features = in.names.features;
  result.scores = in.names.scores;
  result.weights = in.names.weights;
  result.pairs = in.pairs;
  result.templates = in.templates;
  result.everyPair = in.protocol.pairs.empty() && project.protocol(in.names.protocol).pairs.empty();
  result.flip = isFlipped(project, in.names.features);
  result.folds = in.protocol.folds;
  result.lengths = options.lengths;
  result.threshold = thresholdOf(options, in);
  result.trueScores = areTrueScores(in.scores);
  result.trueWeights = areTrueScores(in.weights);
  result.published = publishedText(jobs::evaluateFields().departures(options, "paper"));
  result.farRule = options.rule == evaluation::FarRule::AtMost ? "at most" : "nearest";
  result.bootstraps = result.everyPair ? 0 : options.bootstraps;  // which needs them listed
  result.k = options.k;
  result.trim = options.trim;
  result.minCosine = options.minCosine;
  result.seed = options.seed;
  result.edcFmr = options.fmr;
  return result;
}

}  // namespace

EvaluateResult evaluate(const project::Project& project, const EvaluateOptions& given, Progress& progress) {
  jobs::evaluateFields().check(given);
  EvaluateOptions options = given;
  std::optional<analysis::CarriedPoint> carried;
  if (!given.operatingPoint.empty()) {
    carried = readCarriedPoint(project, given.operatingPoint, progress);
    options = withPoint(given, *carried, project, progress);
  }
  auto in = readComparison(project, {options.protocol, options.features, options.scores, options.weights},
                           false, progress, true);
  leaveOutUnkept(in, thresholdOf(options, in), progress);
  EvaluateResult result = headOf(project, in, options);
  const auto costs = scoringCosts(project, in.names, progress);
  const Comparer comparer(in, options, costs);
  std::optional<PlannedAggregation> rule;
  if (carried && result.everyPair)
    failField("operating-point", given.operatingPoint,
              "is tried on a protocol's pairs, and '{}' lists none; choose one that does", result.protocol);
  if (carried) rule = ruleOf(*carried, given, in, comparer.known());
  const auto aggregators =
      aggregatorsFor(project, options.aggregators, madeBy(project, in.names.features), progress);
  if (!in.single) result.aggregators = aggregators.names;
  auto plan = planAggregations(options, result.threshold, aggregators, comparer.known(), in.single);
  if (in.onlyKept && !in.single) {
    std::erase_if(plan, [](const auto& p) { return !aggregation::infoOf(p.how.method).takesThreshold; });
    if (plan.empty())
      fail("{}, and without scores every image is asked for; score the images, or extract features of all",
           analysis::sentence(in.names.features, *in.onlyKept));
    progress.note(analysis::sentence(in.names.features, *in.onlyKept) +
                  "; aggregations that take others, the plain average among them, are left out");
  }

  if (result.everyPair) {
    for (const auto& planned : plan) {
      auto verified = comparer.compareAll(planned, progress);
      result.genuine = verified.genuine;
      result.impostor = verified.impostor;
      result.aggregations.push_back(comparer.rowOf(planned, std::move(verified)));
    }
    plan.clear();
  }

  progress.start("evaluating", static_cast<std::int64_t>(plan.size()));
  ComparedPairs average;
  for (const auto& planned : plan) {
    progress.throwIfStopped();
    ComparedPairs pairs = comparer.compare(planned);
    result.aggregations.push_back(comparer.measure(planned, pairs));
    result.genuine = std::ssize(pairs.comparisons.genuine);
    result.impostor = std::ssize(pairs.comparisons.impostor);
    if (planned.how.method == aggregation::Method::Average) {
      average = std::move(pairs);
      average.comparisons = {};  // nobody asks for them again, and they are many
    }
    progress.advance();
  }
  progress.finish();

  std::vector<data::ScoreTable> tables;
  for (const auto& name : project.scoreTables()) tables.push_back(project.scores(name));
  evaluation::EdcOptions edc;
  edc.variant = options.edc;
  edc.fmr = options.fmr;
  if (!average.values.empty()) result.edc = edcCurves(tables, in.protocol, average, edc);
  result.agreement = analysis::agreements(tables, in.roster, result.features);
  if (carried) {
    if (carried->point.protocol == result.protocol && carried->impostor == result.impostor)
      progress.note(
          fmt::format("protocol '{}' looks like the one that the operating point was chosen on: what it does "
                      "there says nothing about others",
                      result.protocol));
    result.tried = tryPoint(*carried, *rule, given.operatingPoint, in, comparer);
  }
  return result;
}

}  // namespace discern::pipeline
