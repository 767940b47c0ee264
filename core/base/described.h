// Structs as JSON and back, each described once, so that what is written and what is read cannot drift apart:
//
//   template <class V>
//   void describe(V& v, Tar& tar) {  // in the namespace of Tar
//     v("far", tar.far);
//     v.ifAny("weights", tar.weights);
//   }
//
// JSON has no NaN: a number that is not finite is null, and null is NaN. A key that is absent leaves its
// member as the struct makes it, so that older JSON stays readable; a key that nobody describes is passed
// over. A value of another type than its member's is an Error: JSON of a project may be anybody's.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/names.h"

namespace discern {

class JsonWriter;
class JsonReader;

template <class R>
concept Described = requires(JsonWriter& v, R& r) {
  describe(v, r);
};

class JsonWriter {
 public:
  template <class T>
  void operator()(const char* key, T& value) {
    values_[key] = write(value);
  }
  // Left out where there is nothing: an empty text or list, no optional value.
  template <class T>
  void ifAny(const char* key, T& value) {
    bool any = false;
    if constexpr (requires { value.has_value(); })
      any = value.has_value();
    else
      any = !value.empty();
    if (any) (*this)(key, value);
  }
  // Older JSON may lack it: it is `absent` then.
  template <class T>
  void since(const char* key, T& value, const T&) {
    (*this)(key, value);
  }
  // The whole struct is a list of its numbers.
  template <class... T>
  void list(T&... numbers) {
    values_ = nlohmann::json::array({write(numbers)...});
  }

  template <class T>
  static nlohmann::json write(T& value) {
    using nlohmann::json;
    if constexpr (std::is_same_v<T, json>) {
      return value;
    } else if constexpr (Described<T>) {
      JsonWriter writer;
      describe(writer, value);
      return std::move(writer.values_);
    } else if constexpr (std::is_floating_point_v<T>) {
      return std::isfinite(value) ? json(value) : json(nullptr);
    } else if constexpr (requires { value.has_value(); }) {
      return value ? write(*value) : json(nullptr);
    } else if constexpr (requires { typename T::mapped_type; }) {
      json object = json::object();
      for (auto& [key, item] : value) object[key] = write(item);
      return object;
    } else if constexpr (requires { value.push_back(value.front()); } && !std::is_same_v<T, std::string>) {
      json list = json::array();
      for (auto& item : value) list.push_back(write(item));
      return list;
    } else if constexpr (NamedEnum<T>) {
      return nameOf(value);
    } else {
      return value;
    }
  }

 private:
  nlohmann::json values_ = nlohmann::json::object();
};

class JsonReader {
 public:
  // where: what an Error begins with.
  JsonReader(const nlohmann::json& values, std::string_view where) : values_(values), where_(where) {}

  template <class T>
  void operator()(const char* key, T& value) {
    if (!values_.is_object()) failType(key_, "JSON object");
    const auto at = values_.find(key);
    if (at == values_.end()) return;
    const char* outer = std::exchange(key_, key);
    read(*at, value);
    key_ = outer;
  }
  template <class T>
  void ifAny(const char* key, T& value) {
    (*this)(key, value);
  }
  template <class T>
  void since(const char* key, T& value, const T& absent) {
    value = absent;
    (*this)(key, value);
  }
  template <class... T>
  void list(T&... numbers) {
    if (!values_.is_array() || values_.size() != sizeof...(T)) failType(key_, "list of that many numbers");
    std::size_t i = 0;
    (read(values_[i++], numbers), ...);
  }

  template <class T>
  void read(const nlohmann::json& from, T& value) {
    if constexpr (std::is_same_v<T, nlohmann::json>) {
      value = from;
    } else if constexpr (Described<T>) {
      JsonReader reader(from, where_);
      reader.key_ = key_;
      describe(reader, value);
    } else if constexpr (std::is_same_v<T, bool>) {
      if (!from.is_boolean()) failType(key_, "truth value");
      value = from.get<bool>();
    } else if constexpr (NamedEnum<T>) {
      std::string name;
      read(from, name);
      value = parseName<T>(name, fmt::format("{}: its {}", where_, key_));
    } else if constexpr (std::is_integral_v<T>) {
      readWhole(from, value);
    } else if constexpr (std::is_floating_point_v<T>) {
      if (!from.is_number() && !from.is_null()) failType(key_, "number");
      value = from.is_null() ? std::numeric_limits<T>::quiet_NaN() : from.get<T>();
    } else if constexpr (std::is_same_v<T, std::string>) {
      if (!from.is_string()) failType(key_, "text");
      value = from.get<std::string>();
    } else if constexpr (requires { value.has_value(); }) {
      value.reset();
      if (from.is_null()) return;
      typename T::value_type item{};
      read(from, item);
      value = std::move(item);
    } else if constexpr (requires { typename T::mapped_type; }) {
      if (!from.is_object()) failType(key_, "JSON object");
      value.clear();
      for (const auto& [key, item] : from.items()) read(item, value[key]);
    } else {
      if (!from.is_array()) failType(key_, "list");
      value.clear();
      for (const auto& item : from) read(item, value.emplace_back());
    }
  }

 private:
  template <class T>
  void readWhole(const nlohmann::json& from, T& value) {
    using Limits = std::numeric_limits<T>;
    if (from.is_number_unsigned()) {
      const auto whole = from.get<std::uint64_t>();
      if (whole > static_cast<std::uint64_t>(Limits::max())) failType(key_, "number of that size");
      value = static_cast<T>(whole);
    } else if (from.is_number_integer()) {
      const auto whole = from.get<std::int64_t>();  // below 0
      if (!std::is_signed_v<T> || whole < static_cast<std::int64_t>(Limits::min()))
        failType(key_, "number of that size");
      value = static_cast<T>(whole);
    } else {
      failType(key_, "whole number");
    }
  }
  [[noreturn]] void failType(const char* key, const char* expected) const {
    const std::string what = *key == '\0' ? "" : fmt::format("its {} ", key);
    fail("{}: {}is no {}; make it anew", where_, what, expected);
  }

  const nlohmann::json& values_;
  std::string_view where_;
  const char* key_ = "";
};

template <Described R>
nlohmann::json toJson(const R& described) {
  return JsonWriter::write(
      const_cast<R&>(described));  // a description serves both ways; writing changes nothing
}
// A list of them: a setting.
template <Described R>
nlohmann::json listToJson(const std::vector<R>& list) {
  nlohmann::json values = nlohmann::json::array();
  for (const auto& described : list) values.push_back(toJson(described));
  return values;
}
// Throws Error "`where`: ..." for a value of another type.
template <Described R>
R fromJson(const nlohmann::json& values, std::string_view where) {
  R described{};
  JsonReader(values, where).read(values, described);
  return described;
}
// The same from a text; also for what is no JSON, or goes beyond the limits of core/base/json.h.
template <Described R>
R fromJsonText(std::string_view text, std::string_view where) {
  return fromJson<R>(parseJson(text, where), where);
}
template <Described R>
std::vector<R> listFromJsonText(std::string_view text, std::string_view where) {
  std::vector<R> list;
  const nlohmann::json values = parseJson(text, where);
  JsonReader(values, where).read(values, list);
  return list;
}

}  // namespace discern
