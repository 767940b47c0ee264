// A fair portion of what several processes share.
#pragma once

#include <cstdint>

namespace discern {

// Item i of n belongs to portion i * count / n, from 0; so the items of a portion stand side by side.
struct Portion {
  std::int64_t begin = 0, end = 0;
};

inline Portion portionOf(std::int64_t n, int index, int count) {
  return {n * index / count, n * (index + 1) / count};
}

}  // namespace discern
