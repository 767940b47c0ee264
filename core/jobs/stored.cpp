#include "core/jobs/stored.h"

#include <algorithm>

#include "core/jobs/former_names.h"
#include "core/jobs/jobs.h"

namespace discern::jobs {

std::string storedText(const project::RunRow& run, std::string_view field) {
  const auto& jobs = allJobs();
  const auto job = std::ranges::find(jobs, run.job, &Job::name);
  if (job == jobs.end()) return {};
  const Field* described = findField(job->fields, field);
  if (described == nullptr) return {};
  std::string text = described->fallback;
  const auto stored = parseJson(run.options);
  if (findText(stored, *described, text)) return text;
  for (const FormerName& name : formerNames())
    if (name.job == run.job && name.now == field) {
      Field former = *described;
      former.name = name.was;
      if (findText(stored, former, text)) break;
    }
  return text;
}

}  // namespace discern::jobs
