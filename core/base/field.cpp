#include "core/base/field.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace discern {
namespace {

// The whole text, and nothing else.
template <class T>
bool parse(const std::string& text, T& value) {
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  return read.ec == std::errc() && read.ptr == end;
}

bool isKnown(const std::vector<FieldChoice>& choices, const std::string& text) {
  return std::ranges::any_of(choices, [&](const FieldChoice& choice) { return choice.name == text; });
}

// "a, b or c"; with what each is, in brackets, if asked for.
std::string listed(const std::vector<FieldChoice>& choices, bool explained = false) {
  std::string list;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) list += i + 1 == choices.size() ? " or " : ", ";
    list += choices[i].name;
    std::string help = choices[i].help;
    if (!explained || help.empty()) continue;
    // As the continuation of a sentence, but for abbreviations and names such as InsightFace.
    const std::string rest = help.substr(1, help.find_first_of(" '") - 1);
    if (std::ranges::all_of(rest, [](unsigned char c) { return std::islower(c) != 0; }))
      help[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(help[0])));
    list += " (" + help + ")";
  }
  return list;
}

bool inRange(const Field& field, double value) {
  return std::isfinite(value) && (field.lowOpen ? value > field.low : value >= field.low) &&
         (field.highOpen ? value < field.high : value <= field.high);
}

// Ends that only say what the type can hold are not worth saying.
bool isEnd(double value) { return std::abs(value) < 2e9; }

// "1 to 100", "above 0 and at most 1", or nothing.
std::string rangeWords(const Field& field) {
  const bool low = isEnd(field.low), high = isEnd(field.high);
  if (low && high && !field.lowOpen && !field.highOpen)
    return fmt::format("{:.10g} to {:.10g}", field.low, field.high);
  std::string words;
  if (low) words = fmt::format("{} {:.10g}", field.lowOpen ? "above" : "at least", field.low);
  if (low && high) words += " and ";
  if (high) words += fmt::format("{} {:.10g}", field.highOpen ? "below" : "at most", field.high);
  return words;
}

[[noreturn]] void failRange(const Field& field, const std::string& text, bool large) {
  if (large && !isEnd(field.high)) failField(field.name.c_str(), text, "is too large");
  failField(field.name.c_str(), text, "{}", rangeText(field));
}

void checkItem(const Field& field, FieldKind kind, const std::string& text) {
  const char* name = field.name.c_str();
  switch (kind) {
    case FieldKind::Integer: {
      std::int64_t whole = 0;
      std::uint64_t large = 0;  // a seed
      if (!parse(text, whole) && !parse(text, large)) failField(name, text, "is no whole number");
      const double value = large > 0 ? static_cast<double>(large) : static_cast<double>(whole);
      if (!inRange(field, value)) failRange(field, text, value > field.high);
      break;
    }
    case FieldKind::Number: {
      double value = 0;
      if (!parse(text, value) || !std::isfinite(value)) failField(name, text, "is no number");
      if (!inRange(field, value)) failRange(field, text, value > field.high);
      break;
    }
    case FieldKind::Flag:
      if (text != "true" && text != "false") failField(name, text, "is either true or false");
      break;
    default:
      break;
  }
  if (!field.choices || field.open) return;
  if (const auto choices = field.choices(); !isKnown(choices, text))
    failField(name, text, "is not known; use {}", listed(choices));
}

}  // namespace

FieldError::FieldError(std::string field, std::string value, std::string complaint)
    : Error(fieldWords(field) + (value.empty() ? "" : " " + value) + ": " + complaint),
      field_(std::move(field)),
      value_(std::move(value)),
      complaint_(std::move(complaint)) {}

std::string FieldError::spelled(const std::string& spelling) const {
  return spelling + (value_.empty() ? "" : " " + value_) + ": " + complaint_;
}

std::string fieldWords(std::string name) {
  std::ranges::replace(name, '-', ' ');
  return name;
}

