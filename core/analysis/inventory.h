// What a project holds, counted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/project/project.h"

namespace discern::analysis {

// One imported set and role. images: originals; unusable: of images and copies.
struct SetCounts {
  std::string set;
  project::Role role = project::Role::Train;
  std::int64_t identities = 0, excluded = 0, merged = 0, images = 0, copies = 0, unusable = 0;
};
// By set and role. Samples of nobody are not counted.
std::vector<SetCounts> setCounts(const std::vector<project::SampleRow>& samples,
                                 const std::vector<project::IdentityRow>& identities);

}  // namespace discern::analysis
