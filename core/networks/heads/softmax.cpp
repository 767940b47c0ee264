// w_c f + b_c: features and weights as they are.
#include "core/networks/heads.h"

namespace discern::networks {

HeadOutput softmaxHead(const Head& head, const torch::Tensor& features, const torch::Tensor& labels) {
  const auto logits = torch::linear(features, head.weight, head.bias);
  return {logits, logits.detach()};
}

}  // namespace discern::networks
