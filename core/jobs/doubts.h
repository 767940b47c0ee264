// doubts: labels that are probably wrong, and people who are probably under two names.
#pragma once

#include <string>

#include "core/base/field.h"

namespace discern::jobs {

struct DoubtsOptions {
  std::string scores;  // D-scores; empty: the newest
  int limit = 20;      // rows of each kind; 0: all
  std::string out;     // CSV of all; empty: none
};
const Fields<DoubtsOptions>& doubtsFields();

}  // namespace discern::jobs
