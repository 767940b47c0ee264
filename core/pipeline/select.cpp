#include "core/pipeline/select.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>

#include "core/analysis/defaults.h"
#include "core/analysis/selection_path.h"
#include "core/base/described.h"
#include "core/base/field_json.h"
#include "core/base/json_text.h"
#include "core/base/rng.h"
#include "core/discriminability/dscore.h"
#include "core/pipeline/departures.h"
#include "core/pipeline/inputs.h"
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

}  // namespace

SelectResult select(project::Project& project, const SelectOptions& options, Progress& progress) {
  jobs::selectFields().check(options);
  SelectResult result;
  result.name = options.swapLabels > 0 ? options.name + "-trial" : options.name;
  project::requireFileName("name", result.name);
  result.features = newestFeatures(project, options.features);
  const auto scores = scoresFor(project, options, result.features);
  const auto& method = methodFor(options, scores.get());
  Roster roster = readRoster(project);
  const data::MappedNpy features = completeFeatures(project, result.features, roster.samples.size());
  noteOnlyKept(project, result.features, progress);
  const std::vector<int> faces = trainingFaces(roster);
  const auto identitiesOf = [&] {
    std::vector<int> seen;
    for (const int i : faces) seen.push_back(roster.identity[static_cast<std::size_t>(i)]);
    std::ranges::sort(seen);
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    return static_cast<int>(seen.size());
  };
  result.identities = identitiesOf();
  if (result.identities < 2)
    fail(
        "selecting faces needs at least two training identities, there are {}; import some in the role train",
        result.identities);
  std::vector<unsigned char> swapped;
  if (options.swapLabels > 0) swapped = swapLabels(roster, faces, options.swapLabels, options.seed);

  discriminability::ScoreInput input;
  input.features = features.view();
  input.identity = roster.identity;
  input.part = roster.part;
  input.identities = static_cast<int>(roster.identities.size());
  input.votes = roster.votes;
  discriminability::ScoreOptions scoring;
  scoring.others = true;
  scoring.lengths = options.lengths;
  scoring.device = options.device;
  const auto scored = discriminability::score(input, scoring, progress);

  project::SelectionRow row;
  row.name = result.name;
  row.features = result.features;
  row.centers = scored.othersCount;
  row.others.assign(roster.samples.size(), static_cast<float>(kNan));
  std::vector<int> identity(roster.samples.size(), -1);
  for (const int f : faces) {
    const auto i = static_cast<std::size_t>(f);
    if (scored.table.status[i] == data::ScoreStatus::Scored) {
      identity[i] = roster.identity[i];
      row.others[i] = scored.others[i];
    }
  }
  if (std::ranges::all_of(identity, [](int i) { return i < 0; }))
    fail(
        "no face can be selected: that needs training identities of at least two images with usable features "
        "in '{}'; import more in the role train",
        result.features);
  const auto start = std::chrono::steady_clock::now();
  const selection::SelectionInput asked{features.view(), identity, input.identities, row.others};
  const auto path =
      method.find({asked, options.lambda, options.seed,
                   method.needsScores ? std::span<const float>(scores->score) : std::span<const float>()},
                  progress);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  row.enters = path.enters;
  result.neverKept = path.neverKept;
  for (const int f : faces)  // no other face of its identity to be kept with
    if (scored.table.status[static_cast<std::size_t>(f)] == data::ScoreStatus::SingleSample) {
      row.enters[static_cast<std::size_t>(f)] = std::numeric_limits<double>::infinity();
      ++result.neverKept;
    }
  SelectOptions told = options;
  told.features = result.features;
  if (method.needsScores) told.scores = scores->name;
  json made = modelJson(jobs::selectFields(), told);
  made.update(toJson(results::SelectedBy{
      project.setting(settings::featureModel(result.features)).value_or(""), hasPool(roster)}));
  row.options = textOf(made);
  row.decisions = roster.decisions;
  project.putSelection(row);
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
