#include "core/pipeline/score.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/analysis/percentiles.h"
#include "core/base/described.h"
#include "core/base/field_json.h"
#include "core/base/json_text.h"
#include "core/pipeline/departures.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/score_method.h"

namespace discern::pipeline {
namespace {
std::string sameJson(const std::vector<discriminability::SamePerson>& pairs, const Roster& roster) {
  std::vector<results::ProbablySame> list;
  for (const auto& pair : pairs) {
    const auto& a = roster.identities[static_cast<std::size_t>(pair.a)];
    const auto& b = roster.identities[static_cast<std::size_t>(pair.b)];
    list.push_back({a.name, a.set, b.name, b.set, pair.a, pair.b, pair.cosine});
  }
  return textOf(listToJson(list));
}

void warnAboutFeatures(const discriminability::ScoreOutput& output, Progress& progress) {
  if (std::isfinite(output.ownMean) && output.ownMean - output.hardestMean < 0.1)
    progress.note(
        fmt::format("the features look wrong: images are on average only {:.2f} closer to their own centroid "
                    "({:.2f}) than to the hardest "
                    "other one ({:.2f}); check channel order, scale and crop (the recipe)",
                    output.ownMean - output.hardestMean, output.ownMean, output.hardestMean));
}

// Says why not one image got a score.
[[noreturn]] void failUnscored(const data::ScoreTable& table) {
  const auto count = [&](data::ScoreStatus status) { return std::ranges::count(table.status, status); };
  const auto asked = table.size() - count(data::ScoreStatus::NotAsked);
  const auto alone = count(data::ScoreStatus::SingleSample),
             unrivalled = count(data::ScoreStatus::OneIdentity);
  if (asked == 0)
    fail("there is no image of a train or test identity to score; import some in the role train");
  if (alone + unrivalled > 0)
    fail(
        "none of {} images can be scored: that needs at least two identities, and identities of at least two "
        "images, but {} are alone in theirs and {} have "
        "no other identity beside them; import more",
        asked, alone, unrivalled);
  fail(
      "none of {} images gives a number to score; extracting features again says which cannot be used and "
      "why, and tries those again",
      asked);
}
}  // namespace

ScoreJobResult score(project::Project& project, const ScoreJobOptions& options, Progress& progress) {
  const std::string& method = options.method;
  jobs::scoreFields().check(options);
  ScoreJobResult result;
  result.features = newestFeatures(project, options.features);
  result.name = options.name.empty() ? method : options.name;
  const Roster roster = readRoster(project);
  const data::MappedNpy features = completeFeatures(project, result.features, roster.samples.size());
  noteOnlyKept(project, result.features, progress);

  discriminability::ScoreOutput output =
      findScore(method)({method, kindOf(project), roster, features.view(), options.dscore, progress});
  data::ScoreTable& table = output.table;
  for (std::size_t i = 0; i < roster.samples.size(); ++i)
    if (!roster.samples[i].problem.empty() && table.status[i] != data::ScoreStatus::NotAsked)
      table.status[i] = data::ScoreStatus::Unreadable;
  result.scored = std::ranges::count(table.status, data::ScoreStatus::Scored);
  if (result.scored == 0) failUnscored(table);
  if (data::needsIdentities(method)) warnAboutFeatures(output, progress);
  result.probablySame = std::ssize(output.probablySame);
  table.name = result.name;
  table.method = method;
  table.featureTable = result.features;
  table.decisions = roster.decisions;
  project.putScores(table);
  project.putSetting(settings::scoreModel(result.name),
                     project.setting(settings::featureModel(result.features)).value_or(""));
  if (data::scoreMethods().find(method).truth) {
    project.putSetting(settings::kProbablySame, sameJson(output.probablySame, roster));
    project.putSetting(settings::scoreOptions(result.name),
                       modelJson(jobs::dscoreFields(), options.dscore).dump());
    if (result.probablySame > 0)
      progress.note(fmt::format(
          "{} probably one person under two names; see which, then merge or exclude them",
          result.probablySame == 1 ? "1 pair of identities is"
                                   : fmt::format("{} pairs of identities are", result.probablySame)));
  }

  for (const auto status : table.status) ++result.statuses[data::toString(status)];
  result.notScored = std::ranges::count_if(table.status, [](data::ScoreStatus status) {
    return status != data::ScoreStatus::Scored && status != data::ScoreStatus::NotAsked;
  });
  result.lengths = options.dscore.lengths;
  if (data::scoreMethods().find(method).truth)
    result.published = publishedText(scoreDepartures(options.dscore, roster, table));
  result.mean = table.mean;
  result.sigma = table.sigma;
  result.scoreAtZero = analysis::scoreAtZero(table.mean, table.sigma);
  return result;
}

}  // namespace discern::pipeline
