// Texts for any field: another than its default, and one out of its range.
#pragma once

#include <cmath>
#include <optional>
#include <string>

#include "core/base/field.h"

namespace discern::test {

// A value that the field can have and that is not its default.
inline std::string otherText(const Field& field) {
  const auto number = [&](FieldKind kind) {
    const double low = field.low > -1e9 ? field.low : std::min(-7.0, field.high - 7);
    const double high = field.high < 1e9 ? field.high : low + 14;
    for (const double share : {0.5, 0.25, 0.75}) {
      const double value = low + share * (high - low);
      const std::string text =
          kind == FieldKind::Integer ? std::to_string(std::lround(value)) : fmt::format("{}", value);
      if (text != field.fallback) return text;
    }
    return std::string();
  };
  const auto choice = [&] {
    for (const auto& one : field.choices())
      if (one.name != field.fallback) return one.name;
    return std::string();
  };
  switch (field.kind) {
    case FieldKind::Flag:
      return field.fallback == "true" ? "false" : "true";
    case FieldKind::Integer:
    case FieldKind::Number:
      return field.choices ? choice() : number(field.kind);
    case FieldKind::List:
      if (field.item == FieldKind::Integer || field.item == FieldKind::Number)
        return number(field.item) + "," +
               (field.item == FieldKind::Integer ? number(field.item) : number(field.item));
      return field.choices ? choice() : "one,two";
    default:
      if (field.choices && !field.open) return choice();
      if (field.name == "crop") return "1,2,30,40";
      if (field.name == "option") return "unknowns=import";
      return "something else";
  }
}

// A number that lies outside, if the field has a range.
inline std::optional<std::string> outside(const Field& field) {
  const FieldKind kind = field.kind == FieldKind::List ? field.item : field.kind;
  if (field.choices || (kind != FieldKind::Integer && kind != FieldKind::Number)) return std::nullopt;
  const auto text = [&](double value) {
    return kind == FieldKind::Integer ? std::to_string(std::lround(value)) : fmt::format("{}", value);
  };
  if (std::abs(field.low) < 2e9 && text(field.low - 1) != field.none) return text(field.low - 1);
  if (std::abs(field.high) < 2e9) return text(field.high + 1);
  return std::nullopt;
}

}  // namespace discern::test
