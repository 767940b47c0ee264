#include "core/pipeline/score.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "core/analysis/percentiles.h"
#include "core/base/field_json.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/json_text.h"
#include "core/pipeline/score_method.h"

namespace discern::pipeline {
namespace {
using nlohmann::json;

std::string sameJson(const std::vector<discriminability::SamePerson>& pairs, const Roster& roster) {
  json list = json::array();
  for (const auto& pair : pairs)
    list.push_back({{"a", roster.identities[static_cast<std::size_t>(pair.a)].name},
                    {"a_set", roster.identities[static_cast<std::size_t>(pair.a)].set},
                    {"b", roster.identities[static_cast<std::size_t>(pair.b)].name},
                    {"b_set", roster.identities[static_cast<std::size_t>(pair.b)].set},
                    {"a_id", pair.a},
                    {"b_id", pair.b},
                    {"cosine", pair.cosine}});
  return textOf(list);
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

  discriminability::ScoreOutput output =
      findScore(method)({method, roster, features.view(), options.dscore, progress});
  data::ScoreTable& table = output.table;
  for (std::size_t i = 0; i < roster.samples.size(); ++i)
    if (!roster.samples[i].problem.empty() && table.status[i] != data::ScoreStatus::NotAsked)
      table.status[i] = data::ScoreStatus::Unreadable;
  result.scored = std::ranges::count(table.status, data::ScoreStatus::Scored);
  if (result.scored == 0) failUnscored(table);
  if (data::needsIdentities(method)) warnAboutFeatures(output, progress);
  result.probablySame = output.probablySame;
  table.name = result.name;
  table.method = method;
  table.featureTable = result.features;
  project.putScores(table);
  project.putSetting(settings::scoreModel(result.name),
                     project.setting(settings::featureModel(result.features)).value_or(""));
  if (data::scoreMethods().find(method).truth) {
    project.putSetting(settings::kProbablySame, sameJson(result.probablySame, roster));
    project.putSetting(settings::scoreOptions(result.name),
                       modelJson(jobs::dscoreFields(), options.dscore).dump());
    if (!result.probablySame.empty())
      progress.note(
          fmt::format("{} probably one person under two names; see which, then merge or exclude them",
                      result.probablySame.size() == 1
                          ? "1 pair of identities is"
                          : fmt::format("{} pairs of identities are", result.probablySame.size())));
  }

  std::map<std::string, std::int64_t> counts;
  for (const auto status : table.status) ++counts[data::toString(status)];
  result.statuses.assign(counts.begin(), counts.end());
  result.notScored = table.size() - result.scored - counts[data::toString(data::ScoreStatus::NotAsked)];
  result.mean = table.mean;
  result.sigma = table.sigma;
  result.scoreAtZero = analysis::scoreAtZero(table.mean, table.sigma);
  return result;
}

}  // namespace discern::pipeline
