// What the first bytes of an image say, without a decoder: a hostile header must cost nothing.
#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <opencv2/core/types.hpp>

#include "core/imaging/bytes.h"
#include "core/imaging/image.h"

namespace discern::imaging {
namespace {

cv::Size makeSize(const Bytes& bytes, std::uint64_t width, std::uint64_t height) {
  constexpr std::uint64_t most = std::numeric_limits<int>::max();
  if (!bytes.good || width == 0 || height == 0) return {};
  return {static_cast<int>(std::min(width, most)), static_cast<int>(std::min(height, most))};
}

cv::Size probeJpeg(std::string_view text) {
  Bytes bytes{text, true};
  for (std::uint64_t at = 2; bytes.good;) {
    if (bytes.read(at, 1) != 0xFF) return {};
    while (bytes.good && bytes.read(at, 1) == 0xFF) ++at;  // fill bytes
    const auto marker = bytes.read(at++, 1);
    if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) continue;
    if (marker == 0xD9 || marker == 0xDA) return {};  // a scan before its frame header
    const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame) {
      const auto height = bytes.read(at + 3, 2);
      return makeSize(bytes, bytes.read(at + 5, 2), height);
    }
    const auto length = bytes.read(at, 2);
    if (length < 2) return {};
    at += length;
  }
  return {};
}

cv::Size probePng(std::string_view text) {
  if (text.size() < 24 || text.substr(12, 4) != "IHDR") return {};
  Bytes bytes{text, true};
  return makeSize(bytes, bytes.read(16, 4), bytes.read(20, 4));
}

cv::Size probeBmp(std::string_view text) {
  Bytes bytes{text};
  if (bytes.read(14, 4) == 12) {
    const auto width = bytes.read(18, 2);
    return makeSize(bytes, width, bytes.read(20, 2));
  }
  const auto magnitude = [&](std::uint64_t at) {  // a negative height means top-down rows
    const auto value = static_cast<std::int64_t>(static_cast<std::int32_t>(bytes.read(at, 4)));
    return static_cast<std::uint64_t>(value < 0 ? -value : value);
  };
  const auto width = magnitude(18);
  const auto height = magnitude(22);
  return makeSize(bytes, width, height);
}

// P1 .. P6: numbers with white space and comments between them. P7: "WIDTH 10", "HEIGHT 20" lines.
cv::Size probePnm(std::string_view text) {
  std::array<std::uint64_t, 2> sizes{};
  std::size_t found = 0;
  std::string word;
  int awaiting = -1;  // P7: which number follows
  const auto isSpace = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  for (std::size_t at = 2; at < text.size() && at < 65536;) {
    if (isSpace(text[at])) {
      ++at;
      continue;
    }
    if (text[at] == '#') {
      while (at < text.size() && text[at] != '\n') ++at;
      continue;
    }
    word.clear();
    while (at < text.size() && !isSpace(text[at]) && word.size() < 16) word += text[at++];
    const bool number = std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (text[1] == '7') {
      if (number && awaiting >= 0) sizes[static_cast<std::size_t>(awaiting)] = std::stoull(word);
      awaiting = word == "WIDTH" ? 0 : word == "HEIGHT" ? 1 : -1;
      if (word == "ENDHDR") break;
    } else {
      if (!number) return {};
      sizes[found++] = std::stoull(word);
      if (found == 2) break;
    }
  }
  return makeSize(Bytes{text}, sizes[0], sizes[1]);
}

cv::Size probeTiff(std::string_view text) {
  Bytes bytes{text, text[0] == 'M'};
  const bool big = bytes.read(2, 2) == 43;
  const auto directory = big ? bytes.read(8, 8) : bytes.read(4, 4);
  const auto entries = big ? bytes.read(directory, 8) : bytes.read(directory, 2);
  const std::uint64_t first = directory + (big ? 8 : 2);
  const std::uint64_t step = big ? 20 : 12;
  std::array<std::uint64_t, 2> sizes{};
  for (std::uint64_t i = 0; i < std::min<std::uint64_t>(entries, 4096) && bytes.good; ++i) {
    const auto at = first + i * step;
    const auto tag = bytes.read(at, 2);
    if (tag != 256 && tag != 257) continue;
    const auto type = bytes.read(at + 2, 2);
    const int width = type == 1 ? 1 : type == 3 ? 2 : type == 16 ? 8 : 4;
    auto& size = sizes[tag - 256];  // of a repeated tag the largest, so that none slips past the limit
    size = std::max(size, bytes.read(at + (big ? 12 : 8), width));
  }
  return makeSize(bytes, sizes[0], sizes[1]);
}

cv::Size probeWebp(std::string_view text) {
  Bytes bytes{text};
  const auto chunk = text.size() >= 16 ? text.substr(12, 4) : std::string_view();
  if (chunk == "VP8X") {
    const auto width = bytes.read(24, 3) + 1;
    return makeSize(bytes, width, bytes.read(27, 3) + 1);
  }
  if (chunk == "VP8L") {
    const auto bits = bytes.read(21, 4);
    return makeSize(bytes, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
  }
  if (chunk == "VP8 ") {
    const auto width = bytes.read(26, 2) & 0x3FFF;
    return makeSize(bytes, width, bytes.read(28, 2) & 0x3FFF);
  }
  return {};
}

cv::Size probeGif(std::string_view text) {
  Bytes bytes{text};
  const auto width = bytes.read(6, 2);
  return makeSize(bytes, width, bytes.read(8, 2));
}

}  // namespace

std::string_view formatName(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFF\xD8\xFF"sv)) return "JPEG";
  if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return "PNG";
  if (bytes.starts_with("RIFF"sv) && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP"sv) return "WebP";
  for (const auto magic : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv})
    if (bytes.starts_with(magic)) return "TIFF";
  if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv)) return "GIF";
  if (bytes.size() >= 26 && bytes.starts_with("BM"sv)) return "BMP";
  if (bytes.size() >= 3 && bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '7' &&
      (std::isspace(static_cast<unsigned char>(bytes[2])) || bytes[2] == '#'))
    return "PNM";
  return {};
}

bool isSupported(std::string_view format) { return !format.empty() && format != "GIF"; }

cv::Size probeSize(std::string_view bytes) {
  const std::string_view format = formatName(bytes);
  if (format == "JPEG") return probeJpeg(bytes);
  if (format == "PNG") return probePng(bytes);
  if (format == "BMP") return probeBmp(bytes);
  if (format == "PNM") return probePnm(bytes);
  if (format == "TIFF") return probeTiff(bytes);
  if (format == "WebP") return probeWebp(bytes);
  if (format == "GIF") return probeGif(bytes);
  return {};
}

}  // namespace discern::imaging
