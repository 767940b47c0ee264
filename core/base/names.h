// Enumerations as people type them: one table each, `namesOf(Enumeration)` beside the enumeration, from which
// names, parsing, lists of choices and their help follow.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/error.h"

namespace discern {

template <class E>
struct Named {
  E value;
  const char* name;
  const char* help = "";
};

template <class E>
concept NamedEnum = std::is_enum_v<E> && requires(E value) {
  namesOf(value);
};

template <NamedEnum E>
const char* nameOf(E value) {
  for (const auto& entry : namesOf(value))
    if (entry.value == value) return entry.name;
  return "";
}

// "a, b or c".
template <NamedEnum E>
std::string listOfNames() {
  std::string list;
  const auto& names = namesOf(E{});
  for (std::size_t i = 0; i < names.size(); ++i)
    list += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + std::string(names[i].name);
  return list;
}

// Throws Error that lists the names; `what` says what they are names of.
template <NamedEnum E>
E parseName(std::string_view text, std::string_view what) {
  for (const auto& entry : namesOf(E{}))
    if (text == entry.name) return entry.value;
  fail("{} {}: is not known; use {}", what, text, listOfNames<E>());
}

}  // namespace discern
