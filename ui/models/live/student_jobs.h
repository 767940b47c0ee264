// Students that are being made, among those that are. No widgets.
#pragma once

#include <QHash>
#include <vector>

#include "ui/jobs/job.h"
#include "ui/models/results/student_results.h"

namespace discern::ui {

// `rows` of the project with how far its runs are, and before them, newest first, a row for each job that has
// no run yet. runOfJob: of the jobs of this sitting that said which run they keep.
std::vector<StudentRow> withJobs(std::vector<StudentRow> rows, const std::vector<const Job*>& unfinished,
                                 const QHash<int, int>& runOfJob);

}  // namespace discern::ui
