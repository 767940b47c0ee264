// For whoever adds a network.
#pragma once

#include <memory>

#include "core/catalog/networks.h"
#include "core/networks/network.h"

namespace discern::networks {

// What every DDNet is, so that train-ddnet can train it.
struct ScoreNetwork : Network {
  virtual torch::Tensor pooled(const torch::Tensor& input) = 0;   // N x C
  virtual torch::Tensor logits(const torch::Tensor& pooled) = 0;  // N x 1, before the sigmoid
  virtual int channels() const = 0;                               // C
  torch::Tensor forward(const torch::Tensor& input) override { return torch::sigmoid(logits(pooled(input))); }
  // The same scores, to rounding, of N x 3 x height x width: for prediction alone, and faster. Its tensors
  // are on this one's device, and it does not follow what this one learns. Null: there is no faster one.
  virtual std::shared_ptr<Network> folded(std::int64_t /*height*/, std::int64_t /*width*/) const {
    return nullptr;
  }
};

using NetworkFactory = std::shared_ptr<Network> (*)(const NetworkOptions& options);
// A network of a program's own, before it is asked for; throws Error when the name is taken.
void registerNetwork(const catalog::NetworkInfo& info, NetworkFactory make);

}  // namespace discern::networks
