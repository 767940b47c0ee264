// Arrays that are larger than what one wants to hold in memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>

#include "core/base/files.h"

namespace discern::data {

// A .npy that is written block by block, and is there when commit() has been called.
class NpyWriter {
 public:
  NpyWriter(const std::filesystem::path& file, std::int64_t rows, std::int64_t cols);
  void append(std::span<const float> values);  // the next ones, row after row; throws Error: the disk is full
  void commit();

 private:
  std::filesystem::path path_;
  AtomicFile file_;
  std::ofstream out_;
  std::int64_t left_;  // values that are still to come
};

}  // namespace discern::data
