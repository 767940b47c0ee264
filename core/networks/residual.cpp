#include "core/networks/residual.h"

#include <fmt/format.h>

#include "core/networks/folded.h"
#include "core/networks/ir_block.h"

namespace discern::networks {
namespace {

namespace nn = torch::nn;

template <class Module>
std::shared_ptr<Module> at(const nn::Sequential& sequence, std::size_t i) {
  return std::dynamic_pointer_cast<Module>(sequence->ptr(i));
}

nn::Sequential stage(int in, int out, int blocks) {
  nn::Sequential sequence;
  for (int i = 0; i < blocks; ++i) sequence->push_back(IrBlock<2>(i == 0 ? in : out, out, i == 0 ? 2 : 1));
  return sequence;
}

}  // namespace

DdNet::DdNet(const ResidualLayout& layout)
    : trunk_(register_module("trunk", irTrunk<2>(layout))),
      bn2_(register_module("bn2", nn::BatchNorm2d(layout.channels.back()))),
      fc_(register_module("fc", nn::Linear(layout.channels.back(), 1))) {}

std::shared_ptr<Network> DdNet::folded(std::int64_t height, std::int64_t width) const {
  const torch::NoGradGuard guard;
  auto network = std::make_shared<FoldedDdnet>();
  network->stem.emplace(at<nn::Conv2dImpl>(trunk_, 0), at<nn::BatchNorm2dImpl>(trunk_, 1));
  network->stemSlopes = at<PRelu>(trunk_, 2)->weight.detach();
  for (std::size_t i = 3; i < trunk_->size(); ++i) {
    const auto block = at<IrBlock<2>>(trunk_, i);
    FoldedBlock::Parts parts{block->bn1,   block->conv1, block->bn2, block->act->weight.detach(),
                             block->conv2, block->bn3};
    nn::Conv2d down{nullptr};
    nn::BatchNorm2d downAfter{nullptr};
    if (block->downsample) {
      down = nn::Conv2d(at<nn::Conv2dImpl>(block->downsample, 0));
      downAfter = nn::BatchNorm2d(at<nn::BatchNorm2dImpl>(block->downsample, 1));
      parts.down = &down;
      parts.downAfter = &downAfter;
    }
    network->blocks.emplace_back(parts, height, width);
    const auto stride = (*block->conv2->options.stride())[0];
    height = (height + stride - 1) / stride;
    width = (width + stride - 1) / stride;
  }
  const Affine last(bn2_);
  const auto weight = fc_->weight.to(torch::kFloat64);
  network->weight = (weight * last.scale).to(torch::kFloat32);
  network->bias = (fc_->bias.to(torch::kFloat64) + weight.mv(last.shift)).to(torch::kFloat32);
  return network;
}

torch::Tensor DdNet::pooled(const torch::Tensor& input) { return bn2_(trunk_->forward(input)).mean({2, 3}); }

torch::Tensor DdNet::logits(const torch::Tensor& pooled) { return fc_(pooled); }

IResNet::IResNet(const ResidualLayout& layout, const data::Shape& shape, int dims, double dropout)
    : dropout_(dropout) {
  conv1_ = register_module("conv1", irConvolution<2>(3, layout.stem, 3, 1));
  bn1_ = register_module("bn1", nn::BatchNorm2d(layout.stem));
  prelu_ = register_module("prelu", std::make_shared<PRelu>(layout.stem));
  int in = layout.stem;
  for (int s = 0; s < 4; ++s) {
    layers_[s] =
        register_module(fmt::format("layer{}", s + 1), stage(in, layout.channels[s], layout.blocks[s]));
    in = layout.channels[s];
  }
  const int down = (shape.height + 15) / 16,
            across = (shape.width + 15) / 16;  // four stride-2 convolutions, each rounding up
  bn2_ = register_module("bn2", nn::BatchNorm2d(in));
  fc_ = register_module("fc", nn::Linear(in * down * across, dims));
  features_ = register_module("features", nn::BatchNorm1d(dims));
  features_->weight.set_requires_grad(false);  // stays 1, as InsightFace does
}

torch::Tensor IResNet::forward(const torch::Tensor& input) {
  auto x = prelu_->forward(bn1_(conv1_(input)));
  for (auto& layer : layers_) x = layer->forward(x);
  auto last = bn2_(x).flatten(1);
  if (dropout_ > 0) last = torch::dropout(last, dropout_, is_training());
  return features_(fc_(last));
}

namespace {
std::shared_ptr<Network> iresnet(const NetworkOptions& o, std::array<int, 4> blocks) {
  return std::make_shared<IResNet>(ResidualLayout{.blocks = blocks}, o.shape(), o.dims, o.dropout);
}
}  // namespace

std::shared_ptr<Network> makeDdnetR18(const NetworkOptions&) { return std::make_shared<DdNet>(kLightLayout); }
std::shared_ptr<Network> makeDdnetR34(const NetworkOptions&) {
  auto layout = kLightLayout;
  layout.blocks = {3, 4, 6, 3};
  return std::make_shared<DdNet>(layout);
}
std::shared_ptr<Network> makeDdnetFull(const NetworkOptions&) {
  return std::make_shared<DdNet>(ResidualLayout{});
}
std::shared_ptr<Network> makeIresnet18(const NetworkOptions& o) { return iresnet(o, {2, 2, 2, 2}); }
std::shared_ptr<Network> makeIresnet34(const NetworkOptions& o) { return iresnet(o, {3, 4, 6, 3}); }
std::shared_ptr<Network> makeIresnet50(const NetworkOptions& o) { return iresnet(o, {3, 4, 14, 3}); }
std::shared_ptr<Network> makeIresnet100(const NetworkOptions& o) { return iresnet(o, {3, 13, 30, 3}); }

}  // namespace discern::networks
