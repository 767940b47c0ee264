// Data sets on disk: whatever the bytes, samples that lie in their files, or an Error.
#pragma once

#include "datasets/registry.h"
#include "tests/fuzz/fuzz_target.h"

namespace discern::fuzz {

inline void loadDataset(const std::filesystem::path& path, const std::string& format,
                        const datasets::LoadOptions& options = {}) {
  readOrRefuse([&] {
    Progress silent;
    const auto set = datasets::load(path, format, options, silent);
    if (set.samples.empty()) __builtin_trap();
    const auto count = std::ssize(set.samples);
    for (const auto& sample : set.samples) {
      const auto size = static_cast<std::int64_t>(std::filesystem::file_size(sample.image.file));
      if (sample.image.offset < 0 || sample.image.offset + sample.image.length > size) __builtin_trap();
      if (sample.identity >= std::ssize(set.identities)) __builtin_trap();
    }
    for (const auto& protocol : set.protocols) {
      for (const auto& t : protocol.templates)
        for (const int i : t.samples)
          if (i < 0 || i >= count) __builtin_trap();
      for (const auto& pair : protocol.pairs)
        if (std::min(pair.a, pair.b) < 0 || std::max(pair.a, pair.b) >= std::ssize(protocol.templates))
          __builtin_trap();
    }
  });
}

}  // namespace discern::fuzz
