// How long jobs take, by what they took before.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/project/project.h"

namespace discern::analysis {

// Seconds that the newest finished run of each job took.
std::map<std::string, double> runSeconds(const std::vector<project::RunRow>& runs);

// Seconds that these jobs will take together: each as long as it took, or, where that is not known, as long
// as the known ones on average; negative: nothing is known. None: 0.
double secondsOf(const std::vector<std::string>& jobs, const std::map<std::string, double>& known);

}  // namespace discern::analysis
