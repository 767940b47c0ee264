// What the header of a safetensors file says, checked; no LibTorch.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/files.h"

namespace discern::networks {

using TensorMetadata = std::map<std::string, std::string>;

struct SafetensorsType {
  const char* name;
  std::uint64_t bytes;  // of a number
};
// In the order in which Python's package lays tensors out, so that every value is aligned.
inline constexpr std::array<SafetensorsType, 9> kSafetensorsTypes = {{{"I64", 8},
                                                                      {"F64", 8},
                                                                      {"F32", 4},
                                                                      {"I32", 4},
                                                                      {"BF16", 2},
                                                                      {"F16", 2},
                                                                      {"I16", 2},
                                                                      {"I8", 1},
                                                                      {"U8", 1}}};

struct SafetensorsEntry {
  std::string name;
  std::size_t type = 0;  // of kSafetensorsTypes
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0, end = 0;  // bytes, from the first value of the file
};

struct SafetensorsHeader {
  TensorMetadata metadata;                // "__metadata__"
  std::vector<SafetensorsEntry> entries;  // by place; one behind the other, they fill the file
  std::uint64_t firstValue = 0;           // byte of the file
  std::uint64_t valueBytes = 0;           // behind it
};

inline constexpr const char* kSafetensorsMetadata = "__metadata__";

// Throws Error naming `name`, and the tensor where it is about one (see loadSafetensors).
SafetensorsHeader readSafetensorsHeader(const std::filesystem::path& name, const PlainFile& file);

// The metadata alone; nothing where `file` is not of this format or cannot be read.
std::optional<TensorMetadata> safetensorsMetadata(const std::filesystem::path& file);

}  // namespace discern::networks
