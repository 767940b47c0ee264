#include "core/base/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/base/error.h"
#include "core/base/rng.h"

namespace discern {
namespace fs = std::filesystem;

std::string readFile(const fs::path& file, std::int64_t offset, std::int64_t length) {
  std::ifstream in(file, std::ios::binary);
  std::error_code ignored;
  if (!in || fs::is_directory(file, ignored))
    fail("{}: cannot be read ({}); check the path and its permissions", file.string(),
         std::strerror(in ? EISDIR : errno));
  in.seekg(0, std::ios::end);
  const auto size = static_cast<std::int64_t>(in.tellg());
  if (length < 0) length = size - offset;
  if (offset < 0 || length < 0 || offset + length > size)
    fail("{}: ends at byte {}, but bytes {} to {} were expected; the file is truncated, fetch it again",
         file.string(), size, offset, offset + length);
  std::string contents(static_cast<std::size_t>(length), '\0');
  in.seekg(offset);
  in.read(contents.data(), length);
  if (in.gcount() != length)
    fail("{}: only {} of {} bytes could be read", file.string(), in.gcount(), length);
  return contents;
}

std::uint64_t hashOfFile(const fs::path& file) {
  constexpr std::int64_t kChunk = 1 << 24;  // models have hundreds of megabytes
  readFile(file, 0, 0);                     // says what is wrong with it, if anything
  const auto size = static_cast<std::int64_t>(fs::file_size(file));
  auto hash = static_cast<std::uint64_t>(size);
  for (std::int64_t at = 0; at < size; at += kChunk) {
    const std::string contents = readFile(file, at, std::min(kChunk, size - at));
    for (std::size_t i = 0; i < contents.size(); i += 8) {  // eight bytes at a time
      std::uint64_t word = 0;
      std::memcpy(&word, contents.data() + i, std::min<std::size_t>(8, contents.size() - i));
      hash = mixSeed(hash, word);
    }
  }
  return hash;
}

AtomicFile::AtomicFile(fs::path file) : file_(std::move(file)) {
  temporary_ = file_;
  static std::atomic<unsigned> number{0};  // two threads may write the same file
  temporary_ += ".tmp" + std::to_string(::getpid()) + "-" + std::to_string(number++);
}

AtomicFile::~AtomicFile() {
  if (committed_) return;
  std::error_code ignored;
  fs::remove(temporary_, ignored);
}

void AtomicFile::commit() {
  const int fd = ::open(temporary_.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = fd >= 0 && ::fsync(fd) == 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (!synced) fail("{}: could not be written ({}); is the disk full?", file_.string(), std::strerror(error));
  std::error_code code;
  fs::rename(temporary_, file_, code);
  if (code) fail("{}: could not be replaced ({})", file_.string(), code.message());
  committed_ = true;
}

void writeFileAtomically(const fs::path& file, std::string_view contents) {
  AtomicFile out(file);
  std::ofstream stream(out.temporary(), std::ios::binary);
  stream.write(contents.data(), static_cast<std::streamsize>(contents.size()));
  stream.close();
  if (!stream)
    fail("{}: could not be written ({}); is the disk full or the folder read-only?", file.string(),
         std::strerror(errno));
  out.commit();
}

}  // namespace discern
