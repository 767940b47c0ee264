// A photograph in which no face was found stays in the project, is listed, and is shown to no model until
// somebody says where its face is. Its crop is an empty rectangle.
#pragma once

#include <string>

#include "core/data/image_ref.h"

namespace discern::data {

inline constexpr Rect kNoFace{};
inline bool isWithoutFace(const ImageRef& image) {
  return !image.landmarks && image.crop && *image.crop == kNoFace;
}
inline std::string noFaceProblem(const ImageRef& image) {
  return image.file + ": no face was found in it; place its five landmarks by hand, or leave it out";
}

}  // namespace discern::data
