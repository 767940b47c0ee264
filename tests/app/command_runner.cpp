#include "tests/app/command_runner.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace discern::test {

nlohmann::json Ran::event(const std::string& kind) const {
  for (auto e = events.rbegin(); e != events.rend(); ++e)
    if ((*e)["event"] == kind) return *e;
  return nullptr;
}

Ran run(const std::vector<std::string>& arguments, const std::string& interruptAt) {
  int out[2];
  char errName[] = "/tmp/discern_cli_err_XXXXXX";
  const int err = ::mkstemp(errName);
  Ran ran;
  if (err < 0 || ::pipe(out) != 0) return ran;
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(out[1], STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    ::close(out[0]);
    std::vector<std::string> all = {DISCERN_PROGRAM};
    all.insert(all.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (auto& a : all) argv.push_back(a.data());
    argv.push_back(nullptr);
    ::execv(DISCERN_PROGRAM, argv.data());
    ::_exit(127);
  }
  ::close(out[1]);
  bool interrupted = interruptAt.empty();
  char buffer[4096];
  for (ssize_t n = 0; (n = ::read(out[0], buffer, sizeof buffer)) > 0;) {
    ran.out.append(buffer, static_cast<std::size_t>(n));
    if (!interrupted && std::regex_search(ran.out, std::regex(interruptAt))) {
      interrupted = true;
      ::kill(child, SIGINT);
    }
  }
  ::close(out[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  ran.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
  ::close(err);
  std::ifstream in(errName);
  ran.err.assign(std::istreambuf_iterator<char>(in), {});
  ::unlink(errName);
  std::istringstream lines(ran.out);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with('{')) ran.events.push_back(nlohmann::json::parse(line, nullptr, false));
  return ran;
}

}  // namespace discern::test
