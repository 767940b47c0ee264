// Bounds-checked integers of bytes that somebody else wrote.
#pragma once

#include <cstdint>
#include <string_view>

namespace discern::imaging {

// Reading beyond the end gives 0 and clears `good`.
struct Bytes {
  std::string_view text;
  bool bigEndian = false;
  bool good = true;

  std::uint64_t read(std::uint64_t at, int width) {
    if (at > text.size() || text.size() - at < static_cast<std::size_t>(width)) {
      good = false;
      return 0;
    }
    std::uint64_t value = 0;
    for (int i = 0; i < width; ++i) {
      const auto byte =
          static_cast<unsigned char>(text[at + static_cast<std::size_t>(bigEndian ? i : width - 1 - i)]);
      value = value << 8 | byte;
    }
    return value;
  }
};

}  // namespace discern::imaging
