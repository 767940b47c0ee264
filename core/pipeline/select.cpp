#include "core/pipeline/select.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>

#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/evaluation/correlation.h"
#include "core/pipeline/json_text.h"
#include "core/pipeline/roster.h"
#include "core/selection/selection.h"

namespace discern::pipeline {
namespace {
using discriminability::Part;
using nlohmann::json;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Each keeps about such a share of what can be kept; of
// four digits, so that what is printed can be given again.
std::vector<double> tellingLambdas(const std::vector<double>& enters) {
  std::vector<double> lambdas;
  if (std::ranges::none_of(enters, [](double e) { return std::isfinite(e); })) return lambdas;
  for (const double share : {0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 1.0}) {
    const double least = std::max(1e-9, -lambdaForShare(enters, share));
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
std::optional<data::ScoreTable> scoresFor(const project::Project& project, const SelectOptions& options,
                                          const std::string& features) {
  if (!options.scores.empty()) return project.scores(options.scores);
  for (const auto& name : project.scoreTables()) {
    auto table = project.scores(name);
    if (table.method == "dscore" && table.featureTable == features) return table;
  }
  return std::nullopt;
}

// Of the faces discarded at a lambda, the share that their identity's lowest scores would have discarded too
// when as many of that identity had to go, and what that share would be if scores said nothing.
struct Overlap {
  double share = kNan, chance = kNan;
};
Overlap overlapWithLowest(const std::vector<int>& faces, const Roster& roster,
                          const std::vector<double>& enters, const std::vector<float>& score, double lambda) {
  std::vector<std::vector<std::pair<float, int>>> of(roster.identities.size());
  for (const int f : faces) {
    const auto i = static_cast<std::size_t>(f);
    if (std::isfinite(score[i]) && !std::isnan(enters[i]))
      of[static_cast<std::size_t>(roster.identity[i])].emplace_back(score[i], f);
  }
  double discarded = 0, both = 0, byChance = 0;
  for (auto& own : of) {
    std::ranges::sort(own);
    const auto dropped = [&](const auto& entry) {
      return !selection::isKept(enters[static_cast<std::size_t>(entry.second)], lambda);
    };
    const auto n = std::ranges::count_if(own, dropped);
    if (n == 0 || n == std::ssize(own)) continue;  // all or nothing says nothing about an order
    discarded += static_cast<double>(n);
    both += static_cast<double>(std::count_if(own.begin(), own.begin() + n, dropped));
    byChance += static_cast<double>(n * n) / static_cast<double>(own.size());
  }
  if (discarded == 0) return {};
  return {both / discarded, byChance / discarded};
}

SelectPoint pointAt(double lambda, const Roster& roster, const std::vector<int>& faces,
                    const project::SelectionRow& row, const data::ScoreTable* scores,
                    const std::vector<unsigned char>& swapped) {
  SelectPoint point;
  point.lambda = lambda;
  point.normalised = row.centers > 0 ? lambda / static_cast<double>(row.centers) : 0;
  std::vector<int> members(roster.identities.size(), 0), keptOf(roster.identities.size(), 0);
  std::int64_t swappedAll = 0, swappedDropped = 0, cleanAll = 0, cleanDropped = 0;
  for (const int f : faces) {
    const auto i = static_cast<std::size_t>(f);
    if (std::isnan(row.enters[i])) continue;
    const bool kept = selection::isKept(row.enters[i], lambda);
    const auto identity = static_cast<std::size_t>(roster.identity[i]);
    ++members[identity];
    keptOf[identity] += kept ? 1 : 0;
    point.kept += kept ? 1 : 0;
    (swapped.empty() || !swapped[i] ? cleanAll : swappedAll) += 1;
    if (!kept) (swapped.empty() || !swapped[i] ? cleanDropped : swappedDropped) += 1;
  }
  for (std::size_t k = 0; k < members.size(); ++k)
    point.emptyIdentities += members[k] > 1 && keptOf[k] == 0 ? 1 : 0;
  const Overlap overlap =
      scores ? overlapWithLowest(faces, roster, row.enters, scores->score, lambda) : Overlap{};
  point.lowScores = overlap.share;
  point.lowScoresChance = overlap.chance;
  point.swappedDropped =
      swappedAll > 0 ? static_cast<double>(swappedDropped) / static_cast<double>(swappedAll) : kNan;
  point.cleanDropped =
      swappedAll > 0 ? static_cast<double>(cleanDropped) / static_cast<double>(cleanAll) : kNan;
  return point;
}

// Mean rank correlation, inside identities, of how early a face enters with its D-score.
double scoreSpearman(const std::vector<int>& faces, const Roster& roster, const std::vector<double>& enters,
                     const data::ScoreTable& scores) {
  std::vector<float> early, score;
  std::vector<int> identity;
  for (const int f : faces) {
    const auto i = static_cast<std::size_t>(f);
    if (!std::isfinite(enters[i]) || !std::isfinite(scores.score[i])) continue;
    early.push_back(static_cast<float>(-enters[i]));
    score.push_back(scores.score[i]);
    identity.push_back(roster.identity[i]);
  }
  return evaluation::spearmanWithin(early, score, identity).mean;
}

void check(const SelectOptions& options) {
  for (const double lambda : options.lambdas)
    if (!(lambda <= 0))
      fail("--lambdas {}: lambda is at most 0 (with a positive one keeping alike faces would be punished)",
           lambda);
  if (!(options.swapLabels >= 0 && options.swapLabels < 1))
    fail("--swap-labels {}: give a share from 0 to below 1", options.swapLabels);
}
}  // namespace

SelectResult select(project::Project& project, const SelectOptions& options, Progress& progress) {
  check(options);
  SelectResult result;
  result.name = options.swapLabels > 0 ? options.name + "-trial" : options.name;
  project::requireFileName("--name", result.name);
  result.features = newestFeatures(project, options.features);
  Roster roster = readRoster(project);
  const data::MappedNpy features = completeFeatures(project, result.features, roster.samples.size());
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
        "selecting faces needs at least two training identities, there are {}; import some with --role train",
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
  scoring.cuda = options.cuda;
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
        "in '{}'; import more with --role train",
        result.features);
  const auto start = std::chrono::steady_clock::now();
  const auto path =
      selection::lambdaPath({features.view(), identity, input.identities, row.others}, {}, progress);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  row.enters = path.enters;
  for (const int f : faces)  // no other face of its identity to be kept with
    if (scored.table.status[static_cast<std::size_t>(f)] == data::ScoreStatus::SingleSample)
      row.enters[static_cast<std::size_t>(f)] = std::numeric_limits<double>::infinity();
  row.options = textOf({{"features", result.features},
                        {"model", project.setting(modelHashKey(result.features)).value_or("")},
                        {"swap_labels", options.swapLabels},
                        {"seed", options.seed},
                        {"pool", true}});
  project.putSelection(row);
  if (path.clampedPairs > 0)
    progress.note(fmt::format("{} of {} pairs inside identities have a negative cosine, which counts as 0",
                              path.clampedPairs, path.pairs));

  const auto scores = options.swapLabels > 0 ? std::nullopt : scoresFor(project, options, result.features);
  result.scores = scores ? scores->name : "";
  result.scoreSpearman = scores ? scoreSpearman(faces, roster, row.enters, *scores) : kNan;
  result.centers = row.centers;
  result.pairs = path.pairs;
  result.clampedPairs = path.clampedPairs;
  result.swapped = std::ranges::count(swapped, 1);
  for (const int f : faces) {
    result.faces += std::isnan(row.enters[static_cast<std::size_t>(f)]) ? 0 : 1;
    result.neverKept += std::isinf(row.enters[static_cast<std::size_t>(f)]) ? 1 : 0;
  }
  result.breakpoints = static_cast<std::int64_t>(selection::countCurve(row.enters).lambda.size());
  for (const double lambda : options.lambdas.empty() ? tellingLambdas(row.enters) : options.lambdas)
    result.points.push_back(pointAt(lambda, roster, faces, row, scores ? &*scores : nullptr, swapped));
  return result;
}

double lambdaForShare(const std::vector<double>& enters, double share) {
  if (!(share > 0 && share <= 1)) fail("--keep {}: give a share above 0 and at most 1", share);
  std::vector<double> finite;
  for (const double e : enters)
    if (std::isfinite(e)) finite.push_back(e);
  if (finite.empty())
    fail("no face of this selection can be kept; identities with several alike faces are needed");
  const auto n = static_cast<std::ptrdiff_t>(std::ceil(share * static_cast<double>(finite.size()) - 1e-9));
  std::ranges::nth_element(finite, finite.begin() + (n - 1));
  const double enter = finite[static_cast<std::size_t>(n - 1)];
  return -std::nextafter(enter, std::numeric_limits<double>::infinity());
}

std::string toJson(const SelectResult& r) {
  const auto number = [](double v) { return std::isfinite(v) ? json(v) : json(nullptr); };
  json points = json::array();
  for (const auto& p : r.points)
    points.push_back({{"lambda", p.lambda},
                      {"normalised", p.normalised},
                      {"kept", p.kept},
                      {"empty_identities", p.emptyIdentities},
                      {"low_scores", number(p.lowScores)},
                      {"low_scores_chance", number(p.lowScoresChance)},
                      {"swapped_dropped", number(p.swappedDropped)},
                      {"clean_dropped", number(p.cleanDropped)}});
  return textOf({{"selection", r.name},
                 {"features", r.features},
                 {"scores", r.scores},
                 {"faces", r.faces},
                 {"identities", r.identities},
                 {"never_kept", r.neverKept},
                 {"centers", r.centers},
                 {"pairs", r.pairs},
                 {"clamped_pairs", r.clampedPairs},
                 {"breakpoints", r.breakpoints},
                 {"swapped", r.swapped},
                 {"score_spearman", number(r.scoreSpearman)},
                 {"seconds", r.seconds},
                 {"points", points}});
}

}  // namespace discern::pipeline
