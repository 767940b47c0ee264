#include "core/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
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

namespace {

[[noreturn]] void failKind(const fs::path& file, mode_t mode) {
  const char* kind = S_ISDIR(mode)    ? "a folder"
                     : S_ISFIFO(mode) ? "a named pipe"
                     : S_ISSOCK(mode) ? "a socket"
                                      : "a device";
  fail("{}: is {}; a plain file was expected, give the path of one", file.string(), kind);
}

}  // namespace

PlainFile::PlainFile(fs::path file, Mode mode) : file_(std::move(file)) {
  const bool write = mode == Mode::ReadWrite;
  const char* action = write ? "opened for writing" : "read";
  // Without waiting for the other end of a pipe or for a device.
  fd_ = ::open(file_.c_str(), (write ? O_RDWR : O_RDONLY) | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  struct stat info {};
  const bool known = fd_ >= 0 ? ::fstat(fd_, &info) == 0 : false;
  const int error = errno;
  if (known && S_ISREG(info.st_mode)) {
    size_ = info.st_size;
    return;
  }
  if (fd_ >= 0) ::close(fd_);
  // Neither a socket nor, for writing, a folder can be opened at all.
  if (known || (::stat(file_.c_str(), &info) == 0 && !S_ISREG(info.st_mode))) failKind(file_, info.st_mode);
  fail("{}: cannot be {} ({}); check the path and its permissions", file_.string(), action,
       std::strerror(error));
}

PlainFile::~PlainFile() {
  if (fd_ >= 0) ::close(fd_);
}

std::size_t PlainFile::read(std::int64_t offset, char* to, std::size_t length) const {
  std::size_t done = 0;
  while (done < length) {
    const auto got = ::pread(fd_, to + done, length - done, offset + static_cast<std::int64_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("{}: cannot be read ({}); check the disk", file_.string(), std::strerror(errno));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

void requirePlainFile(const fs::path& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0)
    fail("{}: cannot be read ({}); check the path and its permissions", file.string(), std::strerror(errno));
  if (!S_ISREG(info.st_mode)) failKind(file, info.st_mode);
}

std::string readFile(const fs::path& file, std::int64_t offset, std::int64_t length) {
  const PlainFile in(file);
  if (length < 0) length = in.size() - offset;
  if (offset < 0 || length < 0 || offset > in.size() || length > in.size() - offset)
    fail(
        "{}: ends at byte {}, but {} bytes from byte {} on were expected; the file is truncated, fetch it "
        "again",
        file.string(), in.size(), length, offset);
  std::string contents(static_cast<std::size_t>(length), '\0');
  const auto got = in.read(offset, contents.data(), contents.size());
  if (got != contents.size()) fail("{}: only {} of {} bytes could be read", file.string(), got, length);
  return contents;
}

std::string readStart(const fs::path& file, std::size_t length) {
  std::string contents(length, '\0');
  contents.resize(PlainFile(file).read(0, contents.data(), length));
  return contents;
}

std::uint64_t hashOfFile(const fs::path& file) {
  constexpr std::int64_t kChunk = 1 << 24;  // models have hundreds of megabytes
  const PlainFile in(file);
  auto hash = static_cast<std::uint64_t>(in.size());
  std::string contents;
  for (std::int64_t at = 0; at < in.size(); at += kChunk) {
    contents.resize(static_cast<std::size_t>(std::min(kChunk, in.size() - at)));
    if (in.read(at, contents.data(), contents.size()) != contents.size())
      fail("{}: became shorter while it was read; run again", file.string());
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
