// Files that are no plain ones, for tests of who opens files; whoever waits for one of them is ended by the
// alarm.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace discern::test {

// Ends the test program after so many seconds: a call that waits without end cannot be told otherwise.
class Alarm {
 public:
  explicit Alarm(unsigned seconds = 60) { ::alarm(seconds); }
  ~Alarm() { ::alarm(0); }
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;
};

// Puts a named pipe that nobody writes to in the place of `file`.
inline void makePipe(const std::filesystem::path& file) {
  std::filesystem::remove(file);
  ASSERT_EQ(::mkfifo(file.c_str(), 0644), 0) << file << ": " << std::strerror(errno);
}

}  // namespace discern::test
