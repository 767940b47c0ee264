// The options of a job, described once: each field of their struct with its name, help, unit, range, default
// and choices. Command line, stored run, fingerprint and the window's form all derive from it.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/field_error.h"
#include "core/base/names.h"

namespace discern {

enum class FieldKind { Text, Integer, Number, Flag, Choice, List, File, Folder };
// What of a project a field names: a form offers what there is.
enum class FieldSource {
  Nothing,
  Features,
  Scores,
  Protocols,
  Selections,
  Sets,
  Heads,
  Scorers,
  Recognisers
};

struct FieldChoice {
  std::string name, help;
  bool operator==(const FieldChoice&) const = default;
};

struct Field {
  std::string name;   // "learning-rate": in stored runs, and spelled by front ends
  std::string label;  // "Learning rate": in a form
  std::string help;   // a phrase or two, without the full stop
  std::string key;    // "learning_rate": in the options of models and in fingerprints
  FieldKind kind = FieldKind::Text;
  FieldKind item = FieldKind::Text;  // of a List, whose text has commas between them
  std::string unit;
  double low = -std::numeric_limits<double>::infinity(), high = std::numeric_limits<double>::infinity();
  bool lowOpen = false, highOpen = false;  // the end itself is out
  std::string fallback;                    // the default, as text
  std::string empty;                       // what an empty text means ("the newest"); empty: it means nothing
  std::string none;                        // another text for an empty one
  std::function<std::vector<FieldChoice>()> choices;
  bool open = false;  // other texts than the choices are fine, too
  FieldSource source = FieldSource::Nothing;
  bool negated = false;   // a flag that says no: "no-flip" of `flip`
  bool matters = true;    // what is half made with another value is begun anew
  bool advanced = false;  // few change it
  bool required = false;  // has no default
  bool positional = false;
  std::function<void(const Field&, const std::string&)> check;  // throws FieldError

  // --- for tables
  Field& within(double least, double most);
  Field& atLeast(double least);
  Field& atMost(double most);
  Field& above(double limit);
  Field& below(double limit);
  Field& in(std::string what);
  Field& as(std::string otherKey);
  Field& whenEmpty(std::string meaning, std::string otherText = {});
  Field& oneOf(std::function<std::vector<FieldChoice>()> names);
  Field& orOther();
  Field& from(FieldSource what);
  Field& file();
  Field& folder();
  Field& expert();
  Field& incidental();
  Field& must(std::function<void(const Field&, const std::string&)> what);
  Field& needed();      // required
  Field& positioned();  // positional and required
};

// Values that belong together under a name: a paper's.
struct Preset {
  std::string name, help;
  std::vector<std::pair<std::string, std::string>> values;  // field, text
};
// The first is chosen, the second the preset's: "target unit (published: as-is)".
std::string departureText(const Field& field, const std::string& chosen, const std::string& published);
// "as published", or "as published but for: A; B".
std::string publishedText(const std::vector<std::string>& departures);

// Throws FieldError: a text that this field cannot be. Lists item by item.
void checkText(const Field& field, const std::string& text);
// "lies between 0 and 100", "is above 0"; empty without a range.
std::string rangeText(const Field& field);
// Of a front end that types: the help, what empty means, the choices and the unit.
std::string helpText(const Field& field);
std::vector<std::string> splitList(std::string_view text);  // "a,b , c" -> a b c
const Field* findField(const std::vector<Field>& fields, std::string_view name);

namespace field_text {
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

template <class T>
constexpr FieldKind kindOf() {
  if constexpr (std::is_same_v<T, bool>)
    return FieldKind::Flag;
  else if constexpr (std::is_integral_v<T>)
    return FieldKind::Integer;
  else if constexpr (std::is_floating_point_v<T>)
    return FieldKind::Number;
  else if constexpr (NamedEnum<T>)
    return FieldKind::Choice;
  else if constexpr (IsVector<T>::value)
    return FieldKind::List;
  else
    return FieldKind::Text;
}

std::string ofNumber(double value);        // the shortest that reads back; NaN: empty
double toNumber(const std::string& text);  // empty: NaN
std::int64_t toInteger(const std::string& text);
std::uint64_t toUnsigned(const std::string& text);

template <class T>
std::string write(const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    return value ? "true" : "false";
  } else if constexpr (std::is_integral_v<T>) {
    return std::to_string(value);
  } else if constexpr (std::is_floating_point_v<T>) {
    return ofNumber(value);
  } else if constexpr (NamedEnum<T>) {
    return nameOf(value);
  } else if constexpr (IsVector<T>::value) {
    std::string text;
    for (const auto& item : value) {
      if (!text.empty()) text += ',';
      text += write(item);
    }
    return text;
  } else {
    return value;
  }
}

// `text` has passed checkText.
template <class T>
void read(const std::string& text, T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    value = text == "true";
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    value = toUnsigned(text);
  } else if constexpr (std::is_integral_v<T>) {
    value = static_cast<T>(toInteger(text));
  } else if constexpr (std::is_floating_point_v<T>) {
    value = toNumber(text);
  } else if constexpr (NamedEnum<T>) {
    value = parseName<T>(text, "value");
  } else if constexpr (IsVector<T>::value) {
    value.clear();
    for (const auto& part : splitList(text)) {
      typename T::value_type item{};
      read(part, item);
      value.push_back(std::move(item));
    }
  } else {
    value = text;
  }
}

