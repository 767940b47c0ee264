// What a training loop draws its images from.
#pragma once

#include <cstdint>
#include <functional>
#include <opencv2/core/mat.hpp>
#include <vector>

namespace discern::training {

// `load(i)`: face i, 8-bit BGR, square, of one size; called from
// several threads. Throwing Error drops the image (counted).
struct FaceSource {
  std::int64_t count = 0;
  std::function<cv::Mat(std::int64_t)> load;
  std::uint64_t fingerprint = 0;  // of which images these are: a stopped training goes on only with the same
};

}  // namespace discern::training
