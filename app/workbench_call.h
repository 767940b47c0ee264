// The window's program, asked to draw charts without a display.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace discern::app {

// Runs discern-workbench (beside this program) offscreen to draw every chart of `project` into `folder`.
// Returns a sentence for the person, also when the window was not built. Throws Error when drawing fails.
std::string drawCharts(const std::filesystem::path& project, const std::filesystem::path& folder);

// The same for its report: `files` end in .html or .pdf; faces: with pictures. Throws Error where the window
// was not built, or writing fails.
void drawReport(const std::filesystem::path& project, const std::vector<std::string>& files, bool faces);

}  // namespace discern::app
