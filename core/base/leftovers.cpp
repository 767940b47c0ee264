#include "core/base/leftovers.h"

#include <signal.h>

#include <cerrno>
#include <cstdio>
#include <string>

namespace discern {
namespace fs = std::filesystem;

void removeLeftovers(const fs::path& folder) {
  constexpr std::string_view kMark = ".tmp";  // the process and a number follow
  std::error_code ignored;
  for (fs::directory_iterator at(folder, ignored), end; at != end; at.increment(ignored)) {
    const std::string name = at->path().filename().string();
    const auto mark = name.rfind(kMark);
    if (mark == std::string::npos || !at->is_regular_file(ignored)) continue;
    int process = 0, number = 0;
    char behind = 0;
    const char* rest = name.c_str() + mark + kMark.size();
    if (std::sscanf(rest, "%d-%d%c", &process, &number, &behind) != 2 || process <= 0) continue;
    if (::kill(process, 0) != 0 && errno == ESRCH) fs::remove(at->path(), ignored);
  }
}

}  // namespace discern
