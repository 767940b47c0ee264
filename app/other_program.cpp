#include "app/other_program.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "core/base/error.h"

namespace discern::app {
namespace fs = std::filesystem;

fs::path thisProgram() {
  std::error_code none;
  return fs::read_symlink("/proc/self/exe", none);
}

int runProgram(const fs::path& program, std::vector<std::string> arguments, const std::stop_token& stop,
               bool quietly) {
  if (stop.stop_requested()) throw Cancelled();
  arguments.insert(arguments.begin(), program.string());
  std::vector<char*> argv;
  for (auto& a : arguments) argv.push_back(a.data());
  argv.push_back(nullptr);
  std::fflush(nullptr);  // what was said before it stands before what it says
  pid_t child = 0;
  int status = 0;
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  if (quietly) ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  // This program blocks the signals that end it (stop_signals.cpp), and a shell that starts it in the
  // background ignores one of them; the other one shall hear them.
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGINT);
  sigaddset(&ending, SIGTERM);
  ::posix_spawnattr_setsigdefault(&attributes, &ending);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  const int failed = ::posix_spawn(&child, argv[0], &actions, &attributes, argv.data(), environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return -1;
  {
    const std::stop_callback pass(stop, [child] { ::kill(child, SIGINT); });
    siginfo_t ended;
    // It keeps its number until it is waited for below, after the last moment at which it may get the signal.
    while (::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT) < 0)
      if (errno != EINTR) return -1;
  }
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return -1;
  if (stop.stop_requested()) throw Cancelled();
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace discern::app
