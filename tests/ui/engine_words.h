// What the engine describes and the window shows: the sources of the translations' context "engine".
#pragma once

#include <set>
#include <string>

namespace discern::ui::testing {

// Labels, help, units, choices and empty texts of all jobs' fields, the words of the registries and
// enumerations.
std::set<std::string> engineWords();

}  // namespace discern::ui::testing
