// What recognising one face costs each model of a project:
// parameters, memory, time (SKD, table III and figure 8).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/jobs/student_jobs.h"
#include "core/project/project.h"

namespace discern::pipeline {

using jobs::ModelCostOptions;

struct ModelCost {
  std::string name, kind;  // kind: base | student
  int size = 0;            // pixels a side
  std::int64_t dims = 0;
  double parameters = 0;  // 0: the file does not say
  double fileBytes = 0, macs = 0;
  struct AtBatch {
    int batch = 1;
    double milliseconds = 0;  // per face
    double peakBytes = 0;     // growth of the process while opening the model and running it
  };
  std::vector<AtBatch> at{};
};

// Each model and batch size is measured in a process of its own, so that peaks do not mix. To be called
// before any other model is run in this process (it forks).
std::vector<ModelCost> modelCosts(const project::Project& project, const ModelCostOptions& options,
                                  Progress& progress);

}  // namespace discern::pipeline
