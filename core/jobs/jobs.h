// All jobs: their names, what they do, and the fields of their options.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/field.h"

namespace discern::jobs {

struct Job {
  std::string name;  // "train-ddnet": the command, and what a run is called
  std::string help;
  std::vector<Field> fields;
  std::vector<Preset> presets = {};
};

// In the order in which a project is worked through.
const std::vector<Job>& allJobs();
// Throws std::logic_error: there is none.
const Job& jobOf(std::string_view name);

}  // namespace discern::jobs
