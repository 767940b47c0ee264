// The sentence of the Error that a call ends with.
#pragma once

#include <functional>
#include <string>

#include "core/base/error.h"

namespace discern::testing {

// "done" where it does not end with one.
inline std::string messageOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "done";
}

}  // namespace discern::testing
