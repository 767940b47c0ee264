// Which options a job gets from what is looked at: the project and its operating point. No widgets.
#pragma once

#include <vector>

#include "core/analysis/operating_point.h"
#include "core/project/contents.h"
#include "core/project/upkeep.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/project/snapshot.h"

namespace discern::ui {

// Evaluates the point: its protocol, features and threshold; weighed by its weights, else by a head of these
// features where there is one.
JobRequest evaluateRequest(const Snapshot& snapshot, const analysis::OperatingPoint& point);
// Parts the point's comparisons by a column of a CSV; metadata empty: by what the project knows.
JobRequest slicesRequest(const analysis::OperatingPoint& point, const QString& column,
                         const QString& metadata);
// Sweeps the point's protocol and, where there are any, its scores.
JobRequest sweepRequest(const analysis::OperatingPoint& point);
// Features of images that have none, then every score that is told from them, with the options it was made
// with. Empty: there are no features.
std::vector<JobRequest> refreshRequests(const Snapshot& snapshot, const analysis::OperatingPoint& point);
// What an extraction can take by name, and the files that one took before; the demo's recogniser comes first.
QStringList recognisersOf(const Snapshot& snapshot);
QStringList ddnetsOf(const Snapshot& snapshot);  // newest first
// As recognisersOf names it, where one alone made features here; else empty: nobody knows which is wanted.
QString usualRecogniser(const Snapshot& snapshot);
// Why a network of this kind cannot be called so; empty: it can. `replace`: one of its kind gives way.
QString takenName(const Snapshot& snapshot, const QString& name, const std::string& kind, bool replace);
// The newest run of a training under this name; null: none.
const project::RunRow* newestUnder(const Snapshot& snapshot, std::string_view job, const QString& name);
// What "Run" starts where there are features: refresh, evaluate, sweep.
std::vector<JobRequest> runRequests(const Snapshot& snapshot, const analysis::OperatingPoint& point);
// The options of a run that are not the job's defaults, as its call takes them.
QStringList wordsOfRun(const project::RunRow& run);
// Makes what is old again, under its name and with the options it was made with: features first, then what is
// told from them. What cannot be read is left out.
std::vector<JobRequest> againRequests(const project::Project& project, const Snapshot& snapshot,
                                      const std::vector<project::Stale>& stale);

// An entry and what was made of it, which goes first: in the order in which they can be removed.
std::vector<project::Made> removalOf(const project::Project& project, const project::Made& entry);

}  // namespace discern::ui
