// The options of a job as JSON: of a run, a model or a fingerprint, and back.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/field.h"

namespace discern {

// {"learning-rate": "0.1"}: what a run stores, every value a text, as it would be typed.
nlohmann::json runJson(const std::vector<Field>& fields, const std::vector<std::string>& texts);
// {"learning_rate": 0.1}: what a model stores, and, of the fields that matter alone, a fingerprint.
nlohmann::json modelJson(const std::vector<Field>& fields, const std::vector<std::string>& texts,
                         bool mattering = false);
// The text of `field` in JSON of either kind; nothing where it is not in there.
bool findText(const nlohmann::json& stored, const Field& field, std::string& text);

template <class O>
nlohmann::json runJson(const Fields<O>& fields, const O& options) {
  return runJson(fields.list(), fields.texts(options));
}
template <class O>
nlohmann::json modelJson(const Fields<O>& fields, const O& options) {
  return modelJson(fields.list(), fields.texts(options));
}
template <class O>
nlohmann::json fingerprintJson(const Fields<O>& fields, const O& options) {
  return modelJson(fields.list(), fields.texts(options), true);
}
// From a run or a model of this or another version: what is not in there keeps its default, what is not known
// is passed over. Throws FieldError: a value that a field cannot have.
template <class O>
O optionsFromJson(const Fields<O>& fields, const nlohmann::json& stored) {
  O options;
  std::string text;
  for (std::size_t i = 0; i < fields.list().size(); ++i)
    if (findText(stored, fields.list()[i], text)) fields.set(options, i, text);
  return options;
}

}  // namespace discern
