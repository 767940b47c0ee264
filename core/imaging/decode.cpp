// The front door to the decoders: what is refused by its first bytes, and EXIF, of every format alike.
#include <algorithm>
#include <limits>
#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "core/imaging/bytes.h"
#include "core/imaging/codecs.h"
#include "core/imaging/image.h"

namespace discern::imaging {
namespace {

cv::Mat decodeWith(std::string_view format, std::string_view bytes, const std::string& name, cv::Size size) {
  try {
    if (format == "JPEG") return decodeJpeg(bytes, name, size);
    if (format == "PNG") return decodePng(bytes, name, size);
    if (format == "WebP") return decodeWebp(bytes, name, size);
    if (format == "TIFF") return decodeTiff(bytes, name, size);
    if (format == "PNM") return decodePnm(bytes, name, size);
    return decodeBmp(bytes, name, size);
  } catch (const cv::Exception& e) {
    failDamaged(name, format, e.err);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& e) {  // bad_alloc, length_error
    failDamaged(name, format, e.what());
  }
}

// EXIF's 1 to 8: which way the stored rows have to be turned or mirrored.
cv::Mat turned(const cv::Mat& stored, int orientation) {
  cv::Mat image;
  const cv::Mat upright = orientation >= 5 ? cv::Mat(stored.t()) : stored;
  switch (orientation) {
    case 2:
    case 6:
      cv::flip(upright, image, 1);
      return image;
    case 3:
    case 7:
      cv::flip(upright, image, -1);
      return image;
    case 4:
    case 8:
      cv::flip(upright, image, 0);
      return image;
    default:
      return upright;
  }
}

// Whether the pixels of a BMP are all there: OpenCV prints about those of which some are missing.
bool holdsPixels(std::string_view text, cv::Size size) {
  Bytes bytes{text};
  const auto header = bytes.read(14, 4);
  const bool old = header == 12;
  if (!old && (header < 36 || header > 1024)) return false;
  const auto start = bytes.read(10, 4), bits = bytes.read(old ? 24 : 28, 2);
  const auto packing = old ? 0 : bytes.read(30, 4);
  if (!bytes.good || start > text.size() || packing > 3 || bits == 0 || bits > 32) return false;
  const auto rows = static_cast<std::uint64_t>(size.height), columns = static_cast<std::uint64_t>(size.width);
  if (packing == 0 || packing == 3) return (text.size() - start) / ((columns * bits + 31) / 32 * 4) >= rows;
  for (std::uint64_t at = start; bytes.good;) {  // run lengths, up to the mark of the end
    const auto count = bytes.read(at, 1), value = bytes.read(at + 1, 1);
    if (count == 0 && value == 1) return bytes.good;
    const auto literal = (value * (packing == 1 ? 8 : 4) + 7) / 8;
    at += 2 + (count > 0 || value == 0 ? 0 : value == 2 ? 2 : literal + (literal & 1));
  }
  return false;
}

}  // namespace

void failDamaged(const std::string& name, std::string_view format, std::string_view why) {
  fail("{}: this {} is damaged or cut off ({}); fetch it again", name, format,
       why.empty() ? "it cannot be decoded" : why);
}

cv::Mat decodeBmp(std::string_view bytes, const std::string& name, cv::Size size) {
  if (!holdsPixels(bytes, size)) failDamaged(name, "BMP", "its end is missing");
  const cv::Mat encoded(1, static_cast<int>(bytes.size()), CV_8U, const_cast<char*>(bytes.data()));
  cv::Mat image = cv::imdecode(encoded, cv::IMREAD_COLOR);
  if (image.size() != size || image.type() != CV_8UC3) failDamaged(name, "BMP", "");
  return image;
}

cv::Mat decode(std::string_view bytes, const std::string& name, const DecodeLimits& limits) {
  if (bytes.empty()) fail("{}: is empty (zero bytes); an image was expected", name);
  const std::int64_t mostBytes = std::min<std::int64_t>(limits.maxBytes, std::numeric_limits<int>::max());
  if (static_cast<std::int64_t>(bytes.size()) > mostBytes)
    fail("{}: holds {} MB, more than the {} MB an image may have; make it smaller", name, bytes.size() >> 20,
         mostBytes >> 20);
  const std::string_view format = formatName(bytes);
  if (!isSupported(format))
    fail("{}: is {}; a JPEG, PNG, BMP, PNM, TIFF or WebP was expected, so convert it", name,
         format.empty() ? "not a known image format" : "a GIF");
  const cv::Size size = probeSize(bytes);
  if (size.empty()) fail("{}: the header of this {} is damaged or cut off; fetch it again", name, format);
  if (static_cast<std::int64_t>(size.width) * size.height > limits.maxPixels)
    fail("{}: claims {} x {} pixels, more than the {} million that are decoded; make it smaller", name,
         size.width, size.height, limits.maxPixels / 1'000'000);
  return turned(decodeWith(format, bytes, name, size), probeOrientation(bytes));
}

}  // namespace discern::imaging
