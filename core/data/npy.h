// NumPy's .npy, version 1.0, little-endian float32 in C order: features on disk, readable from Python.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/data/matrix.h"

namespace discern::data {

void saveNpy(const std::filesystem::path& file, MatrixView matrix);  // atomically
// 1-D arrays load as one column. Throws Error; also of a file that another process cuts short meanwhile.
Matrix loadNpy(const std::filesystem::path& file);

// A .npy mapped into memory: opening costs nothing, pages come as they are touched. Who cuts the file short
// in place while it is mapped ends this process: the kernel answers the next touch of a page that is gone
// with SIGBUS. No look at the size before a block is read closes that gap, a handler of the signal belongs to
// the whole process (LibTorch's and Qt's threads as well) and would have to invent values, and a copy in
// memory is what a table of many gigabytes cannot have. So nobody here cuts one short: a table is written
// beside its place and renamed, or created as a new file, and who has the old one mapped keeps it whole; rows
// are rewritten in place only where the length stays. What is small enough to be copied is read by loadNpy.
class MappedNpy {
 public:
  enum class Mode { Read, ReadWrite };

  explicit MappedNpy(const std::filesystem::path& file, Mode mode = Mode::Read);
  // Creates `file` with every element set to NaN (a row that was never written is recognisable). One that is
  // there is replaced, and stays as it was for who has it mapped.
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
