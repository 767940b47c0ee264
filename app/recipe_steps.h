// What a recipe's file says, before anything of it is tried.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace discern::app {

struct Step {
  std::string title;                   // shown before it runs
  std::vector<std::string> arguments;  // of the sub-command, project included
};

using Values = std::map<std::string, std::string>;

// The steps of a .toml file; `values` fill the places in braces of its texts. `project`, where it is empty,
// becomes the one that the file names. Throws Error that names file, line and key.
std::vector<Step> readRecipe(const std::filesystem::path& file, std::string& project, const Values& values);

}  // namespace discern::app
