// The steps of a recipe (`run RECIPE.toml`), whose places in braces are filled.
#include "app/recipe_steps.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  const auto file = folder.write("recipe.toml", fuzz::textOf(data, size));
  fuzz::readOrRefuse([&] {
    std::string project;
    const auto steps = app::readRecipe(file, project, {{"data", "{data}"}, {"epochs", ""}});
    if (project.empty() || steps.empty()) __builtin_trap();
    for (const auto& step : steps)
      if (step.arguments.size() < 2 || step.arguments[1] != project) __builtin_trap();
  });
  return 0;
}
