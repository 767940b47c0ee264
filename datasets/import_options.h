// The options every format shares, applied to what an adapter read.
#pragma once

#include <filesystem>
#include <string_view>

#include "datasets/registry.h"

namespace discern::datasets {

// Whether an identity passes LoadOptions::identities. Adapters may ask early, to skip work.
bool isWanted(const LoadOptions& options, std::string_view identity);

// Leaves out identities that are not wanted, have too few images or none; then templates without samples and
// pairs without templates. Sets the crop, and lists duplicates and single-identity sets as problems. Throws
// Error when nothing is left.
void applyOptions(data::Dataset& dataset, const std::filesystem::path& path, const LoadOptions& options);

}  // namespace discern::datasets
