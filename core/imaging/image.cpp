#include "core/imaging/image.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/imaging/degrade.h"

namespace discern::imaging {
namespace fs = std::filesystem;
namespace {

// FORMATS.md, "Base models' input": the 112 x 112 template, image-left eye first.
constexpr data::Landmarks kTemplate{{{38.2946F, 51.6963F},
                                     {73.5318F, 51.5014F},
                                     {56.0252F, 71.7366F},
                                     {41.5493F, 92.3655F},
                                     {70.7299F, 92.2041F}}};

std::uint32_t little(std::string_view bytes, std::size_t at, int width) {
  std::uint32_t value = 0;
  for (int i = width - 1; i >= 0; --i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

// OpenCV's decoder repeats the last row of a cut-off JPEG and says nothing. In
// the coded data FF is always followed by 00 or a restart marker, so the end
// marker can be searched for, after the header (which may hold a thumbnail).
bool isCutOffJpeg(std::string_view bytes) {
  std::size_t at = 2;
  while (at + 4 <= bytes.size() && static_cast<unsigned char>(bytes[at]) == 0xFF) {
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker == 0xDA) return bytes.find("\xFF\xD9", at) == std::string_view::npos;
    if (marker == 0xFF || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
      at += marker == 0xFF ? 1 : 2;
      continue;
    }
    at += 2 + (static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + 2])) << 8 |
               static_cast<unsigned char>(bytes[at + 3]));
  }
  return true;
}

struct WebpFrame {
  std::string file;  // a still WebP of its own
  cv::Point at;      // on the canvas
};

void appendLittle(std::string& text, std::size_t value) {
  for (int i = 0; i < 4; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
}

// The first frame of an animated WebP (libwebp's plain decoder refuses those), without its alpha plane;
// `file` is empty for a still image.
WebpFrame firstFrame(std::string_view bytes, const std::string& name) {
  if (bytes.size() < 21 || bytes.substr(12, 4) != "VP8X" || (bytes[20] & 2) == 0) return {};
  const auto chunkEnd = [&](std::size_t at) { return at + 8 + std::size_t{little(bytes, at + 4, 4)}; };
  for (std::size_t at = 12; at + 8 <= bytes.size(); at = chunkEnd(at) + (chunkEnd(at) & 1)) {
    if (bytes.substr(at, 4) != "ANMF" || chunkEnd(at) > bytes.size() || chunkEnd(at) < at + 24) continue;
    WebpFrame frame;
    frame.at = {static_cast<int>(2 * little(bytes, at + 8, 3)),
                static_cast<int>(2 * little(bytes, at + 11, 3))};
    const std::size_t end = chunkEnd(at);
    for (std::size_t part = at + 24; part + 8 <= end; part = chunkEnd(part) + (chunkEnd(part) & 1)) {
      const auto tag = bytes.substr(part, 4);
      if ((tag != "VP8 " && tag != "VP8L") || chunkEnd(part) > end) continue;
      std::string chunk(bytes.substr(part, chunkEnd(part) - part));
      if (chunk.size() & 1) chunk += '\0';
      frame.file = "RIFF";
      appendLittle(frame.file, chunk.size() + 4);
      frame.file += "WEBP" + chunk;
      return frame;
    }
  }
  fail("{}: is an animated WebP whose first frame is cut off; fetch it again", name);
}

cv::Mat decodeWith(std::string_view bytes, const std::string& name, std::string_view format) {
  cv::Mat image;
  std::string reason;
  try {
    const cv::Mat encoded(1, static_cast<int>(bytes.size()), CV_8U, const_cast<char*>(bytes.data()));
    image = cv::imdecode(encoded, cv::IMREAD_COLOR);
    if (!image.empty() && image.depth() != CV_8U) reason = "its samples are not 8- or 16-bit integers";
  } catch (const cv::Exception& e) {
    reason = e.err;
  } catch (const std::exception& e) {  // bad_alloc, length_error
    reason = e.what();
  }
  if (!reason.empty())
    fail("{}: this {} cannot be decoded ({}); convert it to an 8-bit JPEG or PNG", name, format, reason);
  if (image.empty() || image.type() != CV_8UC3)
    fail("{}: this {} is damaged or cut off and cannot be decoded; fetch it again", name, format);
  return image;
}

cv::Mat cropFace(const cv::Mat& image, const data::Rect& rect, const std::string& name) {
  const auto side = [](int length) { return static_cast<std::int64_t>(length); };
  if (rect.width <= 0 || rect.height <= 0 || side(rect.width) * rect.height > DecodeLimits{}.maxPixels)
    fail("{}: its crop of {} x {} pixels is not usable; give a positive width and height", name, rect.width,
         rect.height);
  const std::int64_t left = std::max<std::int64_t>(rect.x, 0), top = std::max<std::int64_t>(rect.y, 0);
  const std::int64_t right = std::min<std::int64_t>(side(rect.x) + rect.width, image.cols);
  const std::int64_t bottom = std::min<std::int64_t>(side(rect.y) + rect.height, image.rows);
  if (left >= right || top >= bottom)
    fail("{}: its crop at ({}, {}) lies outside the image of {} x {} pixels; check the crop", name, rect.x,
         rect.y, image.cols, image.rows);
  const cv::Rect inside(static_cast<int>(left), static_cast<int>(top), static_cast<int>(right - left),
                        static_cast<int>(bottom - top));
  if (inside.width == rect.width && inside.height == rect.height) return image(inside);
  cv::Mat face = cv::Mat::zeros(rect.height, rect.width, image.type());
  image(inside).copyTo(face(inside - cv::Point(rect.x, rect.y)));
  return face;
}

std::string nameOf(const data::ImageRef& image) {
  return image.length > 0 ? fmt::format("{} at byte {}", image.file, image.offset) : image.file;
}

}  // namespace

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
  if (format == "JPEG" && isCutOffJpeg(bytes))
    fail("{}: this JPEG is cut off, its end marker is missing; fetch it again", name);
  if (format == "WebP") {
    const WebpFrame frame = firstFrame(bytes, name);
    if (!frame.file.empty()) {
      const cv::Mat part = decode(frame.file, name, limits);
      cv::Mat canvas = cv::Mat::zeros(size, CV_8UC3);
      const cv::Rect inside = cv::Rect(frame.at, part.size()) & cv::Rect({}, size);
      if (!inside.empty()) part(cv::Rect({}, inside.size())).copyTo(canvas(inside));
      return canvas;
    }
  }
  return decodeWith(bytes, name, format);
}

