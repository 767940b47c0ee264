// How pixels become a model's input: .toml, and JSON as it stands in a project.
#include "core/features/recipe.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  const auto text = fuzz::textOf(data, size);
  const auto file = folder.write("x.toml", text);
  // What was understood is understood again when it was stored.
  fuzz::readOrRefuse([&] { features::recipeFromJson(toJson(features::findRecipe(file.string()))); });
  fuzz::readOrRefuse([&] { features::recipeFromJson(std::string(text)); });
  return 0;
}
