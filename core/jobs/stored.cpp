#include "core/jobs/stored.h"

#include <algorithm>

#include "core/jobs/jobs.h"

namespace discern::jobs {

std::string storedText(const project::RunRow& run, std::string_view field) {
  const auto& jobs = allJobs();
  const auto job = std::ranges::find(jobs, run.job, &Job::name);
  if (job == jobs.end()) return {};
  const Field* described = findField(job->fields, field);
  if (described == nullptr) return {};
  std::string text = described->fallback;
  findText(parseJson(run.options), *described, text);
  return text;
}

}  // namespace discern::jobs
