#include "core/results/stored.h"

#include <fmt/format.h>

#include <cmath>

namespace discern::results {
namespace {
using nlohmann::json;

bool isScalar(const json& value) { return !value.is_structured(); }

Value valueOf(const json& scalar) {
  if (scalar.is_boolean()) return scalar.get<bool>();
  if (scalar.is_number()) return scalar.get<double>();
  if (scalar.is_string()) return scalar.get<std::string>();
  return {};
}

std::string textOfScalar(const json& scalar) {
  if (scalar.is_string()) return scalar.get<std::string>();
  if (scalar.is_boolean()) return scalar.get<bool>() ? "true" : "false";
  if (!scalar.is_number()) return {};
  const auto number = scalar.get<double>();
  return number == std::round(number) && std::abs(number) < 1e15 ? fmt::format("{:.0f}", number)
                                                                 : fmt::format("{:.6g}", number);
}

json objectOf(std::string_view text) {
  json object = parseJson(text);
  return object.is_object() ? object : json::object();
}

}  // namespace

std::string failureOf(const project::RunRow& run) {
  return run.status == "failed" ? jsonText(parseJson(run.result), "error") : std::string();
}

std::vector<std::pair<std::string, Value>> topLevel(std::string_view json) {
  std::vector<std::pair<std::string, Value>> values;
  const auto object = objectOf(json);
  for (const auto& [key, value] : object.items())
    if (isScalar(value)) values.emplace_back(key, valueOf(value));
  return values;
}

std::vector<std::pair<std::string, std::string>> topLevelTexts(std::string_view json) {
  std::vector<std::pair<std::string, std::string>> texts;
  const auto object = objectOf(json);
  for (const auto& [key, value] : object.items()) {
    if (value.is_object()) continue;
    std::string text;
    for (const auto& item : value.is_array() ? value : nlohmann::json::array({value}))
      if (const std::string one = textOfScalar(item); !one.empty()) text += (text.empty() ? "" : "/") + one;
    texts.emplace_back(key, text);
  }
  return texts;
}

}  // namespace discern::results
