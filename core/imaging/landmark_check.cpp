#include "core/imaging/landmark_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace discern::imaging {

std::string oddLandmarks(const data::Landmarks& points, cv::Size picture) {
  const auto at = [&](std::size_t i) { return cv::Point2d(points[i].x, points[i].y); };
  const auto length = [](cv::Point2d p) { return std::hypot(p.x, p.y); };
  const cv::Point2d eyes = at(1) - at(0), mouth = at(4) - at(3);
  const cv::Point2d down = (at(3) + at(4) - at(0) - at(1)) / 2;
  if (!std::ranges::all_of(points, [](auto p) { return std::isfinite(p.x) && std::isfinite(p.y); }))
    return "a landmark is no number";
  constexpr double kLeastHeight = 2, kLeastWidth = 0.5;  // pixels
  if (length(down) < kLeastHeight || (length(eyes) < kLeastWidth && length(mouth) < kLeastWidth)) {
    const bool areShares = std::ranges::all_of(points, [](auto p) { return std::max(p.x, p.y) <= 1; });
    return fmt::format("its landmarks lie on top of each other (eyes and mouth {:.1f} pixels apart){}",
                       length(down), areShares ? "; are they shares of the width instead of pixels?" : "");
  }
  const float margin =
      1 + 0.02F * static_cast<float>(std::max(picture.width, picture.height));  // guessed points
  if (picture.width > 0)
    for (const auto p : points)
      if (p.x < -margin || p.y < -margin || p.x > static_cast<float>(picture.width) + margin ||
          p.y > static_cast<float>(picture.height) + margin)
        return fmt::format("a landmark at ({:.1f}, {:.1f}) is outside of the picture of {} x {} pixels", p.x,
                           p.y, picture.width, picture.height);
  // How wide they are for the face's height: nearly 0 in a profile, about 1 from the front.
  const auto width = [&](cv::Point2d across) { return across.cross(down) / down.dot(down); };
  constexpr double kClearly = -0.15;
  const bool eyesSwapped = width(eyes) < kClearly, mouthSwapped = width(mouth) < kClearly;
  if (eyesSwapped && mouthSwapped)
    return "left and right of its landmarks are swapped, or eyes and mouth; image-left eye, image-right eye, "
           "nose, image-left and image-right corner of the mouth were expected";
  if (eyesSwapped) return "its eyes are swapped; the image-left one was expected first";
  if (mouthSwapped) return "the corners of its mouth are swapped; the image-left one was expected first";
  const double nose = (at(2) - (at(0) + at(1)) / 2).dot(down) / down.dot(down);
  if (nose < -0.5 || nose > 1.5) return "its nose is not between eyes and mouth";
  return "";
}

}  // namespace discern::imaging
