// Runs the real `discern` as a person or the window would.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace discern::test {

struct Ran {
  int exit = -1;
  std::string out, err;
  std::vector<nlohmann::json> events;  // of --json
  // The last event of that kind; null when there is none.
  nlohmann::json event(const std::string& kind) const;
};

// interruptAt: SIGINT is sent when the output matches this regular expression; empty: never.
Ran run(const std::vector<std::string>& arguments, const std::string& interruptAt = "");

// Sends it `signal` after that time, unless it has ended by then. Ran::exit is 1000 + signal if it died of
// it.
Ran runAndEnd(const std::vector<std::string>& arguments, std::chrono::duration<double> after, int signal);

struct Call {
  std::vector<std::string> arguments;
  std::vector<std::pair<std::string, std::string>> environment;  // beside this program's own
};
// Side by side. When the output of the first matches `at` (empty: never), call `whom` gets `signal`.
std::vector<Ran> runTogether(const std::vector<Call>& calls, const std::string& at = "", std::size_t whom = 0,
                             int signal = 0);

}  // namespace discern::test
