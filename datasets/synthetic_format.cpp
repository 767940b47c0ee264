// A folder that generateSyntheticFaces wrote, imported with its truth.
#include "datasets/adapters.h"
#include "datasets/synthetic_faces.h"

namespace discern::datasets {

Format syntheticFacesFormat() {
  return {"synthetic-faces", "a folder that an import of synthetic-faces rendered, with its truth.csv",
          isSyntheticFaces, [](const std::filesystem::path& path, const LoadOptions&, Progress&) {
            return loadSyntheticFaces(path);
          }};
}

}  // namespace discern::datasets
