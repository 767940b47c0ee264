// Files that are either whole or not there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace discern {

// Whole contents, or `length` bytes from `offset` (length < 0: to the end). Throws Error naming the file.
std::string readFile(const std::filesystem::path& file, std::int64_t offset = 0, std::int64_t length = -1);

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
