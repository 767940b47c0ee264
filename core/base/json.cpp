#include "core/base/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace discern {
namespace {

// Of the brackets outside of texts.
int depthOf(std::string_view text) {
  int depth = 0, deepest = 0;
  bool inText = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inText) {
      if (c == '\\') ++i;
      inText = c != '"';
    } else if (c == '"') {
      inText = true;
    } else if (c == '[' || c == '{') {
      deepest = std::max(deepest, ++depth);
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return deepest;
}

}  // namespace

std::string excessOfJson(std::string_view text) {
  if (text.size() > kLongestJson)
    return fmt::format("its JSON is {} MB long, at most {} were expected", text.size() >> 20,
                       kLongestJson >> 20);
  if (const int depth = depthOf(text); depth > kDeepestJson)
    return fmt::format("its JSON is nested {} deep, at most {} were expected", depth, kDeepestJson);
  return "";
}

nlohmann::json parseJson(std::string_view text, std::string_view where) {
  if (const std::string excess = excessOfJson(text); !excess.empty()) fail("{}: {}", where, excess);
  auto value = nlohmann::json::parse(text, nullptr, false);
  if (value.is_discarded()) fail("{}: is no valid JSON; restore it from a copy or make it anew", where);
  return value;
}

nlohmann::json parseJson(std::string_view text) {
  if (!excessOfJson(text).empty()) return nlohmann::json::value_t::discarded;
  return nlohmann::json::parse(text, nullptr, false);
}

double jsonNumber(const nlohmann::json& object, const char* key, double otherwise) {
  if (!object.is_object()) return otherwise;
  const auto at = object.find(key);
  return at != object.end() && at->is_number() ? at->get<double>() : otherwise;
}

std::string jsonText(const nlohmann::json& object, const char* key, const std::string& otherwise) {
  if (!object.is_object()) return otherwise;
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : otherwise;
}

}  // namespace discern
