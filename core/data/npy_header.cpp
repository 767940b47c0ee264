#include "core/data/npy_header.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <regex>

#include "core/base/error.h"

namespace discern::data {
namespace {

struct NumberType {
  std::string_view type, words;
};
constexpr std::array<NumberType, 5> kNumbers{
    {{"<f2", "float16"}, {"<f4", "float32"}, {"<f8", "float64"}, {"<i4", "int32"}, {"<i8", "int64"}}};

// Python's text of an array, read with regular expressions, which go as deep as it is long.
constexpr std::size_t kLongest = 4096;

std::string typeOf(const std::string& where, const std::string& header) {
  static const std::regex descr(R"('descr':\s*'([^']*)')");
  static const std::regex fields(R"('descr':\s*\[)");
  std::smatch match;
  if (std::regex_search(header, match, descr)) return match[1];
  if (!std::regex_search(header, match, fields)) fail("{} has no type; the file is damaged", where);
  return "records";
}

std::vector<std::int64_t> shapeOf(const std::string& where, const std::string& header) {
  static const std::regex shape(R"('shape':\s*\(([0-9, ]*)\))");
  static const std::regex number("[0-9]{1,12}");
  std::smatch match;
  if (!std::regex_search(header, match, shape)) fail("{} has no shape; the file is damaged", where);
  const std::string list = match[1];
  std::vector<std::int64_t> sizes;
  for (std::sregex_iterator at(list.begin(), list.end(), number), end; at != end; ++at)
    sizes.push_back(std::stoll(at->str()));
  return sizes;
}

}  // namespace

NpyHeader parseNpyHeader(const std::string& where, std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(bytes[i])}; };
  if (bytes.size() < 12 || bytes.substr(0, 6) != "\x93NUMPY") fail("{} is no NumPy array", where);
  const bool v1 = byte(6) == 1;
  const std::size_t start = v1 ? 10 : 12;
  const std::size_t length =
      v1 ? byte(8) | byte(9) << 8 : byte(8) | byte(9) << 8 | byte(10) << 16 | byte(11) << 24;
  if (length > kLongest)
    fail("{} has a header of {} bytes, at most {} were expected; the file is damaged", where, length,
         kLongest);
  if (length > bytes.size() - start) fail("{} has a header that is cut off", where);
  const std::string header(bytes.substr(start, length));
  NpyHeader read{.type = typeOf(where, header), .shape = shapeOf(where, header), .offset = start + length};
  read.fortran = header.find("'fortran_order': True") != std::string::npos;
  return read;
}

bool isNumberType(const std::string& type) {
  return std::ranges::find(kNumbers, type, &NumberType::type) != kNumbers.end();
}

bool isTextType(const std::string& type) {
  return bytesOfType(type) > 0 && (type.starts_with("<U") || type.starts_with("|S"));
}

int bytesOfType(const std::string& type) {
  if (isNumberType(type)) return type.back() - '0';
  constexpr int kLongestText = 1 << 20;
  int length = 0;
  if (!type.starts_with("<U") && !type.starts_with("|S")) return 0;
  const auto [end, code] = std::from_chars(type.data() + 2, type.data() + type.size(), length);
  if (code != std::errc() || end != type.data() + type.size() || length < 1 || length > kLongestText)
    return 0;
  return type[1] == 'U' ? 4 * length : length;
}

std::string toString(const NpyHeader& header) {
  const auto number = std::ranges::find(kNumbers, header.type, &NumberType::type);
  return fmt::format("{} {}", header.shape.empty() ? "1" : fmt::format("{}", fmt::join(header.shape, " x ")),
                     number != kNumbers.end()  ? number->words
                     : isTextType(header.type) ? std::string_view("texts")
                                               : std::string_view(header.type));
}

}  // namespace discern::data
