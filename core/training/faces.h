// What a training loop draws its images from.
#pragma once

#include <cstdint>
#include <functional>
#include <opencv2/core/mat.hpp>
#include <vector>

#include "core/data/group_kind.h"

namespace discern::training {

// `load(i)`: sample i, 8-bit BGR, in the form of `form` at one size; called from several threads. Throwing
// Error drops the image (counted).
struct FaceSource {
  std::int64_t count = 0;
  std::function<cv::Mat(std::int64_t)> load;
  std::uint64_t fingerprint = 0;  // of which images these are: a stopped training goes on only with the same
  data::Shape form = {};          // height to width and frames; faces are squares of one frame
};

}  // namespace discern::training
