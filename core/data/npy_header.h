// The header of a NumPy array, wherever it stands: in a .npy, or as a member of a .npz.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace discern::data {

struct NpyHeader {
  std::string type;                 // as NumPy spells it: <f4, <U12, |S5, |O
  std::vector<std::int64_t> shape;  // as Python shows it; empty: one value
  bool fortran = false;             // the first index runs fastest
  std::size_t offset = 0;           // of the values, from the beginning of the array
};

// No more bytes than these are needed for any header that is read.
constexpr std::size_t kLongestNpyHeader = 4096 + 12;

// Throws Error that begins with `where` when these bytes do not begin with a header.
NpyHeader parseNpyHeader(const std::string& where, std::string_view bytes);
bool isNumberType(const std::string& type);  // <f2, <f4, <f8, <i4 or <i8
bool isTextType(const std::string& type);    // <U or |S
int bytesOfType(const std::string& type);    // of an element; 0: neither a number nor text
// "366842 x 512 float32", "7 texts".
std::string toString(const NpyHeader& header);

}  // namespace discern::data
