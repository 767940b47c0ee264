// How a detector takes a photograph: MODEL.toml beside it.
#include <cmath>

#include "core/detection/recipe.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  folder.write("detect.toml", fuzz::textOf(data, size));
  fuzz::readOrRefuse([&] {
    const auto recipe =
        detection::recipeOf((folder.path() / "detect.onnx").string(), {}, detection::Kind::Strided);
    if (recipe.width < 1 || recipe.height < 1 || recipe.width > 4096 || recipe.height > 4096)
      __builtin_trap();
    for (const float std : recipe.std)
      if (!std::isfinite(1 / std)) __builtin_trap();
    detection::toJson(recipe);
  });
  return 0;
}
