#include "core/detection/face.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace discern::detection {
namespace {

cv::Point2d at(const data::Landmarks& landmarks, std::size_t i) { return {landmarks[i].x, landmarks[i].y}; }

// The axes of a face: from the image-left to the image-right eye, and from the eyes' middle to the mouth's.
struct Axes {
  cv::Point2d eyes, mouth, down;
};
Axes axesOf(const data::Landmarks& l) {
  return {at(l, 1) - at(l, 0), at(l, 4) - at(l, 3), (at(l, 3) + at(l, 4) - at(l, 0) - at(l, 1)) * 0.5};
}

double shortestDistance(const data::Landmarks& l) {
  double shortest = std::hypot(l[1].x - l[0].x, l[1].y - l[0].y);
  for (std::size_t i = 0; i < l.size(); ++i)
    for (std::size_t k = i + 1; k < l.size(); ++k)
      shortest = std::min<double>(shortest, std::hypot(l[i].x - l[k].x, l[i].y - l[k].y));
  return shortest;
}

}  // namespace

double overlap(const cv::Rect2f& a, const cv::Rect2f& b) {
  const double width = std::min(double{a.x} + a.width, double{b.x} + b.width) - std::max(a.x, b.x);
  const double height = std::min(double{a.y} + a.height, double{b.y} + b.height) - std::max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const double shared = width * height;
  return shared / (double{a.width} * a.height + double{b.width} * b.height - shared);
}

std::vector<Face> suppress(std::vector<Face> faces, double most) {
  std::ranges::stable_sort(faces, std::greater(), &Face::score);
  std::vector<Face> kept;
  for (auto& face : faces)
    if (std::ranges::none_of(kept, [&](const Face& k) { return overlap(k.box, face.box) > most; }))
      kept.push_back(std::move(face));
  return kept;
}

double eyeDistance(const data::Landmarks& landmarks) { return cv::norm(axesOf(landmarks).eyes); }

data::Landmarks inImageOrder(data::Landmarks landmarks) {
  const Axes axes = axesOf(landmarks);
  if (axes.eyes.cross(axes.down) < 0 && axes.eyes.dot(axes.mouth) > 0 && axes.eyes.x < 0) {
    std::swap(landmarks[0], landmarks[1]);
    std::swap(landmarks[3], landmarks[4]);
  }
  return landmarks;
}

std::string problemOf(const data::Landmarks& landmarks, cv::Size picture) {
  for (const auto& p : landmarks)
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) return "its landmarks are not finite numbers of pixels";
  const double margin = eyeDistance(landmarks) / 2;
  for (const auto& p : landmarks)
    if (p.x < -margin || p.y < -margin || p.x > picture.width + margin || p.y > picture.height + margin)
      return fmt::format("a landmark at ({:.1f}, {:.1f}) lies outside its picture of {} x {} pixels", p.x,
                         p.y, picture.width, picture.height);
  const Axes axes = axesOf(landmarks);
  const double size = std::max(cv::norm(axes.eyes), cv::norm(axes.down));
  if (size < 2 || shortestDistance(landmarks) < 0.02 * size)
    return "two of its landmarks lie on top of each other";
  if (axes.eyes.cross(axes.down) <= 0 || axes.eyes.dot(axes.mouth) <= 0)
    return "its landmarks are not in order: the eye on the picture's left, the other eye, nose, the corner "
           "of "
           "the mouth on the picture's left, the other corner";
  return "";
}

data::Rect squareAround(const cv::Rect2f& box, double unit) {
  const double side = std::max(box.width, box.height) * unit;
  const auto whole = [](double v) { return static_cast<int>(std::lround(std::clamp(v, -1e8, 1e8))); };
  const int length = std::max(1, whole(side));
  return {whole(box.x + (box.width - side) / 2), whole(box.y + (box.height - side) / 2), length, length};
}

}  // namespace discern::detection
