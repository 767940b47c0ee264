// Weights from Python: NumPy's .npz, a zip of .npy arrays.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/networks/network.h"

namespace discern::networks {

// Every array by its name (data/npz.h says which can be read); types are kept. Throws Error.
std::map<std::string, torch::Tensor> loadNpz(const std::filesystem::path& file);

}  // namespace discern::networks
