// A small project with something in each of its tables.
#pragma once

#include <filesystem>

namespace discern::fuzz {

// Makes it in `folder`, which must not exist, and returns that.
std::filesystem::path plantProject(const std::filesystem::path& folder);

}  // namespace discern::fuzz
