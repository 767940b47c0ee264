// Where each format keeps the EXIF tag that says which way up an image is.
#include <algorithm>

#include "core/imaging/bytes.h"
#include "core/imaging/image.h"

namespace discern::imaging {
namespace {
using namespace std::string_view_literals;

// Of a block of TIFF tags, which EXIF is and a TIFF too.
int readTag(std::string_view text) {
  if (text.starts_with("Exif\0\0"sv)) text.remove_prefix(6);
  if (text.size() < 8 || (!text.starts_with("II"sv) && !text.starts_with("MM"sv))) return 1;
  Bytes bytes{text, text[0] == 'M'};
  const bool big = bytes.read(2, 2) == 43;
  const auto directory = big ? bytes.read(8, 8) : bytes.read(4, 4);
  const auto entries = big ? bytes.read(directory, 8) : bytes.read(directory, 2);
  for (std::uint64_t i = 0; i < std::min<std::uint64_t>(entries, 4096) && bytes.good; ++i) {
    const auto at = directory + (big ? 8 + i * 20 : 2 + i * 12);
    if (bytes.read(at, 2) != 0x0112) continue;
    const auto value = bytes.read(at + (big ? 12 : 8), bytes.read(at + 2, 2) == 4 ? 4 : 2);
    return bytes.good && value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

int ofJpeg(std::string_view text) {
  Bytes bytes{text, true};
  for (std::uint64_t at = 2; bytes.good && bytes.read(at, 1) == 0xFF;) {
    while (bytes.good && bytes.read(at, 1) == 0xFF) ++at;  // fill bytes
    const auto marker = bytes.read(at++, 1);
    if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) continue;
    const auto length = bytes.read(at, 2);
    if (!bytes.good || marker == 0xD9 || marker == 0xDA || length < 2) return 1;
    if (marker == 0xE1 && text.substr(at + 2).starts_with("Exif\0\0"sv))
      return readTag(text.substr(at + 2, length - 2));
    at += length;
  }
  return 1;
}

int ofPng(std::string_view text) {
  Bytes bytes{text, true};
  for (std::uint64_t at = 8; bytes.good && at + 8 <= text.size();) {
    const auto length = bytes.read(at, 4);
    if (text.substr(at + 4, 4) == "eXIf"sv) return readTag(text.substr(at + 8, length));
    at += 12 + length;
  }
  return 1;
}

int ofWebp(std::string_view text) {
  Bytes bytes{text};
  for (std::uint64_t at = 12; bytes.good && at + 8 <= text.size();) {
    const auto length = bytes.read(at + 4, 4);
    if (text.substr(at, 4) == "EXIF"sv) return readTag(text.substr(at + 8, length));
    at += 8 + length + (length & 1);
  }
  return 1;
}

}  // namespace

int probeOrientation(std::string_view bytes) {
  const std::string_view format = formatName(bytes);
  if (format == "JPEG") return ofJpeg(bytes);
  if (format == "PNG") return ofPng(bytes);
  if (format == "WebP") return ofWebp(bytes);
  if (format == "TIFF") return readTag(bytes);
  return 1;
}

}  // namespace discern::imaging
