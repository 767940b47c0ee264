// A sequence of layers that may stand inside another one (nn::Sequential's own forward is a template, so it
// may not).
#pragma once

#include <torch/torch.h>

namespace discern::networks {

struct Chain : torch::nn::SequentialImpl {
  using torch::nn::SequentialImpl::SequentialImpl;
  torch::Tensor forward(const torch::Tensor& input) { return SequentialImpl::forward(input); }
};

template <typename... Modules>
std::shared_ptr<Chain> chain(Modules&&... modules) {
  return std::make_shared<Chain>(std::forward<Modules>(modules)...);
}

}  // namespace discern::networks
