// Rows of numbers that somebody else saved with NumPy, read a block at a time as float32.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/data/npz.h"

namespace discern::data {

// float16, float32, float64, int32 or int64, little-endian, in C or Fortran order; one dimension is one
// column. What a float32 cannot hold becomes infinity.
class NpyRows {
 public:
  // A .npy, which is read from the disk as it is asked for. Throws Error: no such array, cut off, too long.
  explicit NpyRows(const std::filesystem::path& file);
  // An array in memory; `where` is for messages.
  NpyRows(const std::string& where, NpzArray array);

  std::int64_t rows() const { return rows_; }
  std::int64_t cols() const { return cols_; }
  const std::string& type() const { return type_; }
  // Rows first .. first + count - 1, one after the other. Throws Error: the file became shorter.
  void read(std::int64_t first, std::int64_t count, float* to) const;

 private:
  void take(const std::string& where, const NpyHeader& header);

  struct Storage;
  std::shared_ptr<const Storage> storage_;
  std::string type_;
  int width_ = 0;  // bytes of an element
  bool fortran_ = false;
  std::int64_t rows_ = 0, cols_ = 0;
};

}  // namespace discern::data
