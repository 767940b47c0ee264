// A project whose networks an earlier version wrote: its checkpoints in today's format.
#pragma once

#include "core/base/progress.h"
#include "core/project/project.h"
#include "core/results/data_results.h"

namespace discern::pipeline {

using results::ConvertResult;

// Rewrites every old file of checkpoints/, trainings that were stopped included, and lets the project's
// networks and feature tables point to the new ones. Runs what the old files hold: see networks/convert.h. A
// file that cannot be converted stays and is named; a call that was ended goes on when it is called again.
ConvertResult convertCheckpoints(project::Project& project, Progress& progress);

}  // namespace discern::pipeline
