#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

#include "core/analysis/cost_model.h"
#include "core/base/field_error.h"
#include "core/discriminability/dscore.h"
#include "core/pipeline/import_numbers.h"
#include "core/pipeline/match_rows.h"

namespace discern::pipeline {
namespace {

void requireFree(const project::Project& project, const ImportScoresOptions& o) {
  const auto tables = project.scoreTables();
  if (!o.replace && std::ranges::find(tables, o.name) != tables.end())
    failField("name", o.name,
              "are scores of this project already; choose another name, or say that they are to be replaced");
}

}  // namespace

ImportScoresResult importScores(project::Project& project, const data::NumberRows& rows,
                                const ImportScoresOptions& options, Progress& progress) {
  jobs::importScoresFields().check(options);
  requireFree(project, options);
  if (!options.match.set.empty()) requireSet(project, options.match.set);
  const Roster roster = readRoster(project);
  progress.start("importing scores", rows.rows);
  const RowMatch match = matchRows(rows, options.match, roster.samples, roster.identities);

  ImportScoresResult result;
  result.name = options.name;
  result.source = std::filesystem::absolute(options.source.file).lexically_normal().string();
  result.column = rows.column;
  result.lowerIsBetter = options.lowerIsBetter;
  result.failures = rows.failures;
  result.rows = match.counts;
  std::vector<float> values(static_cast<std::size_t>(rows.rows));
  rows.read(0, rows.rows, values.data());
  std::vector<float> raw(match.rowOf.size(), std::numeric_limits<float>::quiet_NaN());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (match.rowOf[i] == kNoRow) continue;
    const float value = values[static_cast<std::size_t>(match.rowOf[i])];
    if (!std::isfinite(value)) ++result.rows.notFinite;
    raw[i] = options.lowerIsBetter ? 0 - value : value;
  }
  progress.throwIfStopped();
  data::ScoreTable table =
      discriminability::normaliseComparator("imported", raw, roster.identity, roster.part, roster.votes);
  for (auto& status : table.status)
    if (status == data::ScoreStatus::NotFinite) status = data::ScoreStatus::NotGiven;
  result.scored = std::ranges::count(table.status, data::ScoreStatus::Scored);
  if (result.scored == 0)
    fail(
        "{}: gives no finite score to an image of a train or test identity; {} of its {} rows are of an "
        "image here",
        rows.source, match.counts.matched, rows.rows);
  table.name = options.name;
  result.mean = table.mean;
  result.sigma = table.sigma;
  table.decisions = roster.decisions;
  project.putScores(table);
  project.putSetting(settings::scoreModel(options.name), "");
  project.putSetting(settings::scoreCost(options.name),
                     analysis::toJson(analysis::RecordedCost{options.macs, options.milliseconds}));
  progress.advance(rows.rows);
  progress.finish();
  return result;
}

}  // namespace discern::pipeline
