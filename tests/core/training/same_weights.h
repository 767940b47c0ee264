// Whether two trainings ended alike, bit for bit. Includes LibTorch.
#pragma once

#include <algorithm>
#include <filesystem>

#include "core/base/files.h"
#include "core/networks/checkpoint.h"

namespace discern::training {

inline bool sameWeights(const std::filesystem::path& a, const std::filesystem::path& b) {
  const auto left = networks::loadTensors(a, "discern_checkpoint").tensors;
  const auto right = networks::loadTensors(b, "discern_checkpoint").tensors;
  return left.size() == right.size() && std::ranges::all_of(left, [&](const auto& entry) {
           return torch::equal(entry.second, right.at(entry.first));
         });
}

// The whole files: weights, and what they say about themselves.
inline bool sameCheckpoint(const std::filesystem::path& a, const std::filesystem::path& b) {
  return readFile(a) == readFile(b);
}

}  // namespace discern::training
