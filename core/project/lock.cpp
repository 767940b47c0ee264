#include "core/project/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "core/base/error.h"

namespace discern::project {

ProjectLock::ProjectLock(const std::filesystem::path& folder, const std::string& name,
                         const std::string& of) {
  const auto file = folder / name;
  // It is written to: a link would lead to somebody's file.
  fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0644);
  struct stat info {};
  if (fd_ >= 0 && (::fstat(fd_, &info) != 0 || !S_ISREG(info.st_mode))) {
    ::close(fd_);
    fail("{}: is not a plain file; remove it, then run again", file.string());
  }
  if (fd_ < 0)
    fail("{}: cannot be opened for writing ({}); check the permissions of the project folder", file.string(),
         std::strerror(errno));
  if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    char holder[32] = {};
    const auto n = ::pread(fd_, holder, sizeof holder - 1, 0);
    ::close(fd_);
    fail("{}: another job (process {}) is writing to {}; wait for it or stop it, then run again",
         folder.string(), n > 0 ? std::string(holder, static_cast<std::size_t>(n)) : "unknown", of);
  }
  const std::string pid = std::to_string(::getpid());
  if (::ftruncate(fd_, 0) == 0) (void)!::pwrite(fd_, pid.data(), pid.size(), 0);
}

ProjectLock::~ProjectLock() { ::close(fd_); }

}  // namespace discern::project