std::string readEncoded(const data::ImageRef& image, const fs::path& root) {
  const fs::path file = fs::path(image.file).is_absolute() ? fs::path(image.file) : root / image.file;
  std::error_code code;
  const auto status = fs::status(file, code);
  if (!fs::exists(status))
    fail("{}: does not exist; was it moved or is its disk not mounted?", file.string());
  if (!fs::is_regular_file(status)) fail("{}: is not a file; an image was expected", file.string());
  const bool whole = image.length <= 0;
  const auto length = whole ? static_cast<std::int64_t>(fs::file_size(file, code)) : image.length;
  if (length > DecodeLimits{}.maxBytes)
    fail("{}: holds {} MB, more than the {} MB an image may have; make it smaller", file.string(),
         length >> 20, DecodeLimits{}.maxBytes >> 20);
  return whole ? readFile(file) : readFile(file, image.offset, image.length);
}

cv::Mat loadImage(const data::ImageRef& image, const fs::path& root) {
  return decode(readEncoded(image, root), nameOf(image));
}

cv::Mat loadFace(const data::ImageRef& image, int size, const fs::path& root) {
  if (size < 1 || size > 4096) fail("face size {}: 1 to 4096 pixels were expected", size);
  // A warp does not average, and damage belongs to the face, not to the size that somebody asks for.
  constexpr int kLeast = 112;
  if (size < kLeast && (image.landmarks || image.degradation.kind != data::DegradationKind::None)) {
    cv::Mat small;
    cv::resize(loadFace(image, kLeast, root), small, {size, size}, 0, 0, cv::INTER_AREA);
    return small;
  }
  const cv::Mat whole = loadImage(image, root);
  cv::Mat face;
  if (image.landmarks) {
    try {
      face = alignFace(whole, *image.landmarks, size);
    } catch (const Error& e) {
      fail("{}: {}", nameOf(image), e.what());
    }
  } else {
    const cv::Mat part = image.crop ? cropFace(whole, *image.crop, nameOf(image)) : whole;
    const bool shrinks = part.cols >= size && part.rows >= size;
    cv::resize(part, face, {size, size}, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  }
  return degrade(face, image.degradation);
}

cv::Mat alignFace(const cv::Mat& image, const data::Landmarks& landmarks, int size) {
  // The least-squares similarity (Umeyama 1991); in the plane it has this closed form, and never reflects.
  cv::Point2d from, to;
  for (std::size_t i = 0; i < landmarks.size(); ++i) {
    from += cv::Point2d(landmarks[i].x, landmarks[i].y) / 5.0;
    to += cv::Point2d(kTemplate[i].x, kTemplate[i].y) * (size / 112.0) / 5.0;
  }
  double spread = 0, along = 0, across = 0;
  for (std::size_t i = 0; i < landmarks.size(); ++i) {
    const cv::Point2d p = cv::Point2d(landmarks[i].x, landmarks[i].y) - from;
    const cv::Point2d q = cv::Point2d(kTemplate[i].x, kTemplate[i].y) * (size / 112.0) - to;
    spread += p.dot(p);
    along += p.dot(q);
    across += p.cross(q);
  }
  if (!std::isfinite(spread) || spread < 1e-3 || std::hypot(along, across) < 1e-9 * spread)
    fail("its five landmarks do not span a face; finite, distinct points in pixels were expected");
  const double a = along / spread, b = across / spread;
  const cv::Matx23d transform(a, -b, to.x - a * from.x + b * from.y, b, a, to.y - b * from.x - a * from.y);
  cv::Mat face;
  cv::warpAffine(image, face, transform, {size, size}, cv::INTER_LINEAR, cv::BORDER_CONSTANT, 0);
  return face;
}

double sharpness(const cv::Mat& face) {
  cv::Mat grey, laplacian;
  if (face.channels() == 1)
    grey = face;
  else
    cv::cvtColor(face, grey, cv::COLOR_BGR2GRAY);
  cv::Laplacian(grey, laplacian, CV_64F);
  cv::Scalar mean, deviation;
  cv::meanStdDev(laplacian, mean, deviation);
  return deviation[0] * deviation[0];
}

}  // namespace discern::imaging
