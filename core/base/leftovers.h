// What a process that was killed while it wrote leaves behind.
#pragma once

#include <filesystem>

namespace discern {

// Removes names that AtomicFile (files.h) wrote to in `folder`, of processes that are gone.
void removeLeftovers(const std::filesystem::path& folder);

}  // namespace discern
