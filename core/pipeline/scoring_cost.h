// What telling scores costs, with a note where nobody knows.
#pragma once

#include <string>

#include "core/base/progress.h"
#include "core/evaluation/cost.h"
#include "core/pipeline/comparison_inputs.h"

namespace discern::pipeline {

// Of the scores, and of the weights with them (the same where there are no others). NaN where it was not
// recorded: the compute of what uses them is then not stated, and a note says so.
struct ScoringCosts {
  evaluation::CostModel scores, weighed;
};
ScoringCosts scoringCosts(const project::Project& project, const ComparisonNames& names, Progress& progress);

}  // namespace discern::pipeline
