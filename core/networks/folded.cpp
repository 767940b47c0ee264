#include "core/networks/folded.h"

namespace discern::networks {
namespace {

torch::Tensor channelsLast(const torch::Tensor& weights) {
  return weights.to(torch::kFloat32).contiguous(torch::MemoryFormat::ChannelsLast);
}

torch::Tensor convolved(const torch::Tensor& input, const torch::Tensor& weight, const torch::Tensor& bias,
                        std::int64_t stride, std::int64_t padding) {
  return torch::convolution(input, weight, bias, {stride, stride}, {padding, padding}, {1, 1}, false, {0, 0},
                            1);
}

}  // namespace

Affine::Affine(const torch::nn::BatchNorm2d& norm) {
  scale =
      norm->weight.to(torch::kFloat64) / (norm->running_var.to(torch::kFloat64) + norm->options.eps()).sqrt();
  shift = norm->bias.to(torch::kFloat64) - norm->running_mean.to(torch::kFloat64) * scale;
}

FoldedConvolution::FoldedConvolution(const torch::nn::Conv2d& convolution,
                                     const torch::nn::BatchNorm2d& after)
    : stride((*convolution->options.stride())[0]), padding(convolution->weight.size(2) / 2) {
  const Affine affine(after);
  weight = channelsLast(convolution->weight.to(torch::kFloat64) * affine.scale.view({-1, 1, 1, 1}));
  bias = affine.shift.to(torch::kFloat32);
}

torch::Tensor FoldedConvolution::operator()(const torch::Tensor& input) const {
  return convolved(input, weight, bias, stride, padding);
}

FoldedBlock::FoldedBlock(const Parts& parts, std::int64_t height, std::int64_t width)
    : first_(parts.first, parts.middle), second_(parts.second, parts.after), slopes_(parts.slopes) {
  const Affine before(parts.before), middle(parts.middle);
  const auto through = parts.first->weight.to(torch::kFloat64) * middle.scale.view({-1, 1, 1, 1});
  const auto shift =
      before.shift.view({1, -1, 1, 1}).expand({1, before.shift.numel(), height, width}).contiguous();
  added_ = channelsLast(convolved(shift, through, middle.shift, first_.stride, first_.padding));
  first_.weight = channelsLast(through * before.scale.view({1, -1, 1, 1}));
  first_.bias = torch::Tensor();
  if (parts.down != nullptr) down_.emplace(*parts.down, *parts.downAfter);
}

torch::Tensor FoldedBlock::operator()(const torch::Tensor& input) const {
  auto x = second_(torch::prelu(first_(input).add_(added_), slopes_));
  return x.add_(down_ ? (*down_)(input) : input);
}

torch::Tensor FoldedDdnet::forward(const torch::Tensor& input) {
  auto x = torch::prelu((*stem)(input.contiguous(torch::MemoryFormat::ChannelsLast)), stemSlopes);
  for (const auto& block : blocks) x = block(x);
  return torch::sigmoid(torch::linear(x.mean({2, 3}), weight, bias));
}

}  // namespace discern::networks
