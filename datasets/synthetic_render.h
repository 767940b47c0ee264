// From a head and the conditions of one image to linear-light
// pixels: posing, rasterising, lighting, accessories.
#pragma once

#include <opencv2/core/mat.hpp>

#include "datasets/synthetic_faces.h"
#include "datasets/synthetic_head.h"

namespace discern::datasets::synthetic {

// size x size, CV_32FC3, linear RGB before exposure.
cv::Mat renderScene(const HeadModel& head, const Nuisance& nuisance, std::uint64_t imageSeed, int size);

}  // namespace discern::datasets::synthetic
