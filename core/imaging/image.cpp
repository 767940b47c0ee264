#include "core/imaging/image.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/no_face.h"
#include "core/data/no_picture.h"
#include "core/data/place.h"
#include "core/imaging/crop.h"
#include "core/imaging/degrade.h"
#include "core/imaging/video.h"

namespace discern::imaging {
namespace fs = std::filesystem;
namespace {

// FORMATS.md, "Base models' input": the 112 x 112 template, image-left eye first.
constexpr data::Landmarks kTemplate{{{38.2946F, 51.6963F},
                                     {73.5318F, 51.5014F},
                                     {56.0252F, 71.7366F},
                                     {41.5493F, 92.3655F},
                                     {70.7299F, 92.2041F}}};

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

fs::path pathOf(const data::ImageRef& image, const fs::path& root) {
  return fs::path(image.file).is_absolute() ? fs::path(image.file) : root / image.file;
}

}  // namespace

cv::Mat cropped(const cv::Mat& image, const data::ImageRef& sample) {
  return sample.crop ? cropFace(image, *sample.crop, data::toldPlace(sample)) : image;
}

std::string readEncoded(const data::ImageRef& image, const fs::path& root) {
  if (!data::hasPicture(image)) throw Error(data::noPictureProblem(image));
  if (image.moment) return encodePng(loadImage(image, root));
  const fs::path file = pathOf(image, root);
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
  if (!image.moment) return decode(readEncoded(image, root), data::toldPlace(image));
  return framesAt(pathOf(image, root), {&image.moment->time, 1}).front();
}

cv::Mat loadFace(const data::ImageRef& image, int size, const fs::path& root) {
  if (data::isWithoutFace(image)) fail("{}", data::noFaceProblem(image));
  constexpr int kLeast = 112;  // a warp does not average
  if (size < kLeast && image.landmarks) {
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
      fail("{}: {}", data::toldPlace(image), e.what());
    }
  } else {
    const cv::Mat part = cropped(whole, image);
    const bool shrinks = part.cols >= size && part.rows >= size;
    cv::resize(part, face, {size, size}, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  }
  return face;
}

namespace {
// The least-squares similarity (Umeyama 1991); in the plane it has this closed form, and never reflects.
cv::Matx23d alignmentOf(const data::Landmarks& landmarks, int size) {
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
  return {a, -b, to.x - a * from.x + b * from.y, b, a, to.y - b * from.x - a * from.y};
}
}  // namespace

cv::Mat alignFace(const cv::Mat& image, const data::Landmarks& landmarks, int size) {
  cv::Mat face;
  cv::warpAffine(image, face, alignmentOf(landmarks, size), {size, size}, cv::INTER_LINEAR,
                 cv::BORDER_CONSTANT, 0);
  return face;
}

const data::Landmarks& faceTemplate() { return kTemplate; }

data::Landmarks alignedLandmarks(const data::Landmarks& landmarks) {
  const cv::Matx23d m = alignmentOf(landmarks, 112);
  data::Landmarks aligned;
  for (std::size_t i = 0; i < aligned.size(); ++i) {
    const cv::Vec2d at = m * cv::Vec3d(landmarks[i].x, landmarks[i].y, 1);
    aligned[i] = {static_cast<float>(at[0]), static_cast<float>(at[1])};
  }
  return aligned;
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

std::string encodePng(const cv::Mat& image) {
  std::vector<unsigned char> bytes;
  if (!cv::imencode(".png", image, bytes))
    fail("an image of {} x {} pixels could not be written as PNG", image.cols, image.rows);
  return {bytes.begin(), bytes.end()};
}

}  // namespace discern::imaging
