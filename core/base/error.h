// Errors a person can act on, and nothing else.
#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace discern {

// Bad input or a bad environment. The message is one sentence that names the file or option, says what
// was expected and what to do. Programming errors use assert or std::logic_error instead.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Thrown out of a long job whose stop was requested. Not a failure: whatever was finished is kept.
class Cancelled : public std::runtime_error {
 public:
  Cancelled() : std::runtime_error("cancelled") {}
};

// Throws Error with a formatted message.
template <typename... Args>
[[noreturn]] void fail(fmt::format_string<Args...> format, Args&&... args) {
  throw Error(fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace discern
