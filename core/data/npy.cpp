#include "core/data/npy.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>
#include <regex>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"

namespace discern::data {
namespace {
constexpr std::string_view kMagic = "\x93NUMPY";

std::string headerFor(std::int64_t rows, std::int64_t cols) {
  std::string dict =
      fmt::format("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, {}), }}", rows, cols);
  const std::size_t prefix = 10;
  dict.append(63 - (prefix + dict.size()) % 64, ' ');
  dict += '\n';
  std::string header(kMagic);
  header += '\1';
  header += '\0';
  header += static_cast<char>(dict.size() & 0xff);
  header += static_cast<char>(dict.size() >> 8);
  return header + dict;
}

struct Header {
  std::int64_t rows = 0, cols = 0;
  std::size_t offset = 0;
};

Header parseHeader(const std::filesystem::path& file, std::string_view bytes) {
  const auto bad = [&](std::string_view why) {
    fail("{}: {}; a .npy file with little-endian float32 values in C order was expected", file.string(), why);
  };
  if (bytes.size() < 12 || bytes.substr(0, 6) != kMagic) bad("not a NumPy array file");
  const bool v1 = bytes[6] == 1;
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i]));
  };
  const std::size_t length =
      v1 ? byte(8) | byte(9) << 8 : byte(8) | byte(9) << 8 | byte(10) << 16 | byte(11) << 24;
  const std::size_t start = v1 ? 10 : 12;
  if (start + length > bytes.size()) bad("its header is cut off");
  const std::string dict(bytes.substr(start, length));
  if (dict.find("'<f4'") == std::string::npos) bad("its values are not float32");
  if (dict.find("'fortran_order': False") == std::string::npos) bad("it is in Fortran order");
  static const std::regex shape(R"('shape': \((\d+),(?: (\d+),?)?\))");
  std::smatch match;
  if (!std::regex_search(dict, match, shape)) bad("it is not one- or two-dimensional");
  if (match[1].length() > 15 || match[2].length() > 15) bad("its shape is absurd");
  Header header;
  header.rows = std::stoll(match[1]);
  header.cols = match[2].matched ? std::stoll(match[2]) : 1;
  header.offset = start + length;
  return header;
}
}  // namespace

void saveNpy(const std::filesystem::path& file, MatrixView matrix) {
  std::string contents = headerFor(matrix.rows, matrix.cols);
  contents.append(reinterpret_cast<const char*>(matrix.values),
                  static_cast<std::size_t>(matrix.rows * matrix.cols) * sizeof(float));
  writeFileAtomically(file, contents);
}

Matrix loadNpy(const std::filesystem::path& file) {
  const MappedNpy mapped(file);
  const MatrixView view = mapped.view();
  Matrix matrix(view.rows, view.cols);
  std::copy_n(view.values, view.rows * view.cols, matrix.values.begin());
  return matrix;
}

MappedNpy::MappedNpy(const std::filesystem::path& file, Mode mode) {
  const bool write = mode == Mode::ReadWrite;
  const int fd = ::open(file.c_str(), (write ? O_RDWR : O_RDONLY) | O_CLOEXEC);
  if (fd < 0) fail("{}: cannot be opened ({})", file.string(), std::strerror(errno));
  struct stat info {};
  ::fstat(fd, &info);
  length_ = static_cast<std::size_t>(info.st_size);
  base_ = length_ > 0
              ? ::mmap(nullptr, length_, write ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED, fd, 0)
              : MAP_FAILED;
  const int error = errno;
  ::close(fd);
  if (base_ == MAP_FAILED) {
    base_ = nullptr;
    if (length_ == 0) fail("{}: is empty; a .npy file was expected", file.string());
    fail("{}: cannot be mapped into memory ({})", file.string(), std::strerror(error));
  }
  try {
    const Header header = parseHeader(file, {static_cast<const char*>(base_), length_});
    rows_ = header.rows;
    cols_ = header.cols;
    const auto floats = static_cast<std::int64_t>((length_ - header.offset) / sizeof(float));
    if (cols_ > 0 && rows_ > floats / cols_)
      fail("{}: is truncated, {} rows of {} floats were expected", file.string(), rows_, cols_);
    values_ = reinterpret_cast<float*>(static_cast<char*>(base_) + header.offset);
  } catch (...) {
    unmap();
    throw;
  }
}

MappedNpy MappedNpy::create(const std::filesystem::path& file, std::int64_t rows, std::int64_t cols) {
  const std::string header = headerFor(rows, cols);
  const auto bytes = header.size() + static_cast<std::size_t>(rows * cols) * sizeof(float);
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) fail("{}: cannot be created ({})", file.string(), std::strerror(errno));
  // Reserve the blocks now: a full disk is an error here, not a SIGBUS in the middle of the job.
  int error = ::posix_fallocate(fd, 0, static_cast<off_t>(bytes));
  if (error == 0 && ::pwrite(fd, header.data(), header.size(), 0) != static_cast<ssize_t>(header.size()))
    error = errno;
  ::close(fd);
  if (error != 0) {
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    fail("{}: {} MB could not be reserved ({}); free some space and run again", file.string(), bytes >> 20,
         std::strerror(error));
  }
  MappedNpy mapped(file, Mode::ReadWrite);
  std::fill_n(mapped.values_, rows * cols, std::numeric_limits<float>::quiet_NaN());
  return mapped;
}

std::span<float> MappedNpy::row(std::int64_t r) {
  return {values_ + r * cols_, static_cast<std::size_t>(cols_)};
}

void MappedNpy::flush() {
  if (base_ && ::msync(base_, length_, MS_SYNC) != 0)
    fail("features could not be written to disk ({}); is it full?", std::strerror(errno));
}

void MappedNpy::unmap() {
  if (base_) ::munmap(base_, length_);
  base_ = nullptr;
}

MappedNpy::~MappedNpy() { unmap(); }

MappedNpy::MappedNpy(MappedNpy&& other) noexcept { *this = std::move(other); }

MappedNpy& MappedNpy::operator=(MappedNpy&& other) noexcept {
  if (this == &other) return *this;
  unmap();
  base_ = std::exchange(other.base_, nullptr);
  length_ = std::exchange(other.length_, 0);
  values_ = std::exchange(other.values_, nullptr);
  rows_ = std::exchange(other.rows_, 0);
  cols_ = std::exchange(other.cols_, 0);
  return *this;
}

}  // namespace discern::data
