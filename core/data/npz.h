// NumPy's .npz: a zip of .npy arrays.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/data/npy_header.h"

namespace discern::data {

struct NpzArray {
  std::string type;                 // <f2, <f4, <f8, <i4 or <i8; of readNpzArray also <U.. or |S..
  std::vector<std::int64_t> shape;  // as Python shows it; empty: one value
  bool fortran = false;             // the first index runs fastest
  std::string bytes{};              // little-endian
  int elementBytes() const;
};

// Every array by its name (without ".npy"), stored or deflated, as numpy.savez and savez_compressed write
// them. Throws Error naming the file, and the array where it is about one: no zip, cut off, a wrong checksum,
// another type.
std::map<std::string, NpzArray> readNpz(const std::filesystem::path& file);
// What is in it, of whatever type, from the headers alone.
std::map<std::string, NpyHeader> listNpz(const std::filesystem::path& file);
// One of them, of numbers or of text.
NpzArray readNpzArray(const std::filesystem::path& file, const std::string& name);
// The elements of an array of text, in UTF-8.
std::vector<std::string> textsOf(const NpzArray& array);

}  // namespace discern::data
