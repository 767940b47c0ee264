#include "app/recipe_steps.h"

#include <toml++/toml.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/jobs/import.h"

namespace discern::app {
namespace {
namespace fs = std::filesystem;

// {data} and other places of a recipe that is filled in.
std::string filled(std::string text, const Values& values) {
  for (const auto& [key, value] : values) {
    const std::string hole = "{" + key + "}";
    for (std::size_t at = 0; (at = text.find(hole, at)) != std::string::npos; at += value.size())
      text.replace(at, hole.size(), value);
  }
  return text;
}

std::string scalar(const fs::path& file, const std::string& key, const toml::node& node,
                   const Values& values) {
  if (const auto* s = node.as_string()) return filled(s->get(), values);
  if (const auto* i = node.as_integer()) return std::to_string(i->get());
  if (const auto* f = node.as_floating_point()) return fmt::format("{}", f->get());
  fail("{}:{}: '{}' must be text, a number, true/false or a list of those", file.string(),
       node.source().begin.line, key);
}

// Keys are the long options (underscores for dashes); `source` is the positional argument of import.
Step readStep(const fs::path& file, const toml::table& table, const std::string& project,
              const Values& values) {
  const auto job = table["job"].value<std::string>();
  if (!job)
    fail("{}:{}: this step has no 'job', such as job = \"extract\"", file.string(),
         table.source().begin.line);
  Step step{*job, {*job, project}};
  if (auto source = table["source"].value<std::string>()) {
    source = filled(*source, values);
    const bool isPath = !jobs::isRendered(*source) && !fs::path(*source).is_absolute();
    step.arguments.push_back(isPath ? (file.parent_path() / *source).lexically_normal().string() : *source);
  }
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    if (name == "job" || name == "source") continue;
    std::string option = "--" + name;
    std::replace(option.begin(), option.end(), '_', '-');
    if (const auto* flag = node.as_boolean()) {
      if (flag->get()) step.arguments.push_back(option);
      continue;
    }
    std::string value;
    if (const auto* list = node.as_array()) {
      for (const auto& item : *list) value += (value.empty() ? "" : ",") + scalar(file, name, item, values);
    } else {
      value = scalar(file, name, node, values);
    }
    step.arguments.push_back(option + "=" + value);
  }
  return step;
}

}  // namespace

std::vector<Step> readRecipe(const fs::path& file, std::string& project, const Values& values) {
  if (!fs::exists(file)) fail("{}: there is no such recipe", file.string());
  toml::table recipe;
  try {
    recipe = toml::parse(readFile(file), file.string());
  } catch (const toml::parse_error& e) {
    fail("{}:{}: {}", file.string(), e.source().begin.line, e.description());
  }
  if (project.empty()) project = recipe["project"].value_or(std::string());
  if (project.empty())
    fail("{}: names no project; add project = \"NAME.discern\" or give one on the command line",
         file.string());
  const auto* list = recipe["step"].as_array();
  if (!list || list->empty()) fail("{}: has no [[step]]", file.string());
  std::vector<Step> steps;
  for (const auto& item : *list) {
    if (!item.is_table())
      fail("{}:{}: a [[step]] table was expected", file.string(), item.source().begin.line);
    steps.push_back(readStep(file, *item.as_table(), project, values));
  }
  return steps;
}

}  // namespace discern::app
