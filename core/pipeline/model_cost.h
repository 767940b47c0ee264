// What recognising one face costs each model of a project:
// parameters, memory, time (SKD, table III and figure 8).
#pragma once

#include <vector>

#include "core/base/progress.h"
#include "core/jobs/student_jobs.h"
#include "core/project/project.h"
#include "core/results/students.h"

namespace discern::pipeline {

using jobs::ModelCostOptions;
using results::ModelCost;

// Each model and batch size is measured in a process of its own, so that peaks do not mix; behind them stands
// what an earlier run measured of the same files on other devices. To be called
// before any other model is run in this process (it forks).
std::vector<ModelCost> modelCosts(const project::Project& project, const ModelCostOptions& options,
                                  Progress& progress);

}  // namespace discern::pipeline
