// MobileFaceNet (Chen et al. 2018): inverted bottlenecks with PReLU and a global depthwise convolution.
#pragma once

#include "core/networks/network.h"

namespace discern::networks {

// 1.0 M parameters and 0.22 GMACs at width 1, 112 px and 128 dims; `width` multiplies every channel count,
// rounded to multiples of 8 (never below 8).
struct MobileFaceNet : Network {
  MobileFaceNet(const data::Shape& shape, double width, int dims);
  torch::Tensor forward(const torch::Tensor& input) override;  // N x dims

 private:
  torch::nn::Sequential layers_{nullptr};
};

int scaledChannels(int channels, double width);

}  // namespace discern::networks
