#include "core/analysis/run_times.h"

#include <chrono>
#include <cstdio>
#include <optional>

namespace discern::analysis {
namespace {
namespace ch = std::chrono;

// Of "2026-01-31T08:05:00Z".
std::optional<ch::sys_seconds> timeOf(const std::string& text) {
  int year = 0;
  unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (std::sscanf(text.c_str(), "%4d-%2u-%2uT%2u:%2u:%2uZ", &year, &month, &day, &hour, &minute, &second) !=
      6)
    return std::nullopt;
  const ch::year_month_day date{ch::year(year), ch::month(month), ch::day(day)};
  if (!date.ok()) return std::nullopt;
  return ch::sys_days(date) + ch::hours(hour) + ch::minutes(minute) + ch::seconds(second);
}

}  // namespace

std::map<std::string, double> runSeconds(const std::vector<project::RunRow>& runs) {
  std::map<std::string, double> seconds;
  for (const auto& run : runs) {  // oldest first
    if (run.status != "done") continue;
    const auto started = timeOf(run.started), finished = timeOf(run.finished);
    if (started && finished && *finished >= *started)
      seconds[run.job] = static_cast<double>((*finished - *started).count());
  }
  return seconds;
}

double secondsOf(const std::vector<std::string>& jobs, const std::map<std::string, double>& known) {
  if (jobs.empty()) return 0;
  if (known.empty()) return -1;
  double mean = 0;
  for (const auto& [job, seconds] : known) mean += seconds / static_cast<double>(known.size());
  double sum = 0;
  for (const auto& job : jobs) {
    const auto found = known.find(job);
    sum += found == known.end() ? mean : found->second;
  }
  return sum;
}

}  // namespace discern::analysis
