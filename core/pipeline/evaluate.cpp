#include "core/pipeline/evaluate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/evaluation/correlation.h"
#include "core/evaluation/protocols.h"
#include "core/pipeline/json_text.h"

namespace discern::pipeline {
namespace {
using aggregation::Method;
using aggregation::Rescale;
using nlohmann::json;

std::vector<std::vector<int>> groupsOf(const data::Protocol& protocol) {
  std::vector<std::vector<int>> groups;
  for (const auto& t : protocol.templates) groups.push_back(t.samples);
  return groups;
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
  const bool hadFolds = protocol.folds > 0;
  const auto left = evaluation::leaveOutUnusable(protocol, features);
  counts.emptyTemplates = left.templates;
  counts.empty = left.pairs;
  if (counts.emptyTemplates > 0)
    progress.note(
        fmt::format("protocol '{}': {} of its {} templates have no image with a usable feature in '{}'; "
                    "their {} pairs are left out",
                    protocol.name, counts.emptyTemplates, protocol.templates.size(), name, counts.empty));
  if (hadFolds && protocol.folds == 0)
    progress.note(
        fmt::format("protocol '{}': its pairs are of one fold, and fold accuracy needs two; it is not stated",
                    protocol.name));
}

// Refuses a protocol whose samples have no features yet: their pairs would silently be left out.
void requireFeatures(const data::Protocol& protocol, data::MatrixView features, const std::string& name) {
  const auto gaps = evaluation::featureGaps(protocol, features);
  if (gaps.tooMany)
    fail(
        "protocol '{}': {} of its {} images have no feature in '{}'; run 'discern extract' again, which adds "
        "what is missing; 'discern info' lists images that cannot be used",
        protocol.name, gaps.missing, gaps.images, name);
}

// Scores of the images that have a row of features: later ones (another protocol's copies) take no part.
// Refuses a table that was made before this protocol's copies: missing scores would count as the lowest.
data::ScoreTable scoresBeside(const project::Project& project, const std::string& name,
                              data::MatrixView features, const data::Protocol& protocol) {
  data::ScoreTable table = project.scores(name);
  if (const auto later = evaluation::laterThan(table, protocol); later > 0)
    fail(
        "scores '{}': {} images of protocol '{}' were not there yet when they were made; run 'discern {}' "
        "for them again",
        name, later, protocol.name, data::isPrediction(table.method) ? "predict" : "score");
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

// Share of the protocol's samples that an aggregation uses.
double keptShare(const data::Protocol& protocol, std::span<const float> scores,
                 const aggregation::Options& options) {
  std::int64_t kept = 0;
  std::int64_t total = 0;
  for (const auto& t : protocol.templates) {
    const auto n = static_cast<std::int64_t>(t.samples.size());
    total += n;
    if (options.method == Method::Top1)
      kept += std::min<std::int64_t>(1, n);
    else if (options.method == Method::TopK || options.method == Method::RandomK)
      kept += std::min<std::int64_t>(options.k, n);
    else if (options.method != Method::Ddl)
      kept += n;
    else {
      const auto count = [&](auto passes) {
        return std::ranges::count_if(t.samples,
                                     [&](int s) { return passes(scores[static_cast<std::size_t>(s)]); });
      };
      const bool known = count([](float score) { return std::isfinite(score); }) > 0;
      kept += known ? std::max<std::int64_t>(1, count([&](float score) { return score > options.threshold; }))
                    : n;
    }
  }
  return total > 0 ? static_cast<double>(kept) / static_cast<double>(total) : 1;
}

// Of each group the samples that DDL keeps: above the
// threshold, else the best one; all, where no score is known.
std::vector<std::vector<int>> keptOf(std::vector<std::vector<int>> groups, std::span<const float> scores,
                                     double threshold) {
  const auto score = [&](int s) { return scores[static_cast<std::size_t>(s)]; };
  const auto worse = [&](int a, int b) {
    return std::isnan(score(a)) ? !std::isnan(score(b)) : score(a) < score(b);
  };
  for (auto& group : groups) {
    if (std::ranges::all_of(group, [&](int s) { return std::isnan(score(s)); })) continue;
    const int best = *std::ranges::max_element(group, worse);
    std::erase_if(group, [&](int s) { return s != best && !(score(s) > threshold); });
    if (group.size() > 1 && !(score(best) > threshold)) group = {best};
  }
  return groups;
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
  std::vector<Planned> list;
  const auto add = [&](Method method, Rescale rescale, const std::string& name) {
    aggregation::Options o;
    o.method = method;
    o.rescale = rescale;
    o.threshold = threshold;
    o.k = options.k;
    o.seed = options.seed;
    list.push_back({name, o});
  };
  add(Method::Average, Rescale::Off, "average");
  add(Method::Max, Rescale::Off, "max");
  add(Method::NormWeighted, Rescale::Off, "norm-weighted");
  if (detected) {
    add(Method::ScoreWeighted, Rescale::Off, "detector-weighted");
    list.back().weights = Planned::Weights::Detector;
  }
  add(Method::RandomK, Rescale::Off, fmt::format("random-{}", options.k));
  if (media) add(Method::MediaMeanSum, Rescale::Off, "media-mean-sum");
  if (!scored) return list;
  add(Method::Top1, Rescale::Off, "top-1");
  add(Method::TopK, Rescale::Off, fmt::format("top-{}", options.k));
  add(Method::ScoreWeighted, Rescale::Off, "score-weighted");
  for (const Rescale r : options.rescales) add(Method::Ddl, r, std::string("ddl rescale=") + toString(r));
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

// Every score table against the D-score of the same features, on test identities.
std::vector<Agreement> agreements(const std::vector<data::ScoreTable>& tables, const Roster& roster,
                                  const std::string& features) {
  std::vector<Agreement> list;
  const data::ScoreTable* newest = nullptr;
  for (const auto& table : tables)
    if (table.method == "dscore" && table.featureTable == features) newest = &table;
  if (!newest) return list;
  const data::ScoreTable& truth = *newest;
  for (const auto& table : tables) {
    if (&table == newest) continue;
    // 0: all, 1: originals, 2: degraded copies
    std::vector<float> a[3];
    std::vector<float> b[3];
    std::vector<int> identity[3];
    for (std::size_t i = 0; i < roster.samples.size(); ++i) {
      if (!roster.isPart(static_cast<int>(i), discriminability::Part::Test)) continue;
      if (!std::isfinite(truth.ratio[i]) || !std::isfinite(table.score[i])) continue;
      for (const int k : {0, roster.votes[i] ? 1 : 2}) {
        a[k].push_back(table.ratio[i]);
        b[k].push_back(truth.ratio[i]);
        identity[k].push_back(roster.identity[i]);
      }
    }
    if (a[0].size() < 10) continue;
    Agreement g;
    g.scores = table.name;
    const auto within = evaluation::spearmanWithin(a[0], b[0], identity[0]);
    g.within = within.mean;
    g.identities = within.identities;
    g.global = evaluation::spearman(a[0], b[0]);
    g.withinClean = evaluation::spearmanWithin(a[1], b[1], identity[1]).mean;
    g.globalClean = evaluation::spearman(a[1], b[1]);
    g.withinDegraded = evaluation::spearmanWithin(a[2], b[2], identity[2]).mean;
    g.globalDegraded = evaluation::spearman(a[2], b[2]);
    g.images = static_cast<std::int64_t>(a[0].size());
    g.clean = static_cast<std::int64_t>(a[1].size());
    list.push_back(g);
  }
  return list;
}

// Notes a score table whose network's cost nobody recorded: the compute of what uses it is then not stated.
void warnAboutCost(const evaluation::CostModel& cost, const std::string& scores, Progress& progress) {
  if (std::isnan(evaluation::scoringShare(cost)))
    progress.note(
        fmt::format("scores '{}': what they cost an image is unknown, so is the compute of what uses them; "
                    "make them again, which records it",
                    scores));
}

void warnAboutOldFeatures(const project::Project& project, const data::ScoreTable& table,
                          Progress& progress) {
  if (!table.name.empty())
    noteOtherModel(project, fmt::format("score table '{}'", table.name), table.featureTable,
                   project.setting(scoreModelKey(table.name)).value_or(""), "score", progress);
}

double orUnknown(double value) { return value > 0 ? value : std::numeric_limits<double>::quiet_NaN(); }

// JSON has no NaN: null.
json number(double value) { return std::isfinite(value) ? json(value) : json(nullptr); }
}  // namespace

data::Protocol protocolToday(const project::Project& project, const std::string& name, const Roster& roster,
                             PairCounts& counts, Progress& progress) {
  data::Protocol protocol = project.protocol(name);
  std::vector<std::string> names;
  for (const auto& row : roster.identities) names.push_back(row.name);
  if (!evaluation::isDrawn(protocol, names)) {
    counts.contradicted = evaluation::impostorsOfOnePerson(protocol, roster.identity);
    if (counts.contradicted > 0)
      progress.note(
          fmt::format("protocol '{}': {} of its impostor pairs are of one person by this project's merges; "
                      "imported pairs keep their truth",
                      name, counts.contradicted));
    return protocol;
  }
  const auto changes = evaluation::followIdentities(protocol, roster.identity);
  counts.relabelled = changes.relabelled;
  counts.excluded = changes.leftOut;
  if (changes.relabelled > 0 || changes.leftOut > 0)
    progress.note(
        fmt::format("protocol '{}': identities were merged or excluded since it was made; {} of its pairs "
                    "have another truth, {} are left out",
                    name, changes.relabelled, changes.leftOut));
  return protocol;
}

evaluation::CostModel costModel(const project::Project& project, const std::string& features,
                                const std::string& scores) {
  evaluation::CostModel cost;
  const auto base = project.featureTable(features);
  if (base) {
    cost.baseMacs = base->macs;
    cost.baseMilliseconds = base->milliseconds;
  }
  if (scores.empty()) return cost;
  const data::ScoreTable table = project.scores(scores);
  if (data::needsBaseModel(table.method)) {
    const auto scorer = project.featureTable(table.featureTable);
    cost.scoresNeedBase = !scorer || !base || sameFeatures(*scorer, *base);
    if (!cost.scoresNeedBase)
      cost.ddnetMacs = orUnknown(scorer->macs), cost.ddnetMilliseconds = orUnknown(scorer->milliseconds);
  }
  if (table.method != "ddnet") return cost;
  const auto row = project.model(table.featureTable);
  cost.ddnetMacs = row ? row->macs : 0;
  cost.ddnetMilliseconds = row ? row->milliseconds : 0;
  if (const auto recorded = project.setting(scoreCostKey(scores))) {
    const json spent = parseJson(*recorded);
    cost.ddnetMacs = jsonNumber(spent, "macs", 0);
    cost.ddnetMilliseconds = jsonNumber(spent, "ms", 0);
  }
  cost.ddnetMacs = orUnknown(cost.ddnetMacs);
  cost.ddnetMilliseconds = orUnknown(cost.ddnetMilliseconds);
  return cost;
}

EvaluateResult evaluate(const project::Project& project, const EvaluateOptions& options, Progress& progress) {
  if (!(options.percentile >= 0 && options.percentile <= 100) && options.percentile != -1)
    fail("--percentile {}: lies between 0 and 100; -1: the threshold is given", options.percentile);
  if (std::isnan(options.threshold)) fail("--threshold: nan is no threshold; give a score, such as 0.15");
  if (!(options.fmr >= 0 && options.fmr <= 1))
    fail("--fmr {}: is a rate from 0 to 1, such as 1e-3", options.fmr);
  if (options.bootstraps < 0)
    fail("--bootstraps {}: is a number of draws, 0 for no intervals", options.bootstraps);
  EvaluateResult result;
  result.protocol =
      chosenOrNewest(options.protocol, project.protocols(), "protocol", "make one with 'discern protocol'");
  result.features = newestFeatures(project, options.features);
  const Roster roster = readRoster(project);
  data::Protocol protocol = protocolToday(project, result.protocol, roster, result.pairs, progress);
  const data::MappedNpy mapped = storedFeatures(project, result.features);
  requireFeatures(protocol, mapped.view(), result.features);
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
  for (const auto& t : protocol.templates)
    for (const int s : t.samples)
      if (!table.score.empty() && std::isfinite(table.score[static_cast<std::size_t>(s)]))
        used.push_back(table.score[static_cast<std::size_t>(s)]);
  std::sort(used.begin(), used.end());
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
  const auto cost = costModel(project, result.features, result.scores);
  warnAboutCost(cost, result.scores, progress);
  auto weighedCost = cost;  // what tells the weights is asked about every image too, unless it is the base
                            // model or tells the scores
  if (weighed && options.weights != result.scores) {
    const auto other = costModel(project, result.features, options.weights);
    warnAboutCost(other, options.weights, progress);
    weighedCost.ddnetMacs += other.ddnetMacs;
    weighedCost.ddnetMilliseconds += other.ddnetMilliseconds;
  }
  const auto groups = groupsOf(protocol);
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
      templates = aggregation::aggregate(mapped.view(), keptOf(groups, table.score, aggregation.threshold),
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
    row.kept = keptShare(protocol, table.score, aggregation);
    std::int64_t samples = 0;
    for (const auto& group : groups) samples += static_cast<std::int64_t>(group.size());
    const auto spent = evaluation::cost(
        byOthers ? weighedCost : cost, samples, std::llround(row.kept * static_cast<double>(samples)),
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
  result.agreement = agreements(tables, roster, result.features);
  return result;
}

PlainVerification verifyAverage(const data::Protocol& protocol, data::MatrixView features) {
  data::Protocol usable = protocol;
  evaluation::leaveOutUnusable(usable, features);
  aggregation::Options average;
  average.method = Method::Average;
  const Scored scored = compare(usable, aggregation::aggregate(features, groupsOf(usable), {}, average));
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
  const char* variant = options.edc == evaluation::EdcVariant::FixedThreshold ? "fixed" : "cr-fiqa";
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
  if (!(options.far >= 0 && options.far <= 1))
    fail("--far {}: is a rate from 0 to 1, such as 1e-3", options.far);
  SweepJobResult result;
  result.far = options.far;
  result.protocol =
      chosenOrNewest(options.protocol, project.protocols(), "protocol", "make one with 'discern protocol'");
  result.features = newestFeatures(project, options.features);
  result.scores =
      chosenOrNewest(options.scores, project.scoreTables(), "scores", "run 'discern score' first");
  data::Protocol protocol =
      protocolToday(project, result.protocol, readRoster(project), result.pairs, progress);
  const data::MappedNpy features = storedFeatures(project, result.features);
  requireFeatures(protocol, features.view(), result.features);
  const data::ScoreTable table = scoresBeside(project, result.scores, features.view(), protocol);
  warnAboutOldFeatures(project, table, progress);
  leaveOutUnusable(protocol, features.view(), result.features, result.pairs, progress);
  sweep::SweepOptions sweepOptions;
  sweepOptions.thresholds = options.thresholds;
  sweepOptions.far = options.far;
  sweepOptions.accuracy = options.accuracy;
  sweepOptions.cost = costModel(project, result.features, result.scores);
  warnAboutCost(sweepOptions.cost, result.scores, progress);
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
              {"far", result.far},
              {"seconds", result.seconds},
              {"curves", curves},
              {"knee", knee}};
  all.update(countsJson(result.pairs));
  return textOf(all);
}

}  // namespace discern::pipeline
