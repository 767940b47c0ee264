// Operating points that travel: measured where they were chosen, read where they are tried.
#pragma once

#include <string>

#include "core/analysis/carried_point.h"
#include "core/base/progress.h"
#include "core/project/project.h"

namespace discern::pipeline {

// The point with the threshold at which it accepts on its own protocol. Throws Error: there is nothing to
// compare, or too few impostors for its FAR.
analysis::CarriedPoint carriedPoint(const project::Project& project, const analysis::OperatingPoint& point,
                                    Progress& progress);

// named: a file that `point` wrote, another project (its point as it is now), or a finished evaluation,
// PROJECT:RUN, or RUN of `project`, with its own weights, rescale and FAR: of several that it tells those of
// that project's point, else the first rescale and the strictest FAR. Throws FieldError about
// "operating-point".
analysis::CarriedPoint readCarriedPoint(const project::Project& project, const std::string& named,
                                        Progress& progress);

}  // namespace discern::pipeline
