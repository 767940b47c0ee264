// Whether five landmarks can be those of a face.
#pragma once

#include <opencv2/core/types.hpp>
#include <string>

#include "core/data/image_ref.h"

namespace discern::imaging {

// What is wrong with their order (data::Landmarks; whichever way the face is turned in the plane), with the
// distances between them, or with where they are in a picture of that size (empty: unknown); "" when nothing
// is.
std::string oddLandmarks(const data::Landmarks& points, cv::Size picture);

}  // namespace discern::imaging
