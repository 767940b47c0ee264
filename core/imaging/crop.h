// The rectangle that a sample says, cut out of its image; for the kinds that load samples.
#pragma once

#include <opencv2/core/mat.hpp>

#include "core/data/image_ref.h"

namespace discern::imaging {

// image: the sample's, as it is stored. Without a crop the whole of it; outside of it is black. Throws Error
// naming the file: the crop has no area, or lies outside.
cv::Mat cropped(const cv::Mat& image, const data::ImageRef& sample);

}  // namespace discern::imaging
