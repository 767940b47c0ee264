// Files that are either whole or not there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace discern {

// A plain file, open until the end of its life. A folder, a named pipe (opening or reading one may never end)
// and a device (one may be endless) are refused with an Error that says what it is; so is what cannot be
// opened.
class PlainFile {
 public:
  enum class Mode { Read, ReadWrite };

  explicit PlainFile(std::filesystem::path file, Mode mode = Mode::Read);
  ~PlainFile();
  PlainFile(PlainFile&& other) noexcept
      : file_(std::move(other.file_)), fd_(std::exchange(other.fd_, -1)), size_(other.size_) {}
  PlainFile& operator=(PlainFile&&) = delete;

  int descriptor() const { return fd_; }
  std::int64_t size() const { return size_; }  // in bytes, when it was opened
  // From any thread: how many of `length` bytes there are from `offset`. Throws Error when the disk fails.
  std::size_t read(std::int64_t offset, char* to, std::size_t length) const;

 private:
  std::filesystem::path file_;
  int fd_ = -1;
  std::int64_t size_ = 0;
};

// For what another library opens by its name: throws Error as PlainFile. Does not open the file, since
// closing a database would let go of the locks that this process has on it.
void requirePlainFile(const std::filesystem::path& file);

// Whole contents, or `length` bytes from `offset` (length < 0: to the end). Throws Error naming the file.
std::string readFile(const std::filesystem::path& file, std::int64_t offset = 0, std::int64_t length = -1);

// The first `length` bytes, or as many as there are. Throws Error as PlainFile.
std::string readStart(const std::filesystem::path& file, std::size_t length);

// Of the contents. Throws Error as readFile.
std::uint64_t hashOfFile(const std::filesystem::path& file);

// Writes beside `file` and renames, so a reader or a crash
// never sees half of it. Throws Error (disk full, ...).
void writeFileAtomically(const std::filesystem::path& file, std::string_view contents);

// A name beside `file` to write to, removed unless commit() renames it into place.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path file);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  const std::filesystem::path& temporary() const { return temporary_; }
  void commit();  // flushes to disk and renames; throws Error

 private:
  std::filesystem::path file_, temporary_;
  bool committed_ = false;
};

}  // namespace discern
