// Writes an .npz as NumPy does, and damaged ones on demand.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <map>
#include <string>

#include "core/networks/network.h"

namespace discern::networks {

inline std::string little(std::uint64_t value, int width) {
  std::string bytes;
  for (int i = 0; i < width; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
  return bytes;
}

inline std::string npyOf(const torch::Tensor& tensor) {
  const auto plain = tensor.detach().contiguous();
  std::string shape;
  for (const auto size : plain.sizes()) shape += std::to_string(size) + ", ";
  std::string dict = std::string("{'descr': '") + (plain.scalar_type() == torch::kInt64 ? "<i8" : "<f4") +
                     "', 'fortran_order': False, 'shape': (" + shape + "), }";
  dict.append(63 - (10 + dict.size()) % 64, ' ');
  dict += '\n';
  std::string bytes = std::string("\x93NUMPY\1", 7) + std::string(1, '\0') + little(dict.size(), 2) + dict;
  bytes.append(static_cast<const char*>(plain.data_ptr()), plain.nbytes());
  return bytes;
}

// `stored`: bytes of each member by name. With zip64 every size and place stands in the extra field, as in
// files beyond 4 GB.
inline std::string zipOf(const std::map<std::string, std::string>& stored, bool zip64 = false) {
  std::string file, directory;
  for (const auto& [name, bytes] : stored) {
    const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    const auto size = zip64 ? little(0xFFFFFFFF, 4) : little(bytes.size(), 4);
    const std::string extra = zip64 ? little(1, 2) + little(24, 2) + little(bytes.size(), 8) +
                                          little(bytes.size(), 8) + little(file.size(), 8)
                                    : "";
    const std::string shared = little(20, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(crc, 4) +
                               size + size + little(name.size(), 2);
    directory += "PK\1\2" + little(20, 2) + shared + little(extra.size(), 2) + little(0, 2) + little(0, 2) +
                 little(0, 2) + little(0, 4) + (zip64 ? little(0xFFFFFFFF, 4) : little(file.size(), 4)) +
                 name + extra;
    file += "PK\3\4" + shared + little(0, 2) + name + bytes;
  }
  const auto place = file.size();
  file += directory;
  if (zip64) {
    const auto end = file.size();
    file += "PK\6\6" + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 4) + little(0, 4) +
            little(stored.size(), 8) + little(stored.size(), 8) + little(directory.size(), 8) +
            little(place, 8);
    file += "PK\6\7" + little(0, 4) + little(end, 8) + little(1, 4);
  }
  const auto field = [zip64](std::uint64_t value, int width) {
    return zip64 ? std::string(width, '\xFF') : little(value, width);
  };
  return file + "PK\5\6" + little(0, 4) + field(stored.size(), 2) + field(stored.size(), 2) +
         field(directory.size(), 4) + field(place, 4) + little(0, 2);
}

inline std::string npzOf(const std::map<std::string, torch::Tensor>& tensors, bool zip64 = false) {
  std::map<std::string, std::string> members;
  for (const auto& [name, tensor] : tensors) members[name + ".npy"] = npyOf(tensor);
  return zipOf(members, zip64);
}

}  // namespace discern::networks
