#include "core/pipeline/select.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <list>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>

#include "core/analysis/defaults.h"
#include "core/analysis/selection_path.h"
#include "core/base/described.h"
#include "core/base/field_json.h"
#include "core/base/json_text.h"
#include "core/base/rng.h"
#include "core/discriminability/dscore.h"
#include "core/pipeline/departures.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/shards.h"
#include "core/selection/methods.h"

namespace discern::pipeline {
namespace {
using data::Part;
using nlohmann::json;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Each keeps about such a share of what can be kept; of
// four digits, so that what is printed can be given again.
std::vector<double> tellingLambdas(const std::vector<double>& enters) {
  std::vector<double> lambdas;
  if (std::ranges::none_of(enters, [](double e) { return std::isfinite(e); })) return lambdas;
  for (const double share : {0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 1.0}) {
    const double least = std::max(1e-9, -analysis::lambdaForShare(enters, share));
    const double digit = std::pow(10, std::floor(std::log10(least)) - 3);
    const double lambda = -std::stod(fmt::format("{:.4g}", (std::floor(least / digit) + 1) * digit));
    if (lambdas.empty() || lambda < lambdas.back()) lambdas.push_back(lambda);
  }
  return lambdas;
}

// Training faces that can be selected at all: originals that can be read.
std::vector<int> trainingFaces(const Roster& roster) {
  std::vector<int> faces;
  for (std::size_t i = 0; i < roster.samples.size(); ++i)
    if (roster.votes[i] && roster.samples[i].problem.empty() &&
        roster.isPart(static_cast<int>(i), Part::Train))
      faces.push_back(static_cast<int>(i));
  return faces;
}

// Gives a share of the faces the name of another training identity; returns which.
std::vector<unsigned char> swapLabels(Roster& roster, const std::vector<int>& faces, double share,
                                      std::uint64_t seed) {
  std::vector<unsigned char> swapped(roster.samples.size(), 0);
  std::vector<int> order = faces;
  Rng rng(mixSeed(seed, "swap"));
  rng.shuffle(order);
  const auto count = static_cast<std::size_t>(std::llround(share * static_cast<double>(faces.size())));
  for (std::size_t k = 0; k < count; ++k) {
    const auto i = static_cast<std::size_t>(order[k]);
    const int was = roster.identity[i];
    int now = was;
    while (now == was)
      now = roster.identity[static_cast<std::size_t>(
          faces[static_cast<std::size_t>(rng.below(static_cast<std::int64_t>(faces.size())))])];
    roster.identity[i] = now;
    swapped[i] = 1;
  }
  return swapped;
}

// The D-score table to compare with, or none.
std::shared_ptr<const data::ScoreTable> scoresFor(const project::Project& project,
                                                  const SelectOptions& options, const std::string& features) {
  if (!options.scores.empty())
    return std::make_shared<const data::ScoreTable>(project.scores(options.scores));
  std::vector<data::ScoreTable> tables;
  for (const auto& name : project.scoreTables()) tables.push_back(project.scores(name));
  const auto* newest = analysis::newestDscores(tables, features);
  return newest == nullptr ? nullptr : std::make_shared<const data::ScoreTable>(*newest);
}

// Of an order, which has no lambdas, what some shares of the faces stand for.
std::vector<double> tellingShares(const analysis::SelectionPath& order) {
  std::vector<double> lambdas;
  for (const double share : {0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 1.0})
    lambdas.push_back(order.lambdaForShare(share));
  return lambdas;
}

// What the method needs beside the graph, or the reason that it cannot be had.
const selection::MethodInfo& methodFor(const SelectOptions& options, const data::ScoreTable* scores) {
  using Sets = selection::MethodInfo::Sets;
  const auto& method = selection::methods().find(options.method);
  if (method.sets == Sets::OneLambda && std::isnan(options.lambda))
    failField("lambda", "", "is missing: one cut is made at one lambda; a path has the sets of all");
  if (method.sets == Sets::Order && !std::isnan(options.lambda))
    failField("lambda", options.lambda, "is of the cut; '{}' puts the faces in an order and has none",
              method.name);
  if (method.sets == Sets::Order && !options.lambdas.empty())
    failField("lambdas", options.lambdas.front(),
              "are of the path; '{}' puts the faces in an order and has none", method.name);
  if (!method.needsScores) return method;
  if (options.swapLabels > 0)
    failField("swap-labels", options.swapLabels,
              "is no trial of '{}': its scores were told by the right names", method.name);
  if (scores == nullptr)
    failField("scores", "", "are missing: '{}' discards the lowest ones first; score the images",
              method.name);
  return method;
}

SelectPoint pointAt(double lambda, const analysis::SelectionPath& path,
                    const analysis::ScoreComparison* comparison, const std::vector<unsigned char>& swapped) {
  SelectPoint point;
  point.lambda = path.isOrder() ? kNan : lambda;
  point.normalised = path.isOrder() ? kNan : path.row().centers > 0 ? path.normalised(lambda) : 0;
  point.kept = path.kept(lambda);
  point.share = path.share(lambda);
  point.emptyIdentities = path.emptyIdentities(lambda);
  point.lowScores = point.lowScoresChance = point.swappedDropped = point.cleanDropped = kNan;
  if (comparison != nullptr) {
    const auto at = comparison->at(lambda, analysis::ScoreComparison::Ranking::Within);
    point.lowScores = at.share();
    point.lowScoresChance = at.chance;
  }
  if (swapped.empty()) return point;
  const auto isSwapped = [&](int sample) { return swapped[static_cast<std::size_t>(sample)] != 0; };
  const auto dropped = path.discarded(lambda), all = path.discarded(0);
  const auto shareOf = [&](bool which) {
    const auto is = [&](int sample) { return isSwapped(sample) == which; };
    return static_cast<double>(std::ranges::count_if(dropped, is)) /
           static_cast<double>(std::ranges::count_if(all, is));
  };
  point.swappedDropped = shareOf(true);
  point.cleanDropped = shareOf(false);
  return point;
}

// Everything that a selection is made from.
struct Asked {
  std::string name, features;
  std::shared_ptr<const data::ScoreTable> scores;  // to compare with; null: none
  const selection::MethodInfo& method;
  Roster roster;  // with swapped labels, if any
  data::MappedNpy values;
  std::vector<int> faces;  // that can be selected at all
  int identities = 0;      // of them
  std::vector<unsigned char> swapped;
  std::string print;  // for shards
};

int identitiesOf(const Roster& roster, const std::vector<int>& faces) {
  std::vector<int> seen;
  for (const int i : faces) seen.push_back(roster.identity[static_cast<std::size_t>(i)]);
  std::ranges::sort(seen);
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  return static_cast<int>(seen.size());
}

Asked ask(const project::Project& project, const SelectOptions& options, Progress& progress) {
  jobs::selectFields().check(options);
  const std::string name = options.swapLabels > 0 ? options.name + "-trial" : options.name;
  project::requireFileName("name", name);
  const std::string features = newestFeatures(project, options.features);
  const auto scores = scoresFor(project, options, features);
  const auto& method = methodFor(options, scores.get());
  if (!method.eachIdentity && (options.shards.merge || !options.shards.shard.empty()))
    failField("method", method.name,
              "puts the faces of all identities in one order, which no shard can; use "
              "path or cut, or select without shards");
  Roster roster = readRoster(project);
  // A class that two training sets have is one, and nobody of the pool is its rival.
  const auto classes = classesOf(roster, kindOf(project));
  for (int& identity : roster.identity) {
    if (identity < 0) continue;
    const auto own = static_cast<std::size_t>(identity);
    if (classes[own] == identity) continue;
    if (roster.part[own] == data::Part::Train) identity = classes[own];
    if (roster.part[own] == data::Part::Pool) identity = -1;
  }
  auto values = completeFeatures(project, features, roster.samples.size());
  noteOnlyKept(project, features, progress);
  std::vector<int> faces = trainingFaces(roster);
  const int identities = identitiesOf(roster, faces);
  if (identities < 2)
    fail(
        "selecting faces needs at least two training identities, there are {}; import some in the role train",
        identities);
  std::vector<unsigned char> swapped;
  if (options.swapLabels > 0) swapped = swapLabels(roster, faces, options.swapLabels, options.seed);
  std::string print =
      shardPrint(project, fingerprintJson(jobs::selectFields(), options).dump(), features, roster);
  return {name,
          features,
          scores,
          method,
          std::move(roster),
          std::move(values),
          std::move(faces),
          identities,
          std::move(swapped),
          std::move(print)};
}

// The faces' u_i, of those that are wanted or in `compared` (dscore.h).
discriminability::ScoreOutput compareOthers(const Asked& asked, const SelectOptions& options,
                                            std::span<const unsigned char> wanted,
                                            const discriminability::ScoreOutput* compared,
                                            Progress& progress) {
  discriminability::ScoreInput input;
  input.features = asked.values.view();
  input.identity = asked.roster.identity;
  input.part = asked.roster.part;
  input.identities = static_cast<int>(asked.roster.identities.size());
  input.votes = asked.roster.votes;
  input.wanted = wanted;
  input.compared = compared;
  discriminability::ScoreOptions scoring;
  scoring.others = true;
  scoring.lengths = options.lengths;
  scoring.device = options.device;
  return discriminability::score(input, scoring, progress);
}

// The faces that take part, of the wanted ones (empty: all): their identities, -1 of the others, and their u.
struct Graph {
  std::vector<int> identity;
  std::vector<float> others;
};
Graph graphOf(const Asked& asked, const discriminability::ScoreOutput& scored,
              std::span<const unsigned char> wanted) {
  Graph graph{std::vector<int>(asked.roster.samples.size(), -1),
              std::vector<float>(asked.roster.samples.size(), static_cast<float>(kNan))};
  for (const int f : asked.faces) {
    const auto i = static_cast<std::size_t>(f);
    if (scored.table.status[i] != data::ScoreStatus::Scored || (!wanted.empty() && wanted[i] == 0)) continue;
    graph.identity[i] = asked.roster.identity[i];
    graph.others[i] = scored.others[i];
  }
  return graph;
}

selection::LambdaPath findPath(const Asked& asked, const Graph& graph, const SelectOptions& options,
                               Progress& progress) {
  const selection::SelectionInput input{asked.values.view(), graph.identity,
                                        static_cast<int>(asked.roster.identities.size()), graph.others};
  return asked.method.find(
      {input, options.lambda, options.seed,
       asked.method.needsScores ? std::span<const float>(asked.scores->score) : std::span<const float>()},
      progress);
}

// What shards leave of a face, and count.
constexpr const char *kOthers = "others", *kEnters = "enters", *kPairs = "pairs", *kClamped = "clamped",
                     *kNeverKept = "never kept";

// Of all shards.
struct FoundByShards {
  std::vector<std::int64_t> samples;  // ascending
  discriminability::ScoreOutput compared;
  selection::LambdaPath path;
};
FoundByShards foundByShards(const ShardFolder& folder, const Asked& asked) {
  const auto samples = asked.roster.samples.size();
  const std::set<std::int64_t> faces(asked.faces.begin(), asked.faces.end());
  auto merged = mergedShards(folder, asked.print,
                             [&](const Shard& shard, std::int64_t sample) {
                               if (!faces.contains(sample)) return false;
                               const Portion share = portionOf(std::ssize(asked.roster.identities), shard);
                               const int identity = asked.roster.identity[static_cast<std::size_t>(sample)];
                               return identity >= share.begin && identity < share.end;
                             },
                             {kOthers, kEnters});
  FoundByShards found;
  found.samples = merged.samples;
  std::ranges::sort(found.samples);
  found.compared.table.resize(samples);
  found.compared.others.assign(samples, static_cast<float>(kNan));
  found.path.enters.assign(samples, kNan);
  for (std::size_t k = 0; k < merged.samples.size(); ++k) {
    const auto i = static_cast<std::size_t>(merged.samples[k]);
    found.compared.others[i] = static_cast<float>(merged.columns.at(kOthers)[k]);
    found.path.enters[i] = merged.columns.at(kEnters)[k];
  }
  found.path.pairs = merged.sums[kPairs];
  found.path.clampedPairs = merged.sums[kClamped];
  found.path.neverKept = merged.sums[kNeverKept];
  return found;
}

// The shards have to hold the faces that take part, and no others.
void requireFaces(const ShardFolder& folder, const Graph& graph, const std::vector<std::int64_t>& samples) {
  std::vector<std::int64_t> expected;
  for (std::size_t i = 0; i < graph.identity.size(); ++i)
    if (graph.identity[i] >= 0) expected.push_back(static_cast<std::int64_t>(i));
  if (samples != expected) folder.failDamaged();
}

}  // namespace

results::ShardResult selectShard(const project::Project& project, const SelectOptions& options,
                                 Progress& progress) {
  const Shard shard = jobs::shardOf(options.shards).value();
  const Asked asked = ask(project, options, progress);
  const ShardFolder folder(project, "select", asked.name);
  const auto lock = folder.lock(shard);
  const Portion share = portionOf(std::ssize(asked.roster.identities), shard);
  std::vector<unsigned char> wanted(asked.roster.samples.size(), 0);
  for (const int f : asked.faces) {
    const int identity = asked.roster.identity[static_cast<std::size_t>(f)];
    wanted[static_cast<std::size_t>(f)] = identity >= share.begin && identity < share.end ? 1 : 0;
  }
  const Graph graph = graphOf(asked, compareOthers(asked, options, wanted, nullptr, progress), wanted);
  const auto path = findPath(asked, graph, options, progress);
  ShardColumns columns;
  columns.columns = {{kOthers, {}}, {kEnters, {}}};
  for (std::size_t i = 0; i < graph.identity.size(); ++i) {
    if (graph.identity[i] < 0) continue;
    columns.samples.push_back(static_cast<std::int64_t>(i));
    columns.columns[kOthers].push_back(graph.others[i]);
    columns.columns[kEnters].push_back(path.enters[i]);
  }
  columns.sums = {{kPairs, path.pairs}, {kClamped, path.clampedPairs}, {kNeverKept, path.neverKept}};
  saveShard(folder, shard, asked.print, columns);
  return {asked.name, shard.index, shard.count, std::ssize(columns.samples), 0};
}

SelectResult select(project::Project& project, const SelectOptions& options, Progress& progress) {
  const Asked asked = ask(project, options, progress);
  const Roster& roster = asked.roster;
  const auto& [faces, method, scores, swapped] =
      std::tie(asked.faces, asked.method, asked.scores, asked.swapped);
  SelectResult result;
  result.name = asked.name;
  result.features = asked.features;
  result.identities = asked.identities;
  const ShardFolder folder(project, "select", asked.name);
  std::list<project::ProjectLock> locks;
  std::optional<FoundByShards> found;
  if (options.shards.merge) locks = folder.lockAll(kShardNumbers);
  if (options.shards.merge) found = foundByShards(folder, asked);
  const auto scored = compareOthers(asked, options, {}, found ? &found->compared : nullptr, progress);
  Graph graph = graphOf(asked, scored, {});
  if (found) requireFaces(folder, graph, found->samples);
  if (std::ranges::all_of(graph.identity, [](int i) { return i < 0; }))
    fail(
        "no face can be selected: that needs training identities of at least two images with usable features "
        "in '{}'; import more in the role train",
        result.features);
  const auto start = std::chrono::steady_clock::now();
  const auto path = found ? std::move(found->path) : findPath(asked, graph, options, progress);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  project::SelectionRow row;
  row.name = result.name;
  row.features = result.features;
  row.centers = scored.othersCount;
  row.others = std::move(graph.others);
  row.enters = path.enters;
  result.neverKept = path.neverKept;
  for (const int f : faces)  // no other face of its identity to be kept with
    if (scored.table.status[static_cast<std::size_t>(f)] == data::ScoreStatus::SingleSample) {
      row.enters[static_cast<std::size_t>(f)] = std::numeric_limits<double>::infinity();
      ++result.neverKept;
    }
  SelectOptions told = options;
  told.features = result.features;
  told.shards = {};
  if (method.needsScores) told.scores = scores->name;
  json made = modelJson(jobs::selectFields(), told);
  made.update(toJson(results::SelectedBy{
      project.setting(settings::featureModel(result.features)).value_or(""), hasPool(roster)}));
  row.options = textOf(made);
  row.decisions = roster.decisions;
  project.putSelection(row);
  if (options.shards.merge) folder.remove();
  if (path.clampedPairs > 0)
    progress.note(fmt::format("{} of {} pairs inside identities have a negative cosine, which counts as 0",
                              path.clampedPairs, path.pairs));

  const analysis::SelectionPath stored(row, roster);
  std::optional<analysis::ScoreComparison> comparison;
  if (scores && options.swapLabels == 0) comparison.emplace(stored, scores);
  result.scores = comparison ? scores->name : "";
  result.scoreSpearman = comparison ? comparison->spearman() : kNan;
  result.centers = row.centers;
  result.pairs = path.pairs;
  result.clampedPairs = path.clampedPairs;
  result.swapped = std::ranges::count(swapped, 1);
  result.faces = stored.faces();
  result.breakpoints = static_cast<std::int64_t>(stored.curve().lambda.size());
  result.method = options.method;
  result.lengths = options.lengths;
  result.published = publishedText(selectionDepartures(row, roster));
  const bool isOne = method.sets == selection::MethodInfo::Sets::OneLambda;
  const std::vector<double> shown = stored.isOrder()          ? tellingShares(stored)
                                    : isOne                   ? std::vector<double>{options.lambda}
                                    : options.lambdas.empty() ? tellingLambdas(row.enters)
                                                              : options.lambdas;
  for (const double lambda : shown)
    result.points.push_back(pointAt(lambda, stored, comparison ? &*comparison : nullptr, swapped));
  return result;
}

}  // namespace discern::pipeline
