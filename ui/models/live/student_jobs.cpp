#include "ui/models/live/student_jobs.h"

#include <algorithm>

#include "ui/language/words.h"
#include "ui/models/live/job_watch.h"
#include "ui/models/results/run_results.h"

namespace discern::ui {
namespace {

StudentRow rowOf(const Job& job) {
  StudentRow row;
  row.job = job.id;
  row.name = optionOf(job, "--name");
  row.teacher = optionOf(job, "--teacher");
  row.mode = optionOf(job, "--mode");
  row.seed = optionOf(job, "--seed");
  row.size = optionOf(job, "--size").toInt();
  row.state = job.state == Job::State::Waiting ? Words::tr("waiting") : Words::tr("starting");
  return row;
}

}  // namespace

std::vector<StudentRow> withJobs(std::vector<StudentRow> rows, const std::vector<const Job*>& unfinished,
                                 const QHash<int, int>& runOfJob) {
  std::vector<StudentRow> coming;
  for (const Job* job : unfinished) {
    if (job->name != "distil") continue;
    const int run = runOfJob.value(job->id, -1);
    const auto known = std::ranges::find(rows, run, &StudentRow::run);
    if (run < 0 || known == rows.end())
      coming.push_back(rowOf(*job));
    else if (job->total > 0)
      known->state = Words::tr("running %1").arg(percentText(job->share(), 0));
  }
  rows.insert(rows.begin(), coming.rbegin(), coming.rend());
  return rows;
}

}  // namespace discern::ui
