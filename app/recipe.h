// Recipes: the steps of a .toml file, each a command.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "app/commands.h"
#include "core/results/printed.h"

namespace discern::app {

struct RecipeRun {
  std::filesystem::path file;
  std::string project;  // empty: the one that the recipe names
  std::string device;   // for every step that has the choice and does not make it; empty: each step's default
  bool again = false;   // finished steps, too
  // What stands in braces in the recipe's texts: {data} is values["data"].
  std::map<std::string, std::string> values = {};
};
// Throws Error for any mistake in the recipe before any step begins.
results::RecipeResult runRecipe(Env& env, const RecipeRun& run);

}  // namespace discern::app
