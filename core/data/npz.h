// NumPy's .npz: a zip of .npy arrays.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace discern::data {

struct NpzArray {
  std::string type;                 // <f2, <f4, <f8, <i4 or <i8
  std::vector<std::int64_t> shape;  // as Python shows it; empty: one value
  bool fortran = false;             // the first index runs fastest
  std::string bytes{};              // little-endian
  int elementBytes() const;
};

// Every array by its name (without ".npy"), stored or deflated, as numpy.savez and savez_compressed write
// them. Throws Error naming the file, and the array where it is about one: no zip, cut off, a wrong checksum,
// another type.
std::map<std::string, NpzArray> readNpz(const std::filesystem::path& file);

}  // namespace discern::data
