// The window's program, asked to draw charts without a display.
#pragma once

#include <filesystem>
#include <string>

namespace discern::app {

// Runs discern-workbench (beside this program) offscreen to draw every chart of `project` into `folder`.
// Returns a sentence for the person, also when the window was not built. Throws Error when drawing fails.
std::string drawCharts(const std::filesystem::path& project, const std::filesystem::path& folder);

}  // namespace discern::app
