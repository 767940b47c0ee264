// From a head and the conditions of one image to linear-light
// pixels: posing, rasterising, lighting, accessories.
#pragma once

#include <opencv2/core/mat.hpp>

#include "datasets/rendering/face.h"
#include "datasets/rendering/head.h"

namespace discern::rendering {

// size x size, CV_32FC3, linear RGB before exposure.
cv::Mat renderScene(const HeadModel& head, const Nuisance& nuisance, std::uint64_t imageSeed, int size);

}  // namespace discern::rendering
