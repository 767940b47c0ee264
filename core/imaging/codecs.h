// One decoder a format, behind decode(): each makes 8-bit BGR of the stored rows, not turned by EXIF. What a
// library finds wrong with the data, a mere warning too, throws Error; nothing is printed.
#pragma once

#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <string>
#include <string_view>

namespace discern::imaging {

// Transparent pixels stand on black, as what a crop or an alignment has outside of the image.
inline std::uint8_t onBlack(unsigned value, unsigned alpha) {
  return static_cast<std::uint8_t>((value * alpha + 127) / 255);
}

[[noreturn]] void failDamaged(const std::string& name, std::string_view format, std::string_view why);

// `size`: what probeSize() found in the header, checked against the limits.
cv::Mat decodeJpeg(std::string_view bytes, const std::string& name, cv::Size size);
cv::Mat decodePng(std::string_view bytes, const std::string& name, cv::Size size);
cv::Mat decodeWebp(std::string_view bytes, const std::string& name, cv::Size size);  // the first frame
cv::Mat decodeTiff(std::string_view bytes, const std::string& name, cv::Size size);  // the first page
cv::Mat decodePnm(std::string_view bytes, const std::string& name, cv::Size size);
cv::Mat decodeBmp(std::string_view bytes, const std::string& name, cv::Size size);

}  // namespace discern::imaging
