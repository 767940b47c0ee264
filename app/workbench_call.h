// The window's program, asked to draw charts without a display.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace discern::app {

// Runs discern-workbench (beside this program) offscreen to draw every chart of `project` into `folder`.
// Returns a sentence for the person, also when the window was not built. Throws Error when drawing fails, and
// Cancelled when `stop` was asked.
std::string drawCharts(const std::filesystem::path& project, const std::filesystem::path& folder,
                       const std::stop_token& stop);

// The same for its report: `files` end in .html or .pdf; faces: with pictures. Throws Error where the window
// was not built, or writing fails.
void drawReport(const std::filesystem::path& project, const std::vector<std::string>& files, bool faces,
                const std::stop_token& stop);

}  // namespace discern::app
