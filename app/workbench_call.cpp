#include "app/workbench_call.h"

#include <fmt/core.h>

#include <cstdlib>

#include "app/other_program.h"
#include "core/base/error.h"

namespace discern::app {
namespace fs = std::filesystem;

std::string drawCharts(const fs::path& project, const fs::path& folder) {
  const fs::path self = thisProgram(), program = self.parent_path() / "discern-workbench";
  if (self.empty() || !fs::exists(program))
    return "charts were not drawn: discern-workbench is not beside this program (built with "
           "-DDISCERN_UI=OFF?)";
  ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
  if (runProgram(program, {project.string(), "--export", folder.string()}, true) != 0)
    fail(
        "charts could not be drawn into {}, the numbers are there: run discern-workbench with --export to "
        "see why, or export with --numbers-only",
        folder.string());
  return fmt::format("charts in {}", folder.string());
}

}  // namespace discern::app
