// Who is who in a project, as every table wants it: merges, moves and what was left out followed.
#pragma once

#include <string>
#include <vector>

#include "core/data/part.h"
#include "core/project/project.h"

namespace discern::analysis {

struct Who {
  std::vector<int> identity;              // per sample, merges followed; -1: excluded or unknown
  std::vector<data::Part> part;           // per identity
  std::vector<unsigned char> votes;       // per sample: 0 for degraded copies
  std::vector<project::LeftOut> leftOut;  // per sample, by a person
  std::vector<unsigned char> moved;       // per sample: 1 where a person says that it is somebody else's

  bool isPart(int sample, data::Part which) const {
    const int i = identity[static_cast<std::size_t>(sample)];
    return i >= 0 && part[static_cast<std::size_t>(i)] == which;
  }
};
Who whoIs(const std::vector<project::SampleRow>& samples,
          const std::vector<project::IdentityRow>& identities);

struct Roster : Who {
  std::vector<project::SampleRow> samples;
  std::vector<project::IdentityRow> identities;
  std::string decisions;  // project::decisionsToday()
};
Roster readRoster(const project::Project& project);

}  // namespace discern::analysis