template <class E>
std::vector<FieldChoice> choicesOf() {
  std::vector<FieldChoice> choices;
  for (const auto& entry : namesOf(E{})) choices.push_back({entry.name, entry.help});
  return choices;
}
// What the type says: kind, choices of an enumeration, the numbers it can hold.
template <class T>
void setKind(Field& field) {
  field.kind = kindOf<T>();
  if constexpr (IsVector<T>::value) {
    Field item;
    setKind<typename T::value_type>(item);
    field.item = item.kind;
    field.low = item.low;
    field.high = item.high;
    field.choices = item.choices;
  } else if constexpr (NamedEnum<T>) {
    field.choices = choicesOf<T>;
  } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
    field.low = std::is_unsigned_v<T> ? 0 : static_cast<double>(std::numeric_limits<T>::min());
    field.high = static_cast<double>(std::numeric_limits<T>::max());
  }
}
}  // namespace field_text

// The table of the options O. A text can be given for every field, and every field be read as a text.
template <class O>
class Fields {
 public:
  // member: `T O::*`, or a function from O& to T&. The returned field is good until the next is added.
  template <class Member>
  Field& add(std::string name, Member member, std::string label, std::string help) {
    using T = std::remove_reference_t<decltype(std::invoke(member, std::declval<O&>()))>;
    Field& field = push(std::move(name), std::move(label), std::move(help));
    field_text::setKind<T>(field);
    access_.push_back(
        {[member](const O& o) { return field_text::write(std::invoke(member, const_cast<O&>(o))); },
         [member](const std::string& text, O& o) { field_text::read(text, std::invoke(member, o)); }});
    field.fallback = access_.back().get(O{});
    return field;
  }
  // A flag that switches `member` off.
  template <class Member>
  Field& addNot(std::string name, Member member, std::string label, std::string help) {
    Field& field = push(std::move(name), std::move(label), std::move(help));
    field.kind = FieldKind::Flag;
    field.negated = true;
    field.key = keyOf(field.name.substr(field.name.find('-') + 1));
    access_.push_back({[member](const O& o) {
                         return std::string(std::invoke(member, const_cast<O&>(o)) ? "false" : "true");
                       },
                       [member](const std::string& text, O& o) { std::invoke(member, o) = text != "true"; }});
    field.fallback = access_.back().get(O{});
    return field;
  }
  // What has a text of its own, such as a rectangle; read throws FieldError.
  Field& addText(std::string name, std::function<std::string(const O&)> get,
                 std::function<void(const std::string&, O&)> set, std::string label, std::string help) {
    Field& field = push(std::move(name), std::move(label), std::move(help));
    access_.push_back({std::move(get), std::move(set)});
    field.fallback = access_.back().get(O{});
    return field;
  }
  // All fields of a part of O, with O's own defaults, but those of `without`.
  template <class Part>
  void include(Part O::*part, const Fields<Part>& fields,
               std::initializer_list<std::string_view> without = {}) {
    for (std::size_t i = 0; i < fields.list().size(); ++i) {
      bool out = false;
      for (const auto name : without) out = out || fields.list()[i].name == name;
      if (out) continue;
      list_.push_back(fields.list()[i]);
      access_.push_back(
          {[part, get = fields.access(i).get](const O& o) { return get(o.*part); },
           [part, set = fields.access(i).set](const std::string& text, O& o) { set(text, o.*part); }});
      list_.back().fallback = access_.back().get(O{});
    }
  }

