#include "core/jobs/stored.h"

#include <algorithm>

#include "core/jobs/former_names.h"
#include "core/jobs/jobs.h"

namespace discern::jobs {

bool findStored(const nlohmann::json& stored, std::string_view job, const Field& field, std::string& text) {
  if (findText(stored, field, text)) return true;
  return std::ranges::any_of(formerNames(), [&](const FormerName& name) {
    if (name.job != job || name.now != field.name) return false;
    Field former = field;
    former.name = name.was;
    return findText(stored, former, text);
  });
}

std::string storedText(const project::RunRow& run, std::string_view field) {
  const auto& jobs = allJobs();
  const auto job = std::ranges::find(jobs, run.job, &Job::name);
  if (job == jobs.end()) return {};
  const Field* described = findField(job->fields, field);
  if (described == nullptr) return {};
  std::string text = described->fallback;
  findStored(parseJson(run.options), run.job, *described, text);
  return text;
}

}  // namespace discern::jobs
