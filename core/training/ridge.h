// Ridge regression by the normal equations.
#pragma once

#include <opencv2/core.hpp>

namespace discern::training {

// X with (A + ridge) X = B, A symmetric and not negative, the ridge relative to A's mean diagonal. (OpenCV's
// solver: LibTorch may be built without LAPACK.)
inline cv::Mat solveRidge(cv::Mat a, const cv::Mat& b, double relative) {
  const double ridge = relative * cv::trace(a)[0] / a.rows + 1e-12;
  for (int i = 0; i < a.rows; ++i) a.at<double>(i, i) += ridge;
  cv::Mat x;
  cv::solve(a, b, x, cv::DECOMP_CHOLESKY);
  return x;
}

}  // namespace discern::training
