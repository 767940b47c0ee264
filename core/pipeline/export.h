// The numbers of a project as files others can read: CSV and JSON, the charts' sources.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/project/project.h"

namespace discern::pipeline {

// scores.csv (one row an image, raw and scaled values apart), identities.csv, selection-NAME.csv and its
// breakpoints, evaluation-N.json, sweep-N.csv, report.json (every run with options and version) into
// `folder`. Returns the files written.
std::vector<std::filesystem::path> exportNumbers(const project::Project& project,
                                                 const std::filesystem::path& folder, Progress& progress);

}  // namespace discern::pipeline
