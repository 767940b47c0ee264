// A DDNet made for prediction alone: the batch norms folded into the convolutions beside them, and everything
// in the layout in which oneDNN computes few channels fastest (channels last).
#pragma once

#include <optional>
#include <vector>

#include "core/networks/network.h"

namespace discern::networks {

// A convolution without a bias, and the batch norm behind it.
struct FoldedConvolution {
  FoldedConvolution(const torch::nn::Conv2d& convolution, const torch::nn::BatchNorm2d& after);
  torch::Tensor operator()(const torch::Tensor& input) const;

  torch::Tensor weight, bias;  // no bias: the caller adds what stands for it
  std::int64_t stride, padding;
};

// BN, 3x3, BN, PReLU, 3x3, BN beside a shortcut (residual.h).
class FoldedBlock {
 public:
  struct Parts {
    const torch::nn::BatchNorm2d& before;
    const torch::nn::Conv2d& first;
    const torch::nn::BatchNorm2d& middle;
    torch::Tensor slopes;
    const torch::nn::Conv2d& second;
    const torch::nn::BatchNorm2d& after;
    const torch::nn::Conv2d* down = nullptr;  // none: the shortcut is the input
    const torch::nn::BatchNorm2d* downAfter = nullptr;
  };
  FoldedBlock(const Parts& parts, std::int64_t height, std::int64_t width);
  torch::Tensor operator()(const torch::Tensor& input) const;

 private:
  // What the first batch norm adds is not the same everywhere: the zeros around its output are not
  // normalised. So it goes through the convolution once, as a map that is added.
  FoldedConvolution first_, second_;
  torch::Tensor added_, slopes_;
  std::optional<FoldedConvolution> down_;
};

struct FoldedDdnet : Network {
  torch::Tensor forward(const torch::Tensor& input) override;  // N x 1 in (0, 1)

  std::optional<FoldedConvolution> stem;
  torch::Tensor stemSlopes;
  std::vector<FoldedBlock> blocks;
  torch::Tensor weight, bias;  // of the linear unit over the means of the last maps
};

// What a batch norm does to each channel: x * scale + shift, in double precision.
struct Affine {
  explicit Affine(const torch::nn::BatchNorm2d& norm);
  torch::Tensor scale, shift;
};

}  // namespace discern::networks
