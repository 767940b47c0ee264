#include "datasets/place_check.h"

#include <algorithm>

#include "core/imaging/landmark_check.h"

namespace discern::datasets {
namespace {

constexpr std::size_t kMostListed = 20;

bool misses(const data::Rect& crop, cv::Size picture) {
  return crop.x >= picture.width || crop.y >= picture.height ||
         static_cast<std::int64_t>(crop.x) + crop.width <= 0 ||
         static_cast<std::int64_t>(crop.y) + crop.height <= 0;
}

}  // namespace

void PlaceCheck::add(const std::string& where, const data::ImageRef& image, const ImageHeader& header,
                     data::Dataset& dataset) {
  if (!image.landmarks && !image.crop) return;
  ++placed_;
  turned_ += header.orientation != 1 ? 1 : 0;
  const cv::Size picture = header.upright();
  if (image.landmarks) {
    if (const std::string odd = imaging::oddLandmarks(*image.landmarks, picture); !odd.empty())
      if (++landmarks_ <= kMostListed)
        dataset.problems.push_back({where, fmt::format("{}: {}", image.file, odd)});
  } else if (!picture.empty() && misses(*image.crop, picture)) {
    if (++crops_ <= kMostListed)
      dataset.problems.push_back(
          {where, fmt::format("{}: its crop at ({}, {}) lies outside of the picture of {} x {} pixels",
                              image.file, image.crop->x, image.crop->y, picture.width, picture.height)});
  }
}

void PlaceCheck::finish(const std::filesystem::path& root, data::Dataset& dataset) const {
  if (landmarks_ > 0)
    dataset.problems.push_back(
        {root.string(),
         fmt::format("the landmarks of {} of {} faces with a place look wrong, so these faces will "
                     "be aligned wrongly; correct them and import again",
                     landmarks_, placed_)});
  if (crops_ > 0)
    dataset.problems.push_back(
        {root.string(), fmt::format("the crops of {} of {} faces with a place lie outside of their pictures",
                                    crops_, placed_)});
  if (turned_ > 0)
    dataset.problems.push_back(
        {root.string(),
         fmt::format(
             "{} faces are in images that EXIF turns; their landmarks and crops are taken as pixels of "
             "the picture as it is shown, after turning",
             turned_)});
}

}  // namespace discern::datasets
