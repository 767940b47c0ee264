// Residual networks of the InsightFace kind: DDNet (DDL) and IResNet.
#pragma once

#include <array>
#include <memory>

#include "core/networks/prelu.h"
#include "core/networks/registration.h"

namespace discern::networks {

// Stem: 3x3 convolution, stride 1, at full resolution to `stem` channels. Then four stages of IR blocks
// (BN, 3x3, BN, PReLU, 3x3, BN), each of which halves the resolution in its first block.
struct ResidualLayout {
  int stem = 64;
  std::array<int, 4> channels = {64, 128, 256, 512};
  std::array<int, 4> blocks = {2, 2, 2, 2};
};
// DDL's stages, with the blocks of a ResNet-18.
inline constexpr ResidualLayout kLightLayout{.stem = 8, .channels = {8, 16, 32, 48}, .blocks = {2, 2, 2, 2}};

// Global average pool, one linear unit, sigmoid. Any input size from 16 px.
struct DdNet : ScoreNetwork {
  explicit DdNet(const ResidualLayout& layout);
  torch::Tensor pooled(const torch::Tensor& input) override;   // N x C, C channels of the last stage
  torch::Tensor logits(const torch::Tensor& pooled) override;  // N x 1, before the sigmoid
  int channels() const override { return static_cast<int>(fc_->options.in_features()); }
  std::shared_ptr<Network> folded(std::int64_t height, std::int64_t width) const override;

 private:
  torch::nn::Sequential trunk_{nullptr};
  torch::nn::BatchNorm2d bn2_{nullptr};
  torch::nn::Linear fc_{nullptr};
};

// Batch norm, dropout (in training), one linear layer over the last map, batch norm
// without scale. Names as in InsightFace's own weights.
struct IResNet : Network {
  IResNet(const ResidualLayout& layout, const data::Shape& shape, int dims, double dropout = 0);
  torch::Tensor forward(const torch::Tensor& input) override;  // N x dims

 private:
  torch::nn::Conv2d conv1_{nullptr};
  torch::nn::BatchNorm2d bn1_{nullptr}, bn2_{nullptr};
  std::shared_ptr<PRelu> prelu_;
  std::array<torch::nn::Sequential, 4> layers_{nullptr, nullptr, nullptr, nullptr};
  torch::nn::Linear fc_{nullptr};
  torch::nn::BatchNorm1d features_{nullptr};
  double dropout_;
};

}  // namespace discern::networks
