// A job's fields as options of the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "core/base/field.h"

namespace discern::app {

// "--min-strength"; a positional one is its name.
std::string spelling(const Field& field);
// Takes what is typed; `set` throws FieldError.
void addField(CLI::App& command, const Field& field, const std::function<void(const std::string&)>& set);
// --preset NAME, which is put in before any field.
void addPresets(CLI::App& command, const std::vector<Preset>& presets,
                const std::function<void(const Preset&)>& apply);
// Every field of the table. `options` must outlive the command.
// A choice among presets comes before the fields: what is given beside it counts.
template <class O>
void addFields(CLI::App& command, const Fields<O>& fields, O& options) {
  if (!fields.presets().empty())
    addPresets(command, fields.presets(),
               [&fields, &options](const Preset& preset) { fields.apply(options, preset); });
  for (std::size_t i = 0; i < fields.list().size(); ++i)
    addField(command, fields.list()[i],
             [&fields, &options, i](const std::string& text) { fields.set(options, i, text); });
}
// The error with the option's spelling where `command` has such an option.
std::string spelled(const CLI::App& command, const FieldError& error);

}  // namespace discern::app
