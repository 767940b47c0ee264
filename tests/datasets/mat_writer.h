// MATLAB files of version 5, byte by byte as its document has them: cells of texts and columns of numbers.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace discern::datasets {

class MatWriter {
 public:
  void texts(const std::string& name, const std::vector<std::string>& list) {
    std::string cells;
    for (const std::string& text : list) {
      std::string letters;
      for (const char c : text) letters += std::string{c, '\0'};
      cells += matrix(4, 1, text.size(), "", element(4, letters));
    }
    bytes_ += matrix(1, list.size(), 1, name, cells);
  }
  // Of several columns one behind the other.
  void numbers(const std::string& name, const std::vector<double>& list, std::size_t columns = 1) {
    std::string data;
    for (const double value : list) data += raw(value);
    bytes_ += matrix(6, list.size() / columns, columns, name, element(9, data));
  }
  std::string file() const {
    std::string header = "MATLAB 5.0 MAT-file";
    header.resize(124, ' ');
    return header + std::string("\0\1IM", 4) + bytes_;
  }

 private:
  template <class T>
  static std::string raw(T value) {
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
  }
  static std::string element(std::uint32_t type, std::string data) {
    const auto size = static_cast<std::uint32_t>(data.size());
    data.resize((data.size() + 7) / 8 * 8, '\0');
    return raw(type) + raw(size) + data;
  }
  static std::string matrix(std::uint32_t kind, std::size_t rows, std::size_t columns,
                            const std::string& name, const std::string& data) {
    return element(
        14, element(6, raw(kind) + raw(std::uint32_t{0})) +
                element(5, raw(static_cast<std::int32_t>(rows)) + raw(static_cast<std::int32_t>(columns))) +
                element(1, name) + data);
  }

  std::string bytes_;
};

}  // namespace discern::datasets
