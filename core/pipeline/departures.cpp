#include "core/pipeline/departures.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/described.h"
#include "core/base/field_json.h"
#include "core/jobs/score.h"
#include "core/results/selection.h"

namespace discern::pipeline {
namespace {
constexpr const char* kPool = "identities of the pool as others, too (published: the training set's own)";
}

std::string publishedTraining(const std::vector<std::string>& departures) {
  return publishedText(departures) +
         "; learning rate, its schedule, batch and epochs are Discern's: the published ones are not known";
}

bool hasPool(const Roster& roster) {
  for (std::size_t i = 0; i < roster.samples.size(); ++i)
    if (roster.votes[i] && roster.samples[i].problem.empty() &&
        roster.isPart(static_cast<int>(i), data::Part::Pool))
      return true;
  return false;
}

std::vector<std::string> scoreDepartures(const discriminability::ScoreOptions& options, const Roster& roster,
                                         const data::ScoreTable& table) {
  jobs::ScoreJobOptions job;
  job.dscore = options;
  auto list = jobs::scoreFields().departures(job, "paper");
  if (hasPool(roster)) list.emplace_back(kPool);
  std::int64_t raised = 0;
  for (std::size_t i = 0; i < table.hardest.size(); ++i)
    raised += table.status[i] == data::ScoreStatus::Scored && table.hardest[i] < options.floor ? 1 : 0;
  if (options.metric == discriminability::Metric::Cosine && raised > 0)
    list.push_back(
        fmt::format("floor {}, below which the hardest negative of {} of the images lies "
                    "(published: none)",
                    options.floor, raised));
  return list;
}

jobs::SelectOptions optionsOfSelection(const project::SelectionRow& row) {
  try {
    return optionsFromJson(jobs::selectFields(),
                           parseJson(row.options, fmt::format("selection '{}': its options", row.name)));
  } catch (const FieldError& e) {
    fail("selection '{}': its options: {}; select again", row.name, e.what());
  }
}

std::vector<std::string> selectionDepartures(const project::SelectionRow& row, const Roster& roster) {
  auto list = jobs::selectFields().departures(optionsOfSelection(row), "paper");
  const std::string where = fmt::format("selection '{}': its options", row.name);
  if (hasPool(roster) && fromJson<results::SelectedBy>(parseJson(row.options, where), where).pool)
    list.emplace_back(kPool);
  return list;
}

}  // namespace discern::pipeline
