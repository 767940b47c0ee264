// The smallest writer of tar archives: headers as POSIX.1-1988 gives them, and whatever a test wants to be
// wrong.
#pragma once

#include <cstdio>
#include <string>

namespace discern::datasets::test {

struct TarWriter {
  std::string bytes;

  static std::string header(const std::string& name, std::size_t size, char type = '0',
                            const std::string& sizeField = "",
                            const std::string& magic = {"ustar\00000", 8}) {
    std::string block(512, '\0');
    const auto put = [&](std::size_t at, const std::string& text) { block.replace(at, text.size(), text); };
    char octal[16] = {};
    std::snprintf(octal, sizeof octal, "%011zo", size);
    put(0, name.substr(0, 100));
    put(100, "0000644");
    put(124, sizeField.empty() ? octal : sizeField);
    put(136, "00000000000");
    put(148, "        ");
    block[156] = type;
    put(257, magic);
    unsigned sum = 0;
    for (const char c : block) sum += static_cast<unsigned char>(c);
    std::snprintf(octal, sizeof octal, "%06o", sum);
    put(148, std::string(octal) + std::string("\0 ", 2));
    return block;
  }

  TarWriter& add(const std::string& name, const std::string& contents, char type = '0') {
    bytes += header(name, contents.size(), type);
    bytes += contents;
    bytes.resize((bytes.size() + 511) / 512 * 512, '\0');
    return *this;
  }
  // KEY.jpg, whose only pixel has that value, and KEY.cls.
  TarWriter& sample(const std::string& key, int value, const std::string& label) {
    add(key + ".jpg", "P5 1 1 255\n" + std::string(1, static_cast<char>(value)));
    return add(key + ".cls", label);
  }
  std::string whole() const { return bytes + std::string(1024, '\0'); }
};

}  // namespace discern::datasets::test
