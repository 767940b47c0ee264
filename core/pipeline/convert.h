// A project whose networks an earlier version wrote: its checkpoints in today's format.
#pragma once

#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/project/project.h"

namespace discern::pipeline {

struct ConvertResult {
  std::vector<std::string> converted;  // the new files
  std::vector<std::string> left;       // old files that stay, each with its reason in a sentence
};

// Rewrites every old file of checkpoints/, trainings that were stopped included, and lets the project's
// networks and feature tables point to the new ones. Runs what the old files hold: see networks/convert.h. A
// file that cannot be converted stays and is named; a call that was ended goes on when it is called again.
ConvertResult convertCheckpoints(project::Project& project, Progress& progress);

}  // namespace discern::pipeline
