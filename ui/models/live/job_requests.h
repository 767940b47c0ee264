// Which options a job gets from what is looked at: the project and its operating point. No widgets.
#pragma once

#include <vector>

#include "core/analysis/operating_point.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/project/snapshot.h"

namespace discern::ui {

// Evaluates the point: its protocol, features and threshold; weighed by its weights, else by a head of these
// features where there is one.
JobRequest evaluateRequest(const Snapshot& snapshot, const analysis::OperatingPoint& point);
// Sweeps the point's protocol and, where there are any, its scores.
JobRequest sweepRequest(const analysis::OperatingPoint& point);
// Features of images that have none, then every score that is told from them, with the options it was made
// with. Empty: there are no features.
std::vector<JobRequest> refreshRequests(const Snapshot& snapshot, const analysis::OperatingPoint& point);
// What "Run" starts where there are features: refresh, evaluate, sweep.
std::vector<JobRequest> runRequests(const Snapshot& snapshot, const analysis::OperatingPoint& point);

}  // namespace discern::ui
