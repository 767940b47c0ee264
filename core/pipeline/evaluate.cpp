#include "core/pipeline/evaluate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/aggregation/methods.h"
#include "core/analysis/cost_model.h"
#include "core/analysis/kept.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/evaluation/names.h"
#include "core/evaluation/protocols.h"
#include "core/pipeline/json_text.h"

namespace discern::pipeline {
namespace {
using aggregation::Method;
using aggregation::Rescale;
using nlohmann::json;

std::vector<Rescale> rescalesOf(const EvaluateOptions& options) {
  return options.rescales.empty() ? EvaluateOptions().rescales : options.rescales;
}

json countsJson(const PairCounts& counts) {
  return {{"relabelled_pairs", counts.relabelled},
          {"excluded_pairs", counts.excluded},
          {"contradicted_pairs", counts.contradicted},
          {"empty_templates", counts.emptyTemplates},
          {"empty_pairs", counts.empty}};
}

// With a note of what was left out.
void leaveOutUnusable(data::Protocol& protocol, data::MatrixView features, const std::string& name,
                      PairCounts& counts, Progress& progress) {
  const std::size_t templates = protocol.templates.size();
  PairCounts left;
  analysis::leaveOutUnusable(protocol, features, left);
  for (const auto& sentence : analysis::sentences(left, protocol.name, templates, name))
    progress.note(sentence);
  counts.emptyTemplates = left.emptyTemplates;
  counts.empty = left.empty;
  counts.lostFolds = left.lostFolds;
}

// Scores of the images that have a row of features: later ones (another protocol's copies) take no part.
data::ScoreTable scoresBeside(const project::Project& project, const std::string& name,
                              data::MatrixView features, const data::Protocol& protocol) {
  data::ScoreTable table = project.scores(name);
  analysis::requireScores(protocol, table);
  table.resize(static_cast<std::size_t>(features.rows));
  return table;
}

std::vector<int> mediaIds(const std::vector<project::SampleRow>& samples) {
  std::vector<int> ids;
  std::map<std::string, int> known;
  for (const auto& sample : samples) {
    const std::string key = sample.media.empty() ? fmt::format("#{}", sample.id) : sample.media;
    ids.push_back(known.emplace(key, static_cast<int>(known.size())).first->second);
  }
  return ids;
}

struct Scored {
  std::vector<float> values;  // per pair
  std::vector<bool> genuine;
  std::vector<int> fold;
  evaluation::Comparisons comparisons;
};

Scored compare(const data::Protocol& protocol, const data::Matrix& templates) {
  Scored scored;
  for (const auto& pair : protocol.pairs) {
    const auto value = static_cast<float>(data::dot(templates.row(pair.a), templates.row(pair.b)));
    scored.values.push_back(value);
    scored.genuine.push_back(pair.genuine);
    scored.fold.push_back(pair.fold);
    (pair.genuine ? scored.comparisons.genuine : scored.comparisons.impostor).push_back(value);
  }
  return scored;
}

// What a detector said of the protocol's samples (column detector_score of a templates CSV), as weights: 0
// where it said nothing or less. Empty when it said nothing at all.
std::vector<float> detectorWeights(const data::Protocol& protocol, const Roster& roster,
                                   data::MatrixView features) {
  std::vector<float> weights(static_cast<std::size_t>(features.rows), 0.0F);
  bool known = false;
  for (const auto& t : protocol.templates)
    for (const int s : t.samples) {
      const json nuisance = parseJson(roster.samples[static_cast<std::size_t>(s)].nuisance);
      const double score = jsonNumber(nuisance, "detector_score", std::nan(""));
      if (std::isnan(score)) continue;
      weights[static_cast<std::size_t>(s)] = std::max(0.0F, static_cast<float>(score));
      known = true;
    }
  if (!known) weights.clear();
  return weights;
}

struct Planned {
  std::string name;
  aggregation::Options how;
  enum class Weights { Scores, Others, Detector } weights = Weights::Scores;  // what ScoreWeighted weighs by
};

std::vector<Planned> plan(const EvaluateOptions& options, double threshold, bool scored, bool media,
                          bool detected) {
  using Needs = aggregation::MethodInfo::Needs;
  std::vector<Planned> list;
  for (const bool byScores : {false, true})
    for (const Method method : aggregation::allMethods()) {
      const auto& info = aggregation::infoOf(method);
      const bool known = info.needs == Needs::Scores           ? scored
                         : info.needs == Needs::Media          ? media
                         : info.needs == Needs::DetectorScores ? detected
                                                               : true;
      if (!known || byScores != (info.needs == Needs::Scores)) continue;
      for (const Rescale rescale : info.takesThreshold ? rescalesOf(options) : std::vector{Rescale::Off}) {
        aggregation::Options o;
        o.method = method;
        o.rescale = rescale;
        o.threshold = threshold;
        o.k = options.k;
        o.seed = options.seed;
        list.push_back(
            {aggregation::labelOf(o), o,
             info.needs == Needs::DetectorScores ? Planned::Weights::Detector : Planned::Weights::Scores});
      }
    }
  return list;
}

std::vector<float> pairQuality(const data::Protocol& protocol, const data::ScoreTable& table) {
  std::vector<float> ofTemplate;
  for (const auto& t : protocol.templates) {
    float sum = 0;
    for (const int s : t.samples)
      sum += std::isfinite(table.score[static_cast<std::size_t>(s)])
                 ? table.score[static_cast<std::size_t>(s)]
                 : 0.0F;
    ofTemplate.push_back(t.samples.empty() ? 0.0F : sum / static_cast<float>(t.samples.size()));
  }
  std::vector<float> quality;
  for (const auto& pair : protocol.pairs)
    quality.push_back(
        std::min(ofTemplate[static_cast<std::size_t>(pair.a)], ofTemplate[static_cast<std::size_t>(pair.b)]));
  return quality;
}

// Notes a score table whose network's cost nobody recorded: the compute of what uses it is then not stated.
void warnAboutCost(const evaluation::CostModel& cost, const std::string& scores, Progress& progress) {
  if (std::isnan(evaluation::scoringShare(cost)))
    progress.note(
        fmt::format("scores '{}': what they cost an image is unknown, so is the compute of what uses them; "
                    "make them again, which records it",
                    scores));
}

evaluation::CostModel weighedCost(const project::Project& project, const evaluation::CostModel& cost,
                                  const std::string& features, const std::string& weights,
                                  Progress& progress) {
  const auto other = analysis::costModel(project, features, weights);
  warnAboutCost(other, weights, progress);
  return analysis::withWeights(cost, other);
}

void warnAboutOldFeatures(const project::Project& project, const data::ScoreTable& table,
                          Progress& progress) {
  if (!table.name.empty())
    noteOtherModel(project, fmt::format("score table '{}'", table.name), table.featureTable,
                   project.setting(settings::scoreModel(table.name)).value_or(""), "score", progress);
}

// JSON has no NaN: null.
json number(double value) { return std::isfinite(value) ? json(value) : json(nullptr); }
}  // namespace

data::Protocol protocolToday(const project::Project& project, const std::string& name, const Roster& roster,
                             PairCounts& counts, Progress& progress) {
  data::Protocol protocol =
      analysis::protocolToday(project.protocol(name), roster.identities, roster, counts);
  for (const auto& sentence : analysis::sentences(counts, name, protocol.templates.size(), {}))
    progress.note(sentence);
  return protocol;
}

EvaluateResult evaluate(const project::Project& project, const EvaluateOptions& options, Progress& progress) {
  jobs::evaluateFields().check(options);
  EvaluateResult result;
  result.protocol = chosenOrNewest(options.protocol, project.protocols(), "protocol", "make one first");
  result.features = newestFeatures(project, options.features);
  const Roster roster = readRoster(project);
  data::Protocol protocol = protocolToday(project, result.protocol, roster, result.pairs, progress);
  const data::MappedNpy mapped = storedFeatures(project, result.features);
  analysis::requireFeatures(protocol, mapped.view(), result.features);
  result.templates = static_cast<std::int64_t>(protocol.templates.size());
  const bool single = std::all_of(protocol.templates.begin(), protocol.templates.end(),
                                  [](const auto& t) { return t.samples.size() <= 1; });
  result.scores = options.scores;
  if (result.scores.empty() && !single && !project.scoreTables().empty())
    result.scores = project.scoreTables().back();
  data::ScoreTable table;
  if (!result.scores.empty()) table = scoresBeside(project, result.scores, mapped.view(), protocol);
  data::ScoreTable weights;
  if (!options.weights.empty()) weights = scoresBeside(project, options.weights, mapped.view(), protocol);
  warnAboutOldFeatures(project, table, progress);
  if (options.weights != result.scores) warnAboutOldFeatures(project, weights, progress);
  leaveOutUnusable(protocol, mapped.view(), result.features, result.pairs, progress);
  result.folds = protocol.folds;

  std::vector<float> used;
  if (!table.score.empty()) used = analysis::scoresInTemplates(protocol, table.score);
  result.threshold = options.percentile >= 0 && !used.empty()
                         ? sweep::scoreAtPercentile(options.percentile, used)
                         : options.threshold;

  std::vector<int> media = mediaIds(roster.samples);
  media.resize(static_cast<std::size_t>(mapped.view().rows));  // as the scores
  const bool hasMedia = std::set<int>(media.begin(), media.end()).size() < media.size();
  const auto detected = detectorWeights(protocol, roster, mapped.view());
  auto list = plan(options, result.threshold, !table.score.empty(), hasMedia, !detected.empty());
  if (single) list.resize(1);  // nothing to aggregate: one row
  const bool weighed = !weights.score.empty() && !single && !table.score.empty();
  if (weighed) {
    list.push_back(
        {fmt::format("ddl weights={}", options.weights), list.back().how, Planned::Weights::Others});
    list.back().how.method = Method::Ddl;
    list.back().how.rescale = Rescale::Off;
  }
  const auto cost = analysis::costModel(project, result.features, result.scores);
  warnAboutCost(cost, result.scores, progress);
  const auto costOfWeighed = weighed && options.weights != result.scores
                                 ? weighedCost(project, cost, result.features, options.weights, progress)
                                 : cost;
  const auto groups = analysis::groupsOf(protocol);
  evaluation::VerificationOptions verification;
  verification.fars = options.fars;
  verification.rule = options.rule;
  verification.bootstraps = options.bootstraps;
  verification.seed = options.seed;

  progress.start("evaluating", static_cast<std::int64_t>(list.size()));
  Scored average;
  for (const auto& [name, aggregation, by] : list) {
    progress.throwIfStopped();
    data::Matrix templates;
    const bool byOthers = by == Planned::Weights::Others, byDetector = by == Planned::Weights::Detector;
    if (byOthers) {
      aggregation::Options byWeight = aggregation;
      byWeight.method = Method::ScoreWeighted;
      templates =
          aggregation::aggregate(mapped.view(), analysis::keptOf(groups, table.score, aggregation.threshold),
                                 weights.score, byWeight);
    } else {
      templates = aggregation::aggregate(mapped.view(), groups, byDetector ? detected : table.score,
                                         aggregation, media);
    }
    Scored scored = compare(protocol, templates);
    AggregationResult row;
    row.name = single ? "single images" : name;
    row.verification = evaluation::verify(scored.comparisons, verification);
    if (protocol.folds > 0) row.folds = evaluation::foldAccuracy(scored.values, scored.genuine, scored.fold);
    row.kept = analysis::keptShare(protocol, table.score, aggregation);
    std::int64_t samples = 0;
    for (const auto& group : groups) samples += static_cast<std::int64_t>(group.size());
    const auto spent = evaluation::cost(
        byOthers ? costOfWeighed : cost, samples, std::llround(row.kept * static_cast<double>(samples)),
        !byDetector && aggregation::usesScores(aggregation.method));  // a detector has run anyway
    row.macsShare = spent.share;
    row.millisecondsPerTemplate =
        result.templates > 0 ? spent.milliseconds / static_cast<double>(result.templates) : 0;
    result.genuine = row.verification.genuine;
    result.impostor = row.verification.impostor;
    result.aggregations.push_back(std::move(row));
    if (aggregation.method == Method::Average) average = std::move(scored);
    progress.advance();
  }
  progress.finish();
  evaluation::EdcOptions edc;
  edc.variant = options.edc;
  edc.fmr = options.fmr;
  std::vector<data::ScoreTable> tables;
  for (const auto& name : project.scoreTables()) tables.push_back(project.scores(name));
  for (const auto& quality : tables)
    if (evaluation::laterThan(quality, protocol) == 0)  // else the copies would look known to be bad
      result.edc.push_back(
          {quality.name, evaluation::errorVersusDiscard(average.values, average.genuine,
                                                        pairQuality(protocol, quality), edc)});
  result.agreement = analysis::agreements(tables, roster, result.features);
  return result;
}

PlainVerification verifyAverage(const data::Protocol& protocol, data::MatrixView features) {
  data::Protocol usable = protocol;
  evaluation::leaveOutUnusable(usable, features);
  aggregation::Options average;
  average.method = Method::Average;
  const Scored scored =
      compare(usable, aggregation::aggregate(features, analysis::groupsOf(usable), {}, average));
  PlainVerification result;
  result.verification = evaluation::verify(scored.comparisons);
  if (usable.folds > 0) result.folds = evaluation::foldAccuracy(scored.values, scored.genuine, scored.fold);
  return result;
}

std::string toJson(const EvaluateResult& result, const EvaluateOptions& options) {
  json aggregations = json::array();
  for (const auto& row : result.aggregations) {
    const auto& v = row.verification;
    json tar = json::array();
    for (const auto& t : v.tarAtFar)
      tar.push_back({{"far", t.far},
                     {"tar", number(t.tar)},
                     {"threshold", number(t.threshold)},
                     {"actual_far", number(t.actualFar)},
                     {"low", number(t.low)},
                     {"high", number(t.high)},
                     {"supported", t.supported}});
    json roc = json::array();
    for (const auto& p : v.roc) roc.push_back({p.far, p.tar});
    const bool folds = !row.folds.folds.empty();
    aggregations.push_back({{"name", row.name},
                            {"auc", number(v.auc)},
                            {"eer", number(v.eer)},
                            {"tar", tar},
                            {"roc", roc},
                            {"accuracy", folds ? number(row.folds.accuracy) : json(nullptr)},
                            {"accuracy_se", folds ? number(row.folds.error) : json(nullptr)},
                            {"kept", row.kept},
                            {"macs_share", number(row.macsShare)},
                            {"ms_per_template", number(row.millisecondsPerTemplate)}});
  }
  json edc = json::array();
  const char* variant = nameOf(options.edc);
  for (const auto& curve : result.edc) {
    json points = json::array();
    for (const auto& p : curve.result.curve) points.push_back({p.discarded, number(p.fnmr)});
    edc.push_back(
        {{"name", curve.name}, {"variant", variant}, {"curve", points}, {"pauc", number(curve.result.pauc)}});
  }
  json agreement = json::array();
  for (const auto& a : result.agreement)
    agreement.push_back({{"scores", a.scores},
                         {"within", number(a.within)},
                         {"global", number(a.global)},
                         {"within_clean", number(a.withinClean)},
                         {"global_clean", number(a.globalClean)},
                         {"within_degraded", number(a.withinDegraded)},
                         {"global_degraded", number(a.globalDegraded)},
                         {"images", a.images},
                         {"clean", a.clean},
                         {"identities", a.identities}});
  json all = {{"protocol", result.protocol},
              {"features", result.features},
              {"scores", result.scores},
              {"templates", result.templates},
              {"genuine", result.genuine},
              {"impostor", result.impostor},
              {"folds", result.folds},
              {"threshold", result.threshold},
              {"far_rule", options.rule == evaluation::FarRule::AtMost ? "at most" : "nearest"},
              {"bootstraps", options.bootstraps},
              {"k", options.k},
              {"seed", options.seed},
              {"edc_fmr", options.fmr},
              {"aggregations", aggregations},
              {"edc", edc},
              {"agreement", agreement}};
  all.update(countsJson(result.pairs));
  if (!options.weights.empty()) all["weights"] = options.weights;
  return textOf(all);
}

SweepJobResult runSweep(const project::Project& project, const SweepJobOptions& options, Progress& progress) {
  jobs::sweepFields().check(options);
  SweepJobResult result;
  result.far = options.far;
  result.protocol = chosenOrNewest(options.protocol, project.protocols(), "protocol", "make one first");
  result.features = newestFeatures(project, options.features);
  result.scores = chosenOrNewest(options.scores, project.scoreTables(), "scores", "score the images first");
  data::Protocol protocol =
      protocolToday(project, result.protocol, readRoster(project), result.pairs, progress);
  const data::MappedNpy features = storedFeatures(project, result.features);
  analysis::requireFeatures(protocol, features.view(), result.features);
  const data::ScoreTable table = scoresBeside(project, result.scores, features.view(), protocol);
  warnAboutOldFeatures(project, table, progress);
  leaveOutUnusable(protocol, features.view(), result.features, result.pairs, progress);
  sweep::SweepOptions sweepOptions;
  sweepOptions.thresholds = options.thresholds;
  sweepOptions.far = options.far;
  sweepOptions.accuracy = options.accuracy;
  sweepOptions.cost = analysis::costModel(project, result.features, result.scores);
  warnAboutCost(sweepOptions.cost, result.scores, progress);
  data::ScoreTable weights;
  if (!options.weights.empty() && options.weights != result.scores) {
    result.weights = options.weights;
    weights = scoresBeside(project, options.weights, features.view(), protocol);
    warnAboutOldFeatures(project, weights, progress);
    sweepOptions.weights = weights.score;
    sweepOptions.weightsName = options.weights;
    sweepOptions.weightsCost =
        weighedCost(project, sweepOptions.cost, result.features, options.weights, progress);
  }
  const auto start = std::chrono::steady_clock::now();
  result.sweep = sweep::sweep(features.view(), table.score, protocol, sweepOptions, progress);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

std::string toJson(const SweepJobResult& result) {
  json curves = json::array();
  for (const auto& curve : result.sweep.curves) {
    json points = json::array();
    for (const auto& p : curve.points)
      points.push_back({{"threshold", number(p.threshold)},
                        {"kept", p.keptShare},
                        {"tar", number(p.tar)},
                        {"accuracy", number(p.accuracy)},
                        {"macs", number(p.cost.macs)},
                        {"ms", number(p.cost.milliseconds)},
                        {"share", number(p.cost.share)}});
    curves.push_back({{"name", curve.name}, {"baseline", curve.isBaseline}, {"points", points}});
  }
  json knee = nullptr;
  if (result.sweep.kneeCurve >= 0)
    knee = {{"curve", result.sweep.kneeCurve}, {"point", result.sweep.kneePoint}};
  json all = {{"protocol", result.protocol},
              {"features", result.features},
              {"scores", result.scores},
              {"weights", result.weights},
              {"far", result.far},
              {"seconds", result.seconds},
              {"curves", curves},
              {"knee", knee}};
  all.update(countsJson(result.pairs));
  return textOf(all);
}

}  // namespace discern::pipeline
