#include <algorithm>
#include <cmath>
#include <opencv2/core/types.hpp>

#include "core/base/error.h"
#include "core/detection/photographs.h"
#include "core/imaging/image.h"

namespace discern::detection {
namespace {

constexpr std::size_t kAsked = 24;
// Of an aligned face: the cascade's box is about this share of the picture's width at least, and its middle
// about the picture's.
constexpr double kLeastShare = 0.55, kMostAway = 0.15;

std::string sizesReason(const std::vector<cv::Size>& sizes) {
  const auto oblong = std::ranges::find_if(sizes, [](cv::Size s) { return s.width != s.height; });
  if (oblong != sizes.end())
    return fmt::format("they are not square ({} x {} pixels)", oblong->width, oblong->height);
  const auto [least, most] = std::ranges::minmax(sizes, {}, [](cv::Size s) { return s.width; });
  if (least != most)
    return fmt::format("their sizes vary ({0} x {0} to {1} x {1} pixels)", least.width, most.width);
  return "";
}

struct Seen {
  double share = 0, away = 0;  // of the picture's width
};

std::vector<Seen> facesSeen(Detector& detector, const std::vector<const data::ImageRef*>& images) {
  std::vector<Seen> seen;
  for (const auto* image : images) {
    try {
      const cv::Mat picture = imaging::loadImage(*image);
      const auto faces = choose(detector.find(picture), Choice::Largest, {{}, cv::Size2f(picture.size())});
      if (faces.empty()) continue;
      const cv::Rect2f& box = faces[0].box;
      const double width = picture.cols;
      seen.push_back({box.width / width, std::hypot(box.x + box.width / 2 - width / 2,
                                                    box.y + box.height / 2 - picture.rows / 2.0) /
                                             width});
    } catch (const Error&) {  // told elsewhere
    }
  }
  return seen;
}

double medianOf(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + std::ssize(values) / 2);
  return values[values.size() / 2];
}

}  // namespace

std::string unalignedReason(const data::Dataset& set) {
  if (std::ranges::any_of(set.samples, [](const auto& s) { return s.image.landmarks || s.image.crop; }))
    return "";
  std::vector<const data::ImageRef*> images;
  std::vector<cv::Size> sizes;
  const std::size_t asked = std::min(kAsked, set.samples.size());
  for (std::size_t k = 0; k < asked; ++k) {
    const auto& image = set.samples[k * set.samples.size() / asked].image;
    try {
      const cv::Size size = imaging::probeSize(imaging::readEncoded(image));
      if (size.empty()) continue;
      images.push_back(&image);
      sizes.push_back(size);
    } catch (const Error&) {
    }
  }
  if (sizes.empty()) return "";
  if (auto reason = sizesReason(sizes); !reason.empty()) return reason;
  if (!cascadeFile()) return "";
  const auto seen = facesSeen(*openDetector(kCascade), images);
  if (seen.size() * 2 < images.size() || seen.size() < 3) return "";
  std::vector<double> shares, away;
  for (const Seen& face : seen) {
    shares.push_back(face.share);
    away.push_back(face.away);
  }
  if (const double share = medianOf(shares); share < kLeastShare)
    return fmt::format("a face fills {:.0f} % of a picture's width, an aligned one about 80 %", 100 * share);
  if (const double distance = medianOf(away); distance > kMostAway)
    return fmt::format("faces lie {:.0f} % of a picture's width away from its middle", 100 * distance);
  return "";
}

}  // namespace discern::detection
