#include "tests/app/command_runner.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <regex>
#include <sstream>
#include <thread>

namespace discern::test {

nlohmann::json Ran::event(const std::string& kind) const {
  for (auto e = events.rbegin(); e != events.rend(); ++e)
    if ((*e)["event"] == kind) return *e;
  return nullptr;
}

namespace {

// The program at work, its output coming through a pipe.
struct Child {
  pid_t id = -1;
  int out = -1, err = -1;
  std::string errName = "/tmp/discern_cli_err_XXXXXX";
};

Child start(const std::vector<std::string>& arguments,
            const std::vector<std::pair<std::string, std::string>>& environment = {}) {
  int out[2];
  Child child;
  child.err = ::mkstemp(child.errName.data());
  if (child.err < 0 || ::pipe2(out, O_CLOEXEC) != 0) return child;
  child.out = out[0];
  child.id = ::fork();
  if (child.id == 0) {
    ::dup2(out[1], STDOUT_FILENO);
    ::dup2(child.err, STDERR_FILENO);
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    std::vector<std::string> all = {DISCERN_PROGRAM};
    all.insert(all.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (auto& a : all) argv.push_back(a.data());
    argv.push_back(nullptr);
    ::execv(DISCERN_PROGRAM, argv.data());
    ::_exit(127);
  }
  ::close(out[1]);
  return child;
}

// Reads what it says to the end; `heard` is called after each piece, and `late` once when that takes longer
// than `milliseconds` (-1: as long as it likes).
Ran finish(const Child& child, const std::function<void(const std::string& soFar)>& heard, int milliseconds,
           const std::function<void()>& late) {
  using Clock = std::chrono::steady_clock;
  Ran ran;
  if (child.id < 0) return ran;
  const auto deadline = Clock::now() + std::chrono::milliseconds(milliseconds);
  bool inTime = milliseconds >= 0;
  char buffer[4096];
  while (true) {
    pollfd pipe{child.out, POLLIN, 0};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (inTime && ::poll(&pipe, 1, static_cast<int>(std::max<std::int64_t>(0, left))) == 0) {
      inTime = false;
      late();
    }
    const ssize_t n = ::read(child.out, buffer, sizeof buffer);
    if (n <= 0) break;
    ran.out.append(buffer, static_cast<std::size_t>(n));
    heard(ran.out);
  }
  ::close(child.out);
  int status = 0;
  ::waitpid(child.id, &status, 0);
  ran.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
  ::close(child.err);
  std::ifstream in(child.errName);
  ran.err.assign(std::istreambuf_iterator<char>(in), {});
  ::unlink(child.errName.c_str());
  std::istringstream lines(ran.out);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with('{')) {
      auto event = nlohmann::json::parse(line, nullptr, false);
      if (event.is_object()) ran.events.push_back(std::move(event));  // the last may be cut off
    }
  return ran;
}

}  // namespace

Ran run(const std::vector<std::string>& arguments, const std::string& interruptAt) {
  return runTogether({{arguments, {}}}, interruptAt, 0, SIGINT).front();
}

std::vector<Ran> runTogether(const std::vector<Call>& calls, const std::string& at, std::size_t whom,
                             int signal) {
  std::vector<Child> children;
  for (const auto& call : calls) children.push_back(start(call.arguments, call.environment));
  bool sent = at.empty();
  const auto heard = [&](const std::string& soFar) {
    if (sent || !std::regex_search(soFar, std::regex(at))) return;
    sent = true;
    ::kill(children[whom].id, signal);
  };
  const auto nothing = [](const std::string&) {};
  std::vector<Ran> ran(children.size());
  std::vector<std::jthread> others;
  for (std::size_t k = 1; k < children.size(); ++k)
    others.emplace_back([&, k] { ran[k] = finish(children[k], nothing, -1, [] {}); });
  ran.front() = finish(children.front(), heard, -1, [] {});
  others.clear();
  return ran;
}

Ran runAndEnd(const std::vector<std::string>& arguments, std::chrono::duration<double> after, int signal) {
  const Child child = start(arguments);
  return finish(
      child, [](const std::string&) {}, static_cast<int>(1000 * after.count()),
      [&] { ::kill(child.id, signal); });
}

}  // namespace discern::test
