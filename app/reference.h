// What there is by name, as a document: docs/reference.md.
#pragma once

#include <string>

namespace discern::app {

// Markdown: a table a registry.
std::string reference();

}  // namespace discern::app
