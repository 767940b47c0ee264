#include "core/pipeline/comparison_inputs.h"

#include <algorithm>
#include <utility>

#include "core/aggregation/methods.h"
#include "core/analysis/operating_point.h"

namespace discern::pipeline {
namespace {

// Scores of the images that have a row of features: later ones (another protocol's copies) take no part.
data::ScoreTable scoresBeside(const project::Project& project, const std::string& name,
                              data::MatrixView features, const data::Protocol& protocol) {
  if (name.empty()) return {};
  data::ScoreTable table = project.scores(name);
  analysis::requireScores(protocol, table);
  table.resize(static_cast<std::size_t>(features.rows));
  return table;
}

void warnAboutOldFeatures(const project::Project& project, const data::ScoreTable& table,
                          Progress& progress) {
  if (!table.name.empty())
    noteOtherModel(project, fmt::format("score table '{}'", table.name), table.featureTable,
                   project.setting(settings::scoreModel(table.name)).value_or(""), "score", progress);
}

void noteLeftOut(ComparisonInputs& in, const PairCounts& left, std::size_t templates, Progress& progress) {
  for (const auto& sentence : analysis::sentences(left, in.protocol.name, templates, in.names.features))
    progress.note(sentence);
  in.pairs.emptyTemplates = left.emptyTemplates;
  in.pairs.empty = left.empty;
  in.pairs.lostFolds = left.lostFolds;
}

// Only where something is compared: what is exported or combined flatters nobody.
void noteTrained(const data::Protocol& protocol, const Roster& roster, PairCounts& pairs,
                 Progress& progress) {
  PairCounts counts;
  counts.trained = pairs.trained = analysis::trainingTemplates(protocol, roster);
  for (const auto& sentence : analysis::sentences(counts, protocol.name, protocol.templates.size(), {}))
    progress.note(sentence);
}

// With a note of what was left out.
void leaveOutUnusable(ComparisonInputs& in, Progress& progress) {
  const std::size_t templates = in.protocol.templates.size();
  PairCounts left;
  analysis::leaveOutUnusable(in.protocol, in.features.view(), left);
  noteLeftOut(in, left, templates, progress);
}

}  // namespace

std::string chosenProtocol(const project::Project& project, const std::string& given, Progress& progress) {
  const auto all = project.protocols();
  const std::string point = given.empty() ? analysis::currentPoint(project).protocol : given;
  const std::string taken = chosenOrNewest(point, all, "protocol", "make one first");
  if (given.empty() && all.size() > 1)
    progress.note(fmt::format("protocol '{}', the operating point's, of {}", taken, all.size()));
  return taken;
}

data::Protocol protocolToday(const project::Project& project, const std::string& name, const Roster& roster,
                             PairCounts& counts, Progress& progress) {
  data::Protocol protocol =
      analysis::protocolToday(project.protocol(name), roster.identities, roster, counts);
  for (const auto& sentence : analysis::sentences(counts, name, protocol.templates.size(), {}))
    progress.note(sentence);
  return protocol;
}

ComparisonInputs readComparison(const project::Project& project, const ComparisonNames& names,
                                bool needsScores, Progress& progress, bool knowsKept) {
  ComparisonNames taken = names;
  taken.protocol = chosenProtocol(project, names.protocol, progress);
  taken.features = newestFeatures(project, names.features);
  if (needsScores)
    taken.scores = chosenOrNewest(names.scores, project.scoreTables(), "scores", "score the images first");
  Roster roster = readRoster(project);
  PairCounts pairs;
  data::Protocol protocol = protocolToday(project, taken.protocol, roster, pairs, progress);
  noteTrained(protocol, roster, pairs, progress);
  data::MappedNpy features = storedFeatures(project, taken.features);
  if (!knowsKept) analysis::requireEveryImage(project, taken.features);
  const auto onlyKept = analysis::onlyKeptOf(project, taken.features);
  if (!onlyKept) analysis::requireFeatures(protocol, features.view(), taken.features);
  const bool single =
      std::ranges::all_of(protocol.templates, [](const auto& t) { return t.samples.size() <= 1; });
  if (const auto tables = project.scoreTables(); taken.scores.empty() && !single && !tables.empty())
    taken.scores = tables.back();
  data::ScoreTable scores = scoresBeside(project, taken.scores, features.view(), protocol);
  data::ScoreTable weights = scoresBeside(project, taken.weights, features.view(), protocol);
  warnAboutOldFeatures(project, scores, progress);
  if (taken.weights != taken.scores) warnAboutOldFeatures(project, weights, progress);
  const auto templates = static_cast<std::int64_t>(protocol.templates.size());
  ComparisonInputs in{std::move(taken),    std::move(roster), std::move(protocol), templates, single, pairs,
                      std::move(features), std::move(scores), std::move(weights)};
  in.onlyKept = onlyKept;
  if (!onlyKept) leaveOutUnusable(in, progress);
  return in;
}

std::vector<int> ownersOf(const ComparisonInputs& in) { return analysis::ownersOf(in.protocol, in.roster); }

bool areTrueScores(const data::ScoreTable& scores) {
  return !scores.score.empty() && data::needsIdentities(scores.method);
}

void requireKeptAlone(const ComparisonInputs& in, aggregation::Method method) {
  if (in.onlyKept && !in.single && !aggregation::infoOf(method).takesThreshold)
    fail("{}, and '{}' takes every image; extract features of all",
         analysis::sentence(in.names.features, *in.onlyKept), aggregation::infoOf(method).name);
}

void leaveOutUnkept(ComparisonInputs& in, double threshold, Progress& progress) {
  if (!in.onlyKept) return;
  const std::size_t templates = in.protocol.templates.size();
  PairCounts left;
  const auto note = analysis::leaveOutUnusable(in.protocol, in.features.view(), in.names.features,
                                               *in.onlyKept, in.scores, threshold, left);
  if (!note.empty()) progress.note(note);
  noteLeftOut(in, left, templates, progress);
}

}  // namespace discern::pipeline
