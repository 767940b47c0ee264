#include "core/data/group_kind.h"

#include <fmt/format.h>

#include <cctype>

namespace discern::data {

std::string toString(const Shape& shape) {
  const auto one = fmt::format("{} x {} pixels", shape.height, shape.width);
  return shape.frames == 1 ? one : fmt::format("{} frames of {}", shape.frames, one);
}

std::string counted(const Word& word, std::int64_t count) {
  return fmt::format("{} {}", count, count == 1 ? word.one : word.many);
}

std::string capital(const std::string& word) {
  std::string text = word;
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

}  // namespace discern::data
