#include "core/training/augment.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace discern::training {

void mirror(int size, std::uint8_t* planes) {
  for (int row = 0; row < 3 * size; ++row) std::reverse(planes + row * size, planes + (row + 1) * size);
}

void augment(int size, std::uint8_t* planes, Rng& rng) {
  const double scale = rng.uniform(0.9, 1.0), room = size * (1 - scale);
  const double left = rng.uniform(0, room), top = rng.uniform(0, room);
  const double gain = rng.uniform(0.8, 1.2);
  const double sigma = rng.chance(0.2) ? rng.uniform(0.3, 1.2) * size / 112 : 0;
  const cv::Matx23d toSource(scale, 0, left, 0, scale, top);
  for (int channel = 0; channel < 3; ++channel) {
    cv::Mat plane(size, size, CV_8U, planes + channel * size * size);
    cv::Mat changed;
    cv::warpAffine(plane, changed, toSource, plane.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                   cv::BORDER_REPLICATE);
    if (sigma > 0) cv::GaussianBlur(changed, changed, {}, sigma);
    changed.convertTo(plane, CV_8U, gain);
  }
}

}  // namespace discern::training
