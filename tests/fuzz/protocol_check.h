// What every protocol that was read must hold, whatever the bytes said.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/data/dataset.h"

namespace discern::fuzz {

inline void trapUnlessInside(const data::Protocol& protocol, std::int64_t samples) {
  for (const auto& t : protocol.templates)
    for (const int i : t.samples)
      if (i < 0 || i >= samples) __builtin_trap();
  for (const auto& pair : protocol.pairs)
    if (std::min(pair.a, pair.b) < 0 || std::max(pair.a, pair.b) >= std::ssize(protocol.templates))
      __builtin_trap();
}

}  // namespace discern::fuzz
