#include "core/jobs/jobs.h"

#include <algorithm>
#include <stdexcept>

#include "core/jobs/visit.h"

namespace discern::jobs {

const std::vector<Job>& allJobs() {
  static const std::vector<Job> jobs = [] {
    std::vector<Job> all;
    visitJobs([&](const char* name, const char* help, const auto& fields) {
      all.push_back({name, help, fields.list(), fields.presets()});
    });
    return all;
  }();
  return jobs;
}

const Job& jobOf(std::string_view name) {
  const auto& jobs = allJobs();
  const auto found = std::ranges::find(jobs, name, &Job::name);
  if (found == jobs.end()) throw std::logic_error("no job of this name: " + std::string(name));
  return *found;
}

}  // namespace discern::jobs
