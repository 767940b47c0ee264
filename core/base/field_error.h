// An error about one option of a job, which each front end spells in its own way.
#pragma once

#include <string>
#include <utility>

#include "core/base/error.h"

namespace discern {

// what(): "min strength 2: is at most 1", the field's name as words. The command line writes --min-strength
// there, the window marks the field of its form.
class FieldError : public Error {
 public:
  // value: as it was given; empty: none was.
  FieldError(std::string field, std::string value, std::string complaint);

  const std::string& field() const { return field_; }
  const std::string& value() const { return value_; }
  const std::string& complaint() const { return complaint_; }
  // With `spelling` where what() has the name as words.
  std::string spelled(const std::string& spelling) const;

 private:
  std::string field_, value_, complaint_;
};

// "min-strength" -> "min strength".
std::string fieldWords(std::string name);

template <typename Value, typename... Args>
[[noreturn]] void failField(const char* field, const Value& value, fmt::format_string<Args...> complaint,
                            Args&&... args) {
  throw FieldError(field, fmt::format("{}", value), fmt::format(complaint, std::forward<Args>(args)...));
}

}  // namespace discern
