// A convolution over frames, height and width without a bias, padded so that a stride of 1 keeps all three.
#pragma once

#include <torch/torch.h>

#include <array>

namespace discern::networks {

using Triple = std::array<std::int64_t, 3>;  // frames, height, width

inline torch::nn::Conv3d convolution3d(int in, int out, const Triple& kernel,
                                       const Triple& stride = {1, 1, 1}) {
  return torch::nn::Conv3d(torch::nn::Conv3dOptions(in, out, {kernel[0], kernel[1], kernel[2]})
                               .stride({stride[0], stride[1], stride[2]})
                               .padding({kernel[0] / 2, kernel[1] / 2, kernel[2] / 2})
                               .bias(false));
}

}  // namespace discern::networks
