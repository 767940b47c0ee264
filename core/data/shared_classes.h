// Whether identities are classes or people.
#pragma once

#include "core/data/group_kind.h"

namespace discern::data {

// Identities of some kinds are classes, which the part to train on and the part to test share by their names
// ("wave" of either is one action); of others they are people, and a test is of people that nobody has seen.
inline bool sharesClasses(const GroupKind& kind) { return kind.name == "clip"; }

}  // namespace discern::data
