#include "core/training/augment.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace discern::training {

void mirror(const data::Shape& shape, std::uint8_t* planes) {
  const int width = shape.width;
  for (int row = 0; row < 3 * shape.rows(); ++row)
    std::reverse(planes + row * width, planes + (row + 1) * width);
}

void augment(const data::Shape& shape, std::uint8_t* planes, Rng& rng) {
  const double scale = rng.uniform(0.9, 1.0);
  const double left = rng.uniform(0, shape.width * (1 - scale)),
               top = rng.uniform(0, shape.height * (1 - scale));
  const double gain = rng.uniform(0.8, 1.2);
  const double sigma =
      rng.chance(0.2) ? rng.uniform(0.3, 1.2) * std::min(shape.width, shape.height) / 112 : 0;
  const cv::Matx23d toSource(scale, 0, left, 0, scale, top);
  for (int picture = 0; picture < 3 * shape.frames; ++picture) {
    cv::Mat plane(shape.height, shape.width, CV_8U, planes + picture * shape.height * shape.width);
    cv::Mat changed;
    cv::warpAffine(plane, changed, toSource, plane.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                   cv::BORDER_REPLICATE);
    if (sigma > 0) cv::GaussianBlur(changed, changed, {}, sigma);
    changed.convertTo(plane, CV_8U, gain);
  }
}

}  // namespace discern::training
