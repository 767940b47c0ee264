// Repeatable damage: each kind has a strength in (0, 1] and a seed. Used for degraded copies and protocols.
#pragma once

#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

#include "core/data/image_ref.h"

namespace discern::imaging {

const char* toString(data::DegradationKind kind);
const std::vector<data::DegradationKind>& allDegradations();

// 8-bit BGR in and out, same size. DownScale: to p px and back, p from size/2 (weak) to 8 px at size 112
// (strong); GaussianBlur: sigma up to 6 px at 112; MotionBlur: length up to 31 px at 112, seeded angle; Jpeg:
// quality 50 .. 2; Darkness: gain down to 0.06 with sensor noise; Noise: Gaussian, sigma up to 90; Occlusion:
// a seeded patch (bar over the eyes, over the mouth, a box or a half) covering up to 60 % of the face.
cv::Mat degrade(const cv::Mat& face, const data::Degradation& degradation);

}  // namespace discern::imaging
