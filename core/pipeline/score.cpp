#include "core/pipeline/score.h"

#include <algorithm>
#include <cmath>
#include <list>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/analysis/percentiles.h"
#include "core/base/described.h"
#include "core/base/field_json.h"
#include "core/base/json_text.h"
#include "core/pipeline/departures.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/score_method.h"
#include "core/pipeline/shards.h"

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

// Everything that scores are made from.
struct Asked {
  std::string features, name;
  Roster roster;
  data::MappedNpy values;
  std::string print;  // for shards
};

Asked ask(const project::Project& project, const ScoreJobOptions& options, Progress& progress) {
  jobs::scoreFields().check(options);
  const std::string features = newestFeatures(project, options.features);
  Roster roster = readRoster(project);
  auto values = completeFeatures(project, features, roster.samples.size());
  noteOnlyKept(project, features, progress);
  std::string print =
      shardPrint(project, fingerprintJson(jobs::scoreFields(), options).dump(), features, roster);
  return {features, options.name.empty() ? options.method : options.name, std::move(roster),
          std::move(values), std::move(print)};
}

// What shards leave of a row of the table.
constexpr const char *kOwn = "own", *kHardest = "hardest", *kRatio = "ratio", *kIdentity = "hardest identity";

discriminability::ScoreOutput comparedByShards(const ShardFolder& folder, const Asked& asked) {
  const auto samples = std::ssize(asked.roster.samples), identities = std::ssize(asked.roster.identities);
  const auto merged = mergedShards(folder, asked.print,
                                   [&](const Shard& shard, std::int64_t sample) {
                                     const Portion share = portionOf(samples, shard);
                                     return sample >= share.begin && sample < share.end;
                                   },
                                   {kOwn, kHardest, kRatio, kIdentity});
  if (std::ssize(merged.samples) != samples) folder.failDamaged();
  discriminability::ScoreOutput output;
  auto& table = output.table;
  table.resize(asked.roster.samples.size());
  for (std::size_t k = 0; k < merged.samples.size(); ++k) {
    const auto i = static_cast<std::size_t>(merged.samples[k]);
    table.own[i] = static_cast<float>(merged.columns.at(kOwn)[k]);
    table.hardest[i] = static_cast<float>(merged.columns.at(kHardest)[k]);
    table.ratio[i] = static_cast<float>(merged.columns.at(kRatio)[k]);
    const double identity = merged.columns.at(kIdentity)[k];
    if (!(identity >= -1 && identity < static_cast<double>(identities))) folder.failDamaged();
    table.hardestIdentity[i] = static_cast<std::int32_t>(identity);
  }
  return output;
}
}  // namespace

results::ShardResult scoreShard(const project::Project& project, const ScoreJobOptions& options,
                                Progress& progress) {
  const Shard shard = jobs::shardOf(options.shards).value();
  const Asked asked = ask(project, options, progress);
  const ShardFolder folder(project, "score", asked.name);
  const auto lock = folder.lock(shard);
  const Portion share = portionOf(std::ssize(asked.roster.samples), shard);
  std::vector<unsigned char> wanted(asked.roster.samples.size(), 0);
  std::fill(wanted.begin() + share.begin, wanted.begin() + share.end, 1);
  const auto output = findScore(options.method)(
      {options.method, kindOf(project), asked.roster, asked.values.view(), options.dscore, progress, wanted});
  ShardColumns columns;
  columns.columns = {{kOwn, {}}, {kHardest, {}}, {kRatio, {}}, {kIdentity, {}}};
  for (auto i = share.begin; i < share.end; ++i) {
    const auto row = static_cast<std::size_t>(i);
    columns.samples.push_back(i);
    columns.columns[kOwn].push_back(output.table.own[row]);
    columns.columns[kHardest].push_back(output.table.hardest[row]);
    columns.columns[kRatio].push_back(output.table.ratio[row]);
    columns.columns[kIdentity].push_back(output.table.hardestIdentity[row]);
  }
  saveShard(folder, shard, asked.print, columns);
  return {asked.name, shard.index, shard.count, share.end - share.begin, 0};
}

ScoreJobResult score(project::Project& project, const ScoreJobOptions& options, Progress& progress) {
  const std::string& method = options.method;
  const Asked asked = ask(project, options, progress);
  const Roster& roster = asked.roster;
  ScoreJobResult result;
  result.features = asked.features;
  result.name = asked.name;
  const ShardFolder folder(project, "score", asked.name);
  std::list<project::ProjectLock> locks;
  std::optional<discriminability::ScoreOutput> compared;
  if (options.shards.merge) locks = folder.lockAll(kShardNumbers);
  if (options.shards.merge) compared = comparedByShards(folder, asked);
  discriminability::ScoreOutput output = findScore(method)({method,
                                                            kindOf(project),
                                                            roster,
                                                            asked.values.view(),
                                                            options.dscore,
                                                            progress,
                                                            {},
                                                            compared ? &*compared : nullptr});
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
  if (options.shards.merge) folder.remove();
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
