// Which image a path that somebody wrote down is about: two lists of paths brought together, and never
// guessed.
#pragma once

#include <string>
#include <vector>

namespace discern::data {

constexpr int kNoPath = -1;        // none of the known paths
constexpr int kSeveralPaths = -2;  // several of them equally

// For each of `asked` the index of the one of `known` that it means, kNoPath or kSeveralPaths. It means the
// one that is written the same, or else the one whose last folders and name are the same as far as possible,
// and at least as far that nothing contradicts:
//
// - all that `asked` has below the folder which all of `asked` share (id01/000.jpg of /data/id01/000.jpg), or
// all
//   of the known path, and
// - two names (folder and file) where both have two.
//
// Back slashes count as slashes, "." and ".." are followed. A known path that stands there twice is several.
std::vector<int> matchPaths(const std::vector<std::string>& known, const std::vector<std::string>& asked);

}  // namespace discern::data
