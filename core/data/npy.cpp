#include "core/data/npy.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/npy_writer.h"

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

// Takes a number of at most 15 digits from the front; -1: there is none.
std::int64_t takeNumber(std::string_view& text) {
  std::int64_t value = 0;
  std::size_t digits = 0;
  while (digits < text.size() && digits <= 15 && text[digits] >= '0' && text[digits] <= '9')
    value = 10 * value + (text[digits++] - '0');
  text.remove_prefix(digits);
  return digits == 0 || digits > 15 ? -1 : value;
}

bool take(std::string_view& text, std::string_view expected) {
  const bool there = text.starts_with(expected);
  if (there) text.remove_prefix(expected.size());
  return there;
}

// "(7,)", "(2, 3)" or "(2, 3,)".
bool readShape(std::string_view text, Header& header) {
  if (!take(text, "(") || (header.rows = takeNumber(text)) < 0 || !take(text, ",")) return false;
  header.cols = 1;
  if (take(text, " ")) {
    if ((header.cols = takeNumber(text)) < 0) return false;
    take(text, ",");
  }
  return take(text, ")");
}

constexpr std::size_t kLongest = 10'000;  // bytes of a header, NumPy's own limit
constexpr std::size_t kPrefix = 12;       // what stands before it, at most

Header parseHeader(const std::filesystem::path& file, std::string_view bytes) {
  const auto bad = [&](std::string_view why) {
    fail("{}: {}; a .npy file with little-endian float32 values in C order was expected", file.string(), why);
  };
  if (bytes.size() < kPrefix || bytes.substr(0, 6) != kMagic) bad("not a NumPy array file");
  const bool v1 = bytes[6] == 1;
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i]));
  };
  const std::size_t length =
      v1 ? byte(8) | byte(9) << 8 : byte(8) | byte(9) << 8 | byte(10) << 16 | byte(11) << 24;
  const std::size_t start = v1 ? 10 : 12;
  if (length > kLongest) bad(fmt::format("its header has {} bytes, more than NumPy reads", length));
  if (start + length > bytes.size()) bad("its header is cut off");
  const std::string_view dict = bytes.substr(start, length);
  if (dict.find("'<f4'") == std::string_view::npos) bad("its values are not float32");
  if (dict.find("'fortran_order': False") == std::string_view::npos) bad("it is in Fortran order");
  constexpr std::string_view kShape = "'shape': ";
  const auto shape = dict.find(kShape);
  Header header;
  if (shape == std::string_view::npos || !readShape(dict.substr(shape + kShape.size()), header))
    bad("it is not one- or two-dimensional, or of an absurd shape");
  header.offset = start + length;
  if (header.offset % alignof(float) != 0) bad("its values do not begin at a multiple of four bytes");
  return header;
}

[[noreturn]] void failLength(const std::filesystem::path& file, const Header& header) {
  fail("{}: is truncated or too long, {} rows of {} floats were expected; copy it again", file.string(),
       header.rows, header.cols);
}

// Of a file that is as long as it says.
Header headerOf(const std::filesystem::path& file, const PlainFile& opened) {
  if (opened.size() == 0) fail("{}: is empty; a .npy file was expected", file.string());
  std::string start(kPrefix + kLongest, '\0');
  start.resize(opened.read(0, start.data(), start.size()));
  const Header header = parseHeader(file, start);
  const auto bytes = opened.size() - static_cast<std::int64_t>(header.offset);
  const auto width = header.cols * static_cast<std::int64_t>(sizeof(float));  // of 15 digits: no overflow
  if (bytes < 0 || (width > 0 ? bytes / width != header.rows || bytes % width != 0 : bytes != 0))
    failLength(file, header);
  return header;
}
}  // namespace

void saveNpy(const std::filesystem::path& file, MatrixView matrix) {
  std::string contents = headerFor(matrix.rows, matrix.cols);
  contents.append(reinterpret_cast<const char*>(matrix.values),
                  static_cast<std::size_t>(matrix.rows * matrix.cols) * sizeof(float));
  writeFileAtomically(file, contents);
}

NpyWriter::NpyWriter(const std::filesystem::path& file, std::int64_t rows, std::int64_t cols)
    : path_(file), file_(file), out_(file_.temporary(), std::ios::binary), left_(rows * cols) {
  out_ << headerFor(rows, cols);
}

void NpyWriter::append(std::span<const float> values) {
  left_ -= std::ssize(values);
  out_.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size_bytes()));
  if (!out_)
    fail("{}: could not be written ({}); is the disk full or the folder read-only?", path_.string(),
         std::strerror(errno));
}

void NpyWriter::commit() {
  if (left_ != 0) throw std::logic_error("an array is committed before all of it was written");
  append({});
  out_.close();
  append({});
  file_.commit();
}

Matrix loadNpy(const std::filesystem::path& file) {
  const PlainFile opened(file);
  const Header header = headerOf(file, opened);
  Matrix matrix(header.rows, header.cols);
  const std::size_t bytes = matrix.values.size() * sizeof(float);
  if (opened.read(static_cast<std::int64_t>(header.offset), reinterpret_cast<char*>(matrix.values.data()),
                  bytes) != bytes)
    failLength(file, header);  // it was cut short meanwhile
  return matrix;
}

MappedNpy::MappedNpy(const std::filesystem::path& file, Mode mode) {
  const bool write = mode == Mode::ReadWrite;
  const PlainFile opened(file, write ? PlainFile::Mode::ReadWrite : PlainFile::Mode::Read);
  const Header header = headerOf(file, opened);
  length_ = static_cast<std::size_t>(opened.size());
  const int access = write ? PROT_READ | PROT_WRITE : PROT_READ;
  void* const base = ::mmap(nullptr, length_, access, MAP_SHARED, opened.descriptor(), 0);
  if (base == MAP_FAILED) fail("{}: cannot be mapped into memory ({})", file.string(), std::strerror(errno));
  base_ = base;
  values_ = reinterpret_cast<float*>(static_cast<char*>(base_) + header.offset);
  rows_ = header.rows;
  cols_ = header.cols;
}

MappedNpy MappedNpy::create(const std::filesystem::path& file, std::int64_t rows, std::int64_t cols) {
  const std::string header = headerFor(rows, cols);
  const auto bytes = header.size() + static_cast<std::size_t>(rows * cols) * sizeof(float);
  // Never the file that is there, cut short: another process may have it mapped.
  ::unlink(file.c_str());
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (fd < 0) fail("{}: cannot be created ({})", file.string(), std::strerror(errno));
  // Reserve the blocks now: a full disk is an error here, not a SIGBUS in the middle of the job.
  int error = ::posix_fallocate(fd, 0, static_cast<off_t>(bytes));
  if (error == 0 && ::pwrite(fd, header.data(), header.size(), 0) != static_cast<ssize_t>(header.size()))
    error = errno;
  ::close(fd);
  if (error != 0) {
    ::unlink(file.c_str());
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
