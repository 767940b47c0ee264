#include "core/networks/residual.h"

#include <fmt/format.h>

#include "core/networks/folded.h"

namespace discern::networks {
namespace {

namespace nn = torch::nn;

nn::Conv2d convolution(int in, int out, int kernel, int stride) {
  return nn::Conv2d(nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(false));
}

struct IrBlock : nn::Module {
  IrBlock(int in, int out, int stride)
      : bn1(register_module("bn1", nn::BatchNorm2d(in))),
        conv1(register_module("conv1", convolution(in, out, 3, 1))),
        bn2(register_module("bn2", nn::BatchNorm2d(out))),
        act(register_module("prelu", std::make_shared<PRelu>(out))),
        conv2(register_module("conv2", convolution(out, out, 3, stride))),
        bn3(register_module("bn3", nn::BatchNorm2d(out))) {
    if (stride != 1 || in != out)
      downsample = register_module("downsample",
                                   nn::Sequential(convolution(in, out, 1, stride), nn::BatchNorm2d(out)));
  }

  torch::Tensor forward(const torch::Tensor& input) {
    auto x = conv2(act->forward(bn2(conv1(bn1(input)))));
    return bn3(x) + (downsample ? downsample->forward(input) : input);
  }

  nn::BatchNorm2d bn1;
  nn::Conv2d conv1;
  nn::BatchNorm2d bn2;
  std::shared_ptr<PRelu> act;
  nn::Conv2d conv2;
  nn::BatchNorm2d bn3;
  nn::Sequential downsample{nullptr};
};

template <class Module>
std::shared_ptr<Module> at(const nn::Sequential& sequence, std::size_t i) {
  return std::dynamic_pointer_cast<Module>(sequence->ptr(i));
}

nn::Sequential stage(int in, int out, int blocks) {
  nn::Sequential sequence;
  for (int i = 0; i < blocks; ++i) sequence->push_back(IrBlock(i == 0 ? in : out, out, i == 0 ? 2 : 1));
  return sequence;
}

}  // namespace

DdNet::DdNet(const ResidualLayout& layout) {
  nn::Sequential trunk(convolution(3, layout.stem, 3, 1), nn::BatchNorm2d(layout.stem), PRelu(layout.stem));
  int in = layout.stem;
  for (int s = 0; s < 4; ++s) {
    for (int i = 0; i < layout.blocks[s]; ++i) {
      trunk->push_back(IrBlock(in, layout.channels[s], i == 0 ? 2 : 1));
      in = layout.channels[s];
    }
  }
  trunk_ = register_module("trunk", trunk);
  bn2_ = register_module("bn2", nn::BatchNorm2d(in));
  fc_ = register_module("fc", nn::Linear(in, 1));
}

std::shared_ptr<Network> DdNet::folded(std::int64_t height, std::int64_t width) const {
  const torch::NoGradGuard guard;
  auto network = std::make_shared<FoldedDdnet>();
  network->stem.emplace(at<nn::Conv2dImpl>(trunk_, 0), at<nn::BatchNorm2dImpl>(trunk_, 1));
  network->stemSlopes = at<PRelu>(trunk_, 2)->weight.detach();
  for (std::size_t i = 3; i < trunk_->size(); ++i) {
    const auto block = at<IrBlock>(trunk_, i);
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
  conv1_ = register_module("conv1", convolution(3, layout.stem, 3, 1));
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
constexpr std::array<int, 4> kPaperStages = {8, 16, 32, 48};

std::shared_ptr<Network> iresnet(const NetworkOptions& o, std::array<int, 4> blocks) {
  return std::make_shared<IResNet>(ResidualLayout{.blocks = blocks}, o.shape(), o.dims, o.dropout);
}
}  // namespace

std::shared_ptr<Network> makeDdnetR18(const NetworkOptions&) {
  return std::make_shared<DdNet>(ResidualLayout{.stem = 8, .channels = kPaperStages});
}
std::shared_ptr<Network> makeDdnetR34(const NetworkOptions&) {
  return std::make_shared<DdNet>(ResidualLayout{.stem = 8, .channels = kPaperStages, .blocks = {3, 4, 6, 3}});
}
std::shared_ptr<Network> makeDdnetFull(const NetworkOptions&) {
  return std::make_shared<DdNet>(ResidualLayout{});
}
std::shared_ptr<Network> makeIresnet18(const NetworkOptions& o) { return iresnet(o, {2, 2, 2, 2}); }
std::shared_ptr<Network> makeIresnet34(const NetworkOptions& o) { return iresnet(o, {3, 4, 6, 3}); }
std::shared_ptr<Network> makeIresnet50(const NetworkOptions& o) { return iresnet(o, {3, 4, 14, 3}); }
std::shared_ptr<Network> makeIresnet100(const NetworkOptions& o) { return iresnet(o, {3, 13, 30, 3}); }

}  // namespace discern::networks
