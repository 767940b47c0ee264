// Faces, and the tensor that a network is to make of them. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include <vector>

#include "tests/core/features/scratch.h"

namespace discern::features {

inline torch::Tensor blobOf(const std::vector<cv::Mat>& faces) {
  const int size = faces[0].rows;
  torch::Tensor blob = torch::empty({static_cast<std::int64_t>(faces.size()), 3, size, size});
  auto values = blob.accessor<float, 4>();
  for (std::size_t i = 0; i < faces.size(); ++i)
    for (int y = 0; y < size; ++y)
      for (int x = 0; x < size; ++x)
        for (int c = 0; c < 3; ++c)
          values[static_cast<std::int64_t>(i)][c][y][x] =
              (static_cast<float>(faces[i].at<cv::Vec3b>(y, x)[2 - c]) - 127.5F) / 127.5F;
  return blob;
}

inline std::vector<cv::Mat> someFaces(int size, int count) {
  std::vector<cv::Mat> faces;
  for (int k = 0; k < count; ++k) faces.push_back(formulaFace(size, 13 * k));
  return faces;
}

}  // namespace discern::features
