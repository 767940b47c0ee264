// table: many runs side by side.
#pragma once

#include <string>
#include <vector>

#include "core/base/field.h"

namespace discern::jobs {

struct TableOptions {
  std::vector<std::string>
      runs;  // numbers, or jobs, which stand for all their runs; empty: trainings and evaluations
  std::vector<std::string> aggregations, protocols;  // as of runs::RunTableOptions
  double far = 1e-3;
  std::string out;  // a .csv; empty: none
};
const Fields<TableOptions>& tableFields();

}  // namespace discern::jobs
