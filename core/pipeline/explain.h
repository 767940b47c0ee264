// Where in images a DDNet looks: explained/NETWORK/ of the project, for the Inspector and for Python.
#pragma once

#include "core/base/progress.h"
#include "core/jobs/explain.h"
#include "core/project/project.h"
#include "core/results/explained.h"

namespace discern::pipeline {

using jobs::ExplainOptions;
using results::ExplainResult;
// What was made of an older network of that name is removed; what is asked for again is made again. Throws
// Error; Cancelled, which leaves whole maps alone.
ExplainResult explain(project::Project& project, const ExplainOptions& options, Progress& progress);

}  // namespace discern::pipeline
