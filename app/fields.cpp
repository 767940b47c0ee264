#include "app/fields.h"

namespace discern::app {
namespace {

// What CLI11 says before its own hint: wrong usage, exit code 2.
template <class Set>
void orUsage(const Field& field, const Set& set) {
  try {
    set();
  } catch (const FieldError& e) {
    throw CLI::ValidationError(e.spelled(spelling(field)), CLI::ExitCodes::ValidationError);
  }
}

std::string typeName(const Field& field) {
  switch (field.kind) {
    case FieldKind::Integer:
      return "INT";
    case FieldKind::Number:
      return "FLOAT";
    case FieldKind::List:
      return "LIST";
    case FieldKind::File:
      return "FILE";
    case FieldKind::Folder:
      return "FOLDER";
    default:
      return "TEXT";
  }
}

}  // namespace

std::string spelling(const Field& field) { return field.positional ? field.name : "--" + field.name; }

void addField(CLI::App& command, const Field& field, const std::function<void(const std::string&)>& set) {
  if (field.kind == FieldKind::Flag) {
    command.add_flag_function(
        spelling(field),
        [field, set](std::int64_t count) { orUsage(field, [&] { set(count > 0 ? "true" : "false"); }); },
        helpText(field));
    return;
  }
  CLI::Option* option = command.add_option_function<std::string>(
      spelling(field), [field, set](const std::string& text) { orUsage(field, [&] { set(text); }); },
      helpText(field));
  option->type_name(typeName(field))->default_str(field.fallback)->required(field.required);
}

void addPresets(CLI::App& command, const std::vector<Preset>& presets,
                const std::function<void(const Preset&)>& apply) {
  std::string help = "Options that belong together; one that is given itself counts more";
  std::vector<std::string> names;
  for (const Preset& preset : presets) {
    help += fmt::format("{} {} ({})", names.empty() ? ":" : ",", preset.name, preset.help);
    names.push_back(preset.name);
  }
  help += ", recommended (the defaults)";
  names.emplace_back("recommended");
  command
      .add_option_function<std::string>(
          "--preset",
          [&presets, apply](const std::string& name) {
            for (const Preset& preset : presets)
              if (preset.name == name) apply(preset);
          },
          help)
      ->check(CLI::IsMember(names));
}

std::string spelled(const CLI::App& command, const FieldError& error) {
  const std::string option = "--" + error.field();
  return command.get_option_no_throw(option) != nullptr ? error.spelled(option) : error.what();
}

}  // namespace discern::app
