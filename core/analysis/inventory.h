// What a project holds, counted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/roster.h"
#include "core/project/project.h"

namespace discern::analysis {

// One imported set and role. images: originals; unusable: of images and copies.
struct SetCounts {
  std::string set;
  project::Role role = project::Role::Train;
  std::int64_t identities = 0, excluded = 0, merged = 0, images = 0, copies = 0, unusable = 0;
};
// By set and role. Samples of nobody are not counted, and of a set that was removed there is nothing.
std::vector<SetCounts> setCounts(const std::vector<project::SampleRow>& samples,
                                 const std::vector<project::IdentityRow>& identities);

// Who there is today: merged names are one identity, and who is excluded or without any image is none.
struct People {
  std::int64_t identities = 0;
  std::int64_t withSeveral = 0;  // of them: with two or more originals, so that one can be told by the others
};
struct Totals {
  std::int64_t originals = 0, copies = 0;  // every image that is there, whoever shows
  People all, train, test, pool;
};
// samples: those that `who` is of.
Totals totals(const Who& who, const std::vector<project::SampleRow>& samples);

}  // namespace discern::analysis
