// A folder that generateSyntheticFaces wrote, imported with its truth.
#include "datasets/registry.h"
#include "datasets/rendering/set.h"

namespace discern::datasets {

Format syntheticFacesFormat() {
  return {.name = "synthetic-faces",
          .title = "rendered faces",
          .help = "a folder that an import of synthetic-faces rendered, with its truth.csv",
          .example = "SET/truth.csv\nSET/truth.json\nSET/0001/000.jpg",
          .matches = rendering::isSyntheticFaces,
          .load = [](const std::filesystem::path& path, const LoadOptions&, Progress&) {
            return rendering::loadSyntheticFaces(path);
          }};
}

}  // namespace discern::datasets
