#include "core/networks/feature_network.h"

#include "core/base/error.h"

namespace discern::networks {

namespace nn = torch::nn;

FeatureNetwork::FeatureNetwork(std::shared_ptr<Network> trunk, int channels, const NetworkOptions& o)
    : trunk_(register_module("trunk", std::move(trunk))),
      dims_(o.average ? channels : o.dims),
      dropout_(o.dropout) {
  if (o.average) {
    if (o.dims != 0 && o.dims != channels)
      fail("feature dims {}: the average of this network has {}", o.dims, channels);
    return;
  }
  fc_ = register_module("fc", nn::Linear(channels, dims_));
  features_ = register_module("features", nn::BatchNorm1d(dims_));
  features_->weight.set_requires_grad(false);  // stays 1
}

torch::Tensor FeatureNetwork::forward(const torch::Tensor& input) {
  auto average = trunk_->forward(input);
  if (!fc_) return average;
  if (dropout_ > 0) average = torch::dropout(average, dropout_, is_training());
  return features_(fc_(average));
}

}  // namespace discern::networks
