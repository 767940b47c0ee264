// PBM, PGM, PPM and PAM, scaled by the maximum that they state: OpenCV takes 10 bits for dark 16.
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "core/base/error.h"
#include "core/imaging/codecs.h"

namespace discern::imaging {
namespace {

struct Header {
  std::size_t end = 0;  // where the samples begin
  unsigned maximum = 1;
  int channels = 1;
  bool text = false, bits = false;
};

bool isSpace(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}
  std::size_t at() const { return at_; }

  std::string_view word() {
    while (at_ < text_.size() && (isSpace(text_[at_]) || text_[at_] == '#')) {
      if (text_[at_] == '#')
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      else
        ++at_;
    }
    const std::size_t begin = at_;
    while (at_ < text_.size() && !isSpace(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  std::optional<unsigned> number() { return toNumber(word()); }
  // One digit of P1, which may stand without blanks.
  std::optional<unsigned> digit() {
    while (at_ < text_.size() && isSpace(text_[at_])) ++at_;
    if (at_ >= text_.size() || (text_[at_] != '0' && text_[at_] != '1')) return std::nullopt;
    return text_[at_++] - '0';
  }
  void skip(std::size_t to) { at_ = to; }

  static std::optional<unsigned> toNumber(std::string_view word) {
    if (word.empty() || word.size() > 9) return std::nullopt;
    unsigned value = 0;
    for (const char c : word) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 2;
};

std::optional<Header> readHeader(std::string_view bytes) {
  Words words(bytes);
  Header header;
  const char kind = bytes[1];
  if (kind == '7') {
    for (std::string_view word; (word = words.word()) != "ENDHDR";) {
      if (word.empty()) return std::nullopt;
      if (word != "DEPTH" && word != "MAXVAL") continue;
      const auto value = words.number();
      if (!value) return std::nullopt;
      if (word == "DEPTH")
        header.channels = static_cast<int>(std::min(*value, 5U));
      else
        header.maximum = *value;
    }
  } else {
    words.word();  // width and height, which probeSize() read
    words.word();
    header.bits = kind == '1' || kind == '4';
    header.text = kind <= '3';
    header.channels = kind == '3' || kind == '6' ? 3 : 1;
    if (!header.bits) {
      const auto maximum = words.number();
      if (!maximum) return std::nullopt;
      header.maximum = *maximum;
    }
  }
  header.end = words.at() + 1;  // one white space, then the samples
  if (header.maximum < 1 || header.maximum > 65535 || header.channels < 1 || header.channels > 4)
    return std::nullopt;
  return header;
}

}  // namespace

cv::Mat decodePnm(std::string_view bytes, const std::string& name, cv::Size size) {
  const auto header = readHeader(bytes);
  if (!header) failDamaged(name, "PNM", "its header is not one");
  const auto channels = static_cast<std::size_t>(header->channels);
  const std::size_t width = header->maximum > 255 ? 2 : 1;
  const auto columns = static_cast<std::size_t>(size.width);
  const std::size_t stride = header->bits ? (columns + 7) / 8 : columns * channels * width;
  if (!header->text && (header->end > bytes.size() ||
                        (bytes.size() - header->end) / stride < static_cast<std::size_t>(size.height)))
    failDamaged(name, "PNM", "its end is missing");
  Words words(bytes);
  words.skip(std::min(header->end, bytes.size()));
  const auto sample = [&](int y, std::size_t i) -> unsigned {  // of row y, scaled to 0 .. 255
    if (header->text) {
      const auto value = header->bits ? words.digit() : words.number();
      if (!value || *value > header->maximum) failDamaged(name, "PNM", "a number is missing or too large");
      return header->bits ? 255 * (1 - *value) : (*value * 255 + header->maximum / 2) / header->maximum;
    }
    const auto* row = reinterpret_cast<const unsigned char*>(bytes.data()) + header->end +
                      static_cast<std::size_t>(y) * stride;
    if (header->bits) return row[i / 8] >> (7 - i % 8) & 1 ? 0 : 255;
    const unsigned value = width == 2 ? row[2 * i] * 256U + row[2 * i + 1] : row[i];
    return (std::min(value, header->maximum) * 255 + header->maximum / 2) / header->maximum;
  };
  cv::Mat image(size, CV_8UC3);
  for (int y = 0; y < size.height; ++y)
    for (std::size_t x = 0; x < columns; ++x) {
      std::array<unsigned, 4> p{};
      for (std::size_t c = 0; c < channels; ++c) p[c] = sample(y, x * channels + c);
      const unsigned alpha = channels == 2 ? p[1] : channels == 4 ? p[3] : 255;
      if (channels < 3) p[1] = p[2] = p[0];
      image.at<cv::Vec3b>(y, static_cast<int>(x)) = {onBlack(p[2], alpha), onBlack(p[1], alpha),
                                                     onBlack(p[0], alpha)};
    }
  return image;
}

}  // namespace discern::imaging
