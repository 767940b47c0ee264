// What options were called before: a person's scripts, recipes and the runs of a project still say it so.
#pragma once

#include <span>
#include <string_view>

namespace discern::jobs {

struct FormerName {
  std::string_view job, was, now;  // "predict", "model", "network"
};
std::span<const FormerName> formerNames();

}  // namespace discern::jobs
