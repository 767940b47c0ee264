#include "core/base/field_json.h"

namespace discern {
namespace {
using nlohmann::json;

json typed(FieldKind kind, const std::string& text) {
  switch (kind) {
    case FieldKind::Integer:
      if (text.starts_with('-')) return field_text::toInteger(text);
      return field_text::toUnsigned(text);
    case FieldKind::Number:
      return text.empty() ? json(nullptr) : json(field_text::toNumber(text));
    default:
      return text;
  }
}

std::string untyped(const Field& field, const json& value) {
  if (value.is_string()) return value;
  if (value.is_boolean()) return value.get<bool>() != field.negated ? "true" : "false";
  if (value.is_number_float()) return field_text::ofNumber(value);
  if (value.is_number()) return value.dump();
  if (!value.is_array()) return {};
  std::string text;
  for (const auto& item : value) {
    if (!text.empty()) text += ',';
    text += untyped(field, item);
  }
  return text;
}
}  // namespace

json runJson(const std::vector<Field>& fields, const std::vector<std::string>& texts) {
  json stored = json::object();
  for (std::size_t i = 0; i < fields.size(); ++i) stored[fields[i].name] = texts[i];
  return stored;
}

json modelJson(const std::vector<Field>& fields, const std::vector<std::string>& texts, bool mattering) {
  json stored = json::object();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Field& field = fields[i];
    if (mattering && !field.matters) continue;
    if (field.kind == FieldKind::Flag) {
      stored[field.key] = (texts[i] == "true") != field.negated;
    } else if (field.kind == FieldKind::List) {
      stored[field.key] = json::array();
      for (const auto& part : splitList(texts[i])) stored[field.key].push_back(typed(field.item, part));
    } else {
      stored[field.key] = typed(field.kind, texts[i]);
    }
  }
  return stored;
}

bool findText(const json& stored, const Field& field, std::string& text) {
  if (!stored.is_object()) return false;
  const bool byName = stored.contains(field.name);  // a run's flags are named as they are spelled
  const auto found = byName ? stored.find(field.name) : stored.find(field.key);
  if (found == stored.end()) return false;
  Field read = field;
  read.negated = field.negated && !byName;
  text = untyped(read, *found);
  return true;
}

}  // namespace discern
