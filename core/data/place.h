// How lists and sentences name a sample: by its file, and where in that it lies.
#pragma once

#include <fmt/format.h>

#include <string>

#include "core/data/image_ref.h"

namespace discern::data {

// The file; of a video's frame or clip with its seconds, as the Web writes them: walk.mp4#t=3.500 and
// walk.mp4#t=3.500,5.633.
inline std::string pathOf(const ImageRef& image) {
  if (!image.moment) return image.file;
  const auto& [time, seconds] = *image.moment;
  if (seconds <= 0) return fmt::format("{}#t={:.3f}", image.file, time);
  return fmt::format("{}#t={:.3f},{:.3f}", image.file, time, time + seconds);
}

// Of a part of a file as well: faces.rec#1200+5391.
inline std::string placeOf(const ImageRef& image) {
  if (image.length > 0) return fmt::format("{}#{}+{}", image.file, image.offset, image.length);
  return pathOf(image);
}

// In a sentence: "walk.mp4 at 3.50 s", "faces.rec at byte 1200".
inline std::string toldPlace(const ImageRef& image) {
  if (image.moment) return fmt::format("{} at {:.2f} s", image.file, image.moment->time);
  return image.length > 0 ? fmt::format("{} at byte {}", image.file, image.offset) : image.file;
}

}  // namespace discern::data
