// Data sets on disk: whatever the bytes, samples that lie in their files, or an Error.
#pragma once

#include <initializer_list>

#include "datasets/registry.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/protocol_check.h"

namespace discern::fuzz {

inline void putImages(const Folder& folder, std::initializer_list<const char*> files) {
  for (const char* file : files) folder.write(file, "P5 6 5 255\n012345678901234567890123456789");
}

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
    for (const auto& protocol : set.protocols) trapUnlessInside(protocol, count);
  });
}

}  // namespace discern::fuzz
