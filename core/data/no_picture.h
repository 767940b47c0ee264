// Samples that came with numbers alone: nobody has their picture.
#pragma once

#include <string>

#include "core/data/image_ref.h"

namespace discern::data {

// In place of a length: `file` is no file but the sample's name, as the list of numbers had it.
constexpr std::int64_t kNoPicture = -1;

inline bool hasPicture(const ImageRef& image) { return image.length != kNoPicture; }

// For whoever needs its pixels.
inline std::string noPictureProblem(const ImageRef& image) {
  return image.file + ": has no picture, it came with features alone; import the images to look at them";
}

}  // namespace discern::data