Field& Field::within(double least, double most) {
  low = least;
  high = most;
  return *this;
}
Field& Field::atLeast(double least) {
  low = least;
  return *this;
}
Field& Field::atMost(double most) {
  high = most;
  return *this;
}
Field& Field::above(double limit) {
  low = limit;
  lowOpen = true;
  return *this;
}
Field& Field::below(double limit) {
  high = limit;
  highOpen = true;
  return *this;
}
Field& Field::in(std::string what) {
  unit = std::move(what);
  return *this;
}
Field& Field::as(std::string otherKey) {
  key = std::move(otherKey);
  return *this;
}
Field& Field::whenEmpty(std::string meaning, std::string otherText) {
  empty = std::move(meaning);
  none = std::move(otherText);
  return *this;
}
Field& Field::oneOf(std::function<std::vector<FieldChoice>()> names) {
  choices = std::move(names);
  if (kind == FieldKind::Text) kind = FieldKind::Choice;
  if (kind == FieldKind::List) item = FieldKind::Choice;
  return *this;
}
Field& Field::orOther() {
  open = true;
  return *this;
}
Field& Field::from(FieldSource what) {
  source = what;
  return *this;
}
Field& Field::file() {
  kind = FieldKind::File;
  return *this;
}
Field& Field::folder() {
  kind = FieldKind::Folder;
  return *this;
}
Field& Field::expert() {
  advanced = true;
  return *this;
}
Field& Field::incidental() {
  matters = false;
  return *this;
}
Field& Field::must(std::function<void(const Field&, const std::string&)> what) {
  check = std::move(what);
  return *this;
}
Field& Field::needed() {
  required = true;
  return *this;
}
Field& Field::positioned() {
  positional = required = true;
  return *this;
}

void checkText(const Field& field, const std::string& text) {
  if (text.empty() || text == field.none) {
    if (!field.empty.empty()) return;
    const bool isWord = field.kind == FieldKind::Text || field.kind == FieldKind::List ||
                        field.kind == FieldKind::File || field.kind == FieldKind::Folder;
    if (field.required || !isWord) failField(field.name.c_str(), "", "is empty");
    if (field.check) field.check(field, text);
    return;
  }
  if (field.kind == FieldKind::List) {
    for (const auto& part : splitList(text)) checkItem(field, field.item, part);
  } else {
    checkItem(field, field.kind, text);
  }
  if (field.check) field.check(field, text);
}

std::string rangeText(const Field& field) {
  const std::string words = rangeWords(field);
  if (words.empty()) return "is too large or too small";
  const std::string unit = field.unit.empty() ? "" : " " + field.unit;
  if (isEnd(field.low) && isEnd(field.high) && !field.lowOpen && !field.highOpen)
    return fmt::format("lies between {:.10g} and {:.10g}{}", field.low, field.high, unit);
  return "is " + words + unit;
}

std::string departureText(const Field& field, const std::string& chosen, const std::string& published) {
  const auto shown = [&](const std::string& text) -> std::string {
    if (field.kind == FieldKind::Flag) return text == "true" ? "yes" : "no";
    return text.empty() ? field.empty : text;
  };
  std::string label = field.label;
  if (!label.empty() && (label.size() < 2 || !std::isupper(static_cast<unsigned char>(label[1]))))
    label[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(label[0])));
  return fmt::format("{} {} (published: {})", label, shown(chosen), shown(published));
}

std::string publishedText(const std::vector<std::string>& departures) {
  if (departures.empty()) return "as published";
  return fmt::format("as published but for: {}", fmt::join(departures, "; "));
}

std::string helpText(const Field& field) {
  std::string text = field.help;
  if (const std::string range = rangeWords(field); !range.empty())
    text += fmt::format(" ({}{})", range, field.unit.empty() ? "" : " " + field.unit);
  if (field.choices) {
    constexpr std::size_t kLongest = 400;  // else names alone
    const auto choices = field.choices();
    std::string names = listed(choices, true);
    if (names.size() > kLongest) names = listed(choices);
    text += field.open ? ": " + names + " come along" : ": " + names;
  }
  if (!field.empty.empty()) text += "; empty: " + field.empty;
  return text;
}

std::vector<std::string> splitList(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const auto comma = text.find(',');
    std::string_view part = text.substr(0, comma);
    const auto begin = part.find_first_not_of(" \t");
    if (begin != std::string_view::npos)
      parts.emplace_back(part.substr(begin, part.find_last_not_of(" \t") - begin + 1));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

const Field* findField(const std::vector<Field>& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

namespace field_text {
std::string ofNumber(double value) { return std::isnan(value) ? std::string() : fmt::format("{}", value); }

double toNumber(const std::string& text) {
  double value = std::numeric_limits<double>::quiet_NaN();
  parse(text, value);
  return value;
}

std::int64_t toInteger(const std::string& text) {
  std::int64_t value = 0;
  parse(text, value);
  return value;
}

std::uint64_t toUnsigned(const std::string& text) {
  std::uint64_t value = 0;
  parse(text, value);
  return value;
}
}  // namespace field_text

}  // namespace discern
