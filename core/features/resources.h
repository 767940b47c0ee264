// Files that come with the program: the demo model, styles, recipes.
#pragma once

#include <filesystem>
#include <string>

namespace discern::features {

// Path of resources/`name`: under $DISCERN_RESOURCES when that is set, else in the source tree this was built
// from, else in ../share/discern beside the running program. Throws Error that lists where it looked.
std::filesystem::path resource(const std::string& name);

}  // namespace discern::features
