// What people decide about two identities that look like one person; that they are one is a merge
// (decisions.h). No number depends on it.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <utility>

#include "core/base/names.h"
#include "core/project/decisions.h"

namespace discern::project {

enum class PairVerdict { None, Different, Unsure };
inline const auto& namesOf(PairVerdict) {
  static constexpr std::array<Named<PairVerdict>, 3> kNames{
      {{PairVerdict::None, "none", "Not looked at"},
       {PairVerdict::Different, "different", "Two people"},
       {PairVerdict::Unsure, "unsure", "Looked at, and not clear"}}};
  return kNames;
}

// By identities, the smaller one first. What stands: it is told by the decisions that stand.
using PairVerdicts = std::map<std::pair<int, int>, PairVerdict>;
PairVerdicts pairVerdicts(const Project& project);

// A decision as those of decisions.h, in the same history. None: it says so already. Throws Error for an
// identity that is not there, or one and itself.
std::optional<Decision> decidePair(Project& project, int a, int b, PairVerdict verdict);

}  // namespace discern::project
