// Results as runs keep them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/described.h"
#include "core/project/project.h"

namespace discern::results {

// nothing when the run is another job's, is not done, or its result cannot be read.
template <Described R>
std::optional<R> resultOf(const project::RunRow& run) {
  if (run.job != R::kJob || run.status != "done") return std::nullopt;
  try {
    return fromJsonText<R>(run.result, "the result of a run");
  } catch (const Error&) {
    return std::nullopt;
  }
}

// What a run that failed says why; empty: nothing.
std::string failureOf(const project::RunRow& run);

// What stands on the top level of any JSON object, such as the options of a run or the result of a job that
// this version does not know, by name; monostate: null. Lists and objects in it are left out. Empty for what
// is no such object.
using Value = std::variant<std::monostate, bool, double, std::string>;
std::vector<std::pair<std::string, Value>> topLevel(std::string_view json);
// The same as texts, a list as "127.5/127.5/127.5"; what is neither is left out.
std::vector<std::pair<std::string, std::string>> topLevelTexts(std::string_view json);

}  // namespace discern::results
