#include "core/features/resources.h"

#include <cstdlib>
#include <vector>

#include "core/base/error.h"

namespace discern::features {

std::filesystem::path resource(const std::string& name) {
  namespace fs = std::filesystem;
  std::vector<fs::path> folders;
  if (const char* chosen = std::getenv("DISCERN_RESOURCES"); chosen != nullptr && *chosen != '\0') {
    folders.emplace_back(chosen);
  } else {
    folders.emplace_back(DISCERN_SOURCE_RESOURCES);
    std::error_code unknown;
    const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
    if (!unknown) folders.push_back(program.parent_path().parent_path() / "share" / "discern");
  }
  std::string looked;
  for (const fs::path& folder : folders) {
    std::error_code ignored;
    if (fs::exists(folder / name, ignored)) return folder / name;
    looked += (looked.empty() ? "" : " and ") + folder.string();
  }
  fail("{} was not found in {}; set DISCERN_RESOURCES to the folder that has it", name, looked);
}

}  // namespace discern::features
