// Weights from Python: NumPy's .npz, a zip of .npy arrays.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/networks/network.h"

namespace discern::networks {

// Every array by its name (without ".npy"), stored or deflated, as numpy.savez and savez_compressed write
// them: float16, float32, float64, int32 or int64, little-endian, C or Fortran order. Types are kept. Throws
// Error naming the file, and the array where it is about one: no zip, cut off, a wrong checksum, another
// type.
std::map<std::string, torch::Tensor> loadNpz(const std::filesystem::path& file);

}  // namespace discern::networks
