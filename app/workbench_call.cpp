#include "app/workbench_call.h"

#include <fmt/core.h>

#include <cstdlib>

#include "app/other_program.h"
#include "core/base/error.h"

namespace discern::app {
namespace fs = std::filesystem;

std::string drawCharts(const fs::path& project, const fs::path& folder, const std::stop_token& stop) {
  const fs::path self = thisProgram(), program = self.parent_path() / "discern-workbench";
  if (self.empty() || !fs::exists(program))
    return "charts were not drawn: discern-workbench is not beside this program (built with "
           "-DDISCERN_UI=OFF?)";
  ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
  if (runProgram(program, {project.string(), "--export", folder.string()}, stop, true) != 0)
    fail(
        "charts could not be drawn into {}, the numbers are there: run discern-workbench with --export to "
        "see why, or export with --numbers-only",
        folder.string());
  return fmt::format("charts in {}", folder.string());
}

void drawReport(const fs::path& project, const std::vector<std::string>& files, bool faces,
                const std::stop_token& stop) {
  const fs::path self = thisProgram(), program = self.parent_path() / "discern-workbench";
  if (self.empty() || !fs::exists(program))
    fail(
        "the report was not written: discern-workbench, which draws it, is not beside this program (built "
        "with "
        "-DDISCERN_UI=OFF?)");
  ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
  std::vector<std::string> words = {project.string()};
  for (const auto& file : files) words.insert(words.end(), {"--report", file});
  if (faces) words.emplace_back("--faces");
  if (runProgram(program, words, stop, true) != 0)
    fail("the report could not be written to {}; discern-workbench says above why", files.front());
}

}  // namespace discern::app