  const std::vector<Field>& list() const { return list_; }
  // To say something else of an included field. Throws std::logic_error: there is none.
  Field& at(std::string_view name) { return list_[indexOf(name)]; }
  const Field& at(std::string_view name) const { return list_[indexOf(name)]; }

  std::string text(const O& options, std::size_t i) const { return access_[i].get(options); }
  std::string text(const O& options, std::string_view name) const { return text(options, indexOf(name)); }
  // Throws FieldError, and leaves the options as they were.
  void set(O& options, std::size_t i, const std::string& text) const {
    const Field& field = list_[i];
    checkText(field, text);
    access_[i].set(text == field.none ? std::string() : text, options);
  }
  void set(O& options, std::string_view name, const std::string& text) const {
    set(options, indexOf(name), text);
  }
  // Of options that were filled in otherwise than by text: throws FieldError for the first that is wrong.
  void check(const O& options) const {
    for (std::size_t i = 0; i < list_.size(); ++i) {
      const Field& field = list_[i];
      const std::string given = text(options, i);
      const bool isNan = field.kind == FieldKind::Number && field.empty.empty() && given.empty();
      if (!field.required) checkText(field, isNan ? "nan" : given);
    }
  }
  std::vector<std::string> texts(const O& options) const {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < list_.size(); ++i) all.push_back(text(options, i));
    return all;
  }

  // --- values under a name
  void addPreset(std::string name, std::string help,
                 std::vector<std::pair<std::string, std::string>> values) {
    O probe{};
    for (const auto& [field, text] : values) set(probe, field, text);  // a wrong one is said at start-up
    presets_.push_back({std::move(name), std::move(help), std::move(values)});
  }
  const std::vector<Preset>& presets() const { return presets_; }
  void apply(O& options, const Preset& preset) const {
    for (const auto& [field, text] : preset.values) set(options, field, text);
  }
  // Where `options` differ from the preset of that name. Throws std::logic_error: there is none.
  std::vector<std::string> departures(const O& options, std::string_view preset) const {
    std::vector<std::string> list;
    O published{};
    apply(published, presetOf(preset));
    for (const auto& [field, value] : presetOf(preset).values)
      if (const std::string mine = text(options, field), theirs = text(published, field); mine != theirs)
        list.push_back(departureText(at(field), mine, theirs));
    return list;
  }

  struct Access {
    std::function<std::string(const O&)> get;
    std::function<void(const std::string&, O&)> set;
  };
  const Access& access(std::size_t i) const { return access_[i]; }

 private:
  static std::string keyOf(std::string name) {
    for (char& c : name)
      if (c == '-') c = '_';
    return name;
  }
  Field& push(std::string name, std::string label, std::string help) {
    Field field;
    field.key = keyOf(name);
    field.name = std::move(name);
    field.label = std::move(label);
    field.help = std::move(help);
    list_.push_back(std::move(field));
    return list_.back();
  }
  std::size_t indexOf(std::string_view name) const {
    for (std::size_t i = 0; i < list_.size(); ++i)
      if (list_[i].name == name) return i;
    throw std::logic_error("no field of this name: " + std::string(name));
  }

  const Preset& presetOf(std::string_view name) const {
    for (const auto& preset : presets_)
      if (preset.name == name) return preset;
    throw std::logic_error("no preset of this name: " + std::string(name));
  }

  std::vector<Field> list_;
  std::vector<Access> access_;
  std::vector<Preset> presets_;
};

}  // namespace discern
