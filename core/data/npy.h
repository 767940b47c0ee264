// NumPy's .npy, version 1.0, little-endian float32 in C order: features on disk, readable from Python.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/data/matrix.h"

namespace discern::data {

void saveNpy(const std::filesystem::path& file, MatrixView matrix);  // atomically
Matrix loadNpy(const std::filesystem::path& file);                   // 1-D arrays load as one column

// A .npy mapped into memory: opening costs nothing, pages come as they are touched.
class MappedNpy {
 public:
  enum class Mode { Read, ReadWrite };

  explicit MappedNpy(const std::filesystem::path& file, Mode mode = Mode::Read);
  // Creates `file` with every element set to NaN (a row that was never written is recognisable).
  static MappedNpy create(const std::filesystem::path& file, std::int64_t rows, std::int64_t cols);
  ~MappedNpy();
  MappedNpy(MappedNpy&& other) noexcept;
  MappedNpy& operator=(MappedNpy&& other) noexcept;

  MatrixView view() const { return {values_, rows_, cols_}; }
  std::span<float> row(std::int64_t r);  // only in ReadWrite
  void flush();                          // to disk; throws Error when the disk is full

 private:
  MappedNpy() = default;
  void unmap();

  void* base_ = nullptr;
  std::size_t length_ = 0;
  float* values_ = nullptr;
  std::int64_t rows_ = 0, cols_ = 0;
};

}  // namespace discern::data
