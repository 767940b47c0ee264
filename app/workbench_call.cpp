#include "app/workbench_call.h"

#include <fmt/core.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <vector>

namespace discern::app {
namespace fs = std::filesystem;

std::string drawCharts(const fs::path& project, const fs::path& folder) {
  std::error_code code;
  const fs::path program = fs::read_symlink("/proc/self/exe", code).parent_path() / "discern-workbench";
  if (code || !fs::exists(program)) return "charts were not drawn: discern-workbench is not beside this program (built with -DDISCERN_UI=OFF?)";
  std::vector<std::string> arguments = {program.string(), project.string(), "--export", folder.string()};
  std::vector<char*> argv;
  for (auto& a : arguments) argv.push_back(a.data());
  argv.push_back(nullptr);
  ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
  pid_t child = 0;
  int status = 0;
  if (::posix_spawn(&child, program.c_str(), nullptr, nullptr, argv.data(), environ) != 0 || ::waitpid(child, &status, 0) != child ||
      !WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return "charts could not be drawn: discern-workbench failed; run it yourself with --export to see why";
  return fmt::format("charts in {}", folder.string());
}

}  // namespace discern::app
