// A recogniser in two parts: a trunk that ends in an average, and what makes a feature of that.
#pragma once

#include <memory>

#include "core/networks/network.h"

namespace discern::networks {

// Dropout in training, a linear layer to NetworkOptions::dims, and batch norm without scale, as IResNet has
// it. With NetworkOptions::average the average itself is the feature, as in published networks that end in a
// classifier. Names: trunk. and those of the trunk, fc, features.
struct FeatureNetwork : Network {
  // trunk: N x channels of an input. Throws Error: dims that are not `channels` (or 0) with average.
  FeatureNetwork(std::shared_ptr<Network> trunk, int channels, const NetworkOptions& options);
  torch::Tensor forward(const torch::Tensor& input) override;  // N x dims()
  int dims() const { return dims_; }

 private:
  std::shared_ptr<Network> trunk_;
  int dims_;
  double dropout_;
  torch::nn::Linear fc_{nullptr};
  torch::nn::BatchNorm1d features_{nullptr};
};

}  // namespace discern::networks
