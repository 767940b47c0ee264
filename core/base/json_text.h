// JSON of what came from outside: names of files, sets and tables come in any encoding.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace discern {

// Bytes that are no UTF-8 become U+FFFD, where dump() alone would throw.
inline std::string textOf(const nlohmann::json& values, int indent = -1) {
  return values.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace discern
