// The block of residual.h's networks, for pictures (D = 2) and for clips (D = 3).
#pragma once

#include <array>
#include <memory>

#include "core/networks/prelu.h"
#include "core/networks/residual.h"

namespace discern::networks {

// LibTorch's layers over D dimensions.
template <int D>
struct LayersOf;
template <>
struct LayersOf<2> {
  using Convolution = torch::nn::Conv2d;
  using Norm = torch::nn::BatchNorm2d;
};
template <>
struct LayersOf<3> {
  using Convolution = torch::nn::Conv3d;
  using Norm = torch::nn::BatchNorm3d;
};

template <int D>
typename LayersOf<D>::Convolution irConvolution(int in, int out, int kernel, int stride) {
  return typename LayersOf<D>::Convolution(
      torch::nn::ConvOptions<D>(in, out, kernel).stride(stride).padding(kernel / 2).bias(false));
}

template <int D>
struct IrBlock : torch::nn::Module {
  using Convolution = typename LayersOf<D>::Convolution;
  using Norm = typename LayersOf<D>::Norm;

  IrBlock(int in, int out, int stride)
      : bn1(register_module("bn1", Norm(in))),
        conv1(register_module("conv1", irConvolution<D>(in, out, 3, 1))),
        bn2(register_module("bn2", Norm(out))),
        act(register_module("prelu", std::make_shared<PRelu>(out))),
        conv2(register_module("conv2", irConvolution<D>(out, out, 3, stride))),
        bn3(register_module("bn3", Norm(out))) {
    if (stride != 1 || in != out)
      downsample = register_module("downsample",
                                   torch::nn::Sequential(irConvolution<D>(in, out, 1, stride), Norm(out)));
  }

  torch::Tensor forward(const torch::Tensor& input) {
    auto x = conv2(act->forward(bn2(conv1(bn1(input)))));
    return bn3(x) + (downsample ? downsample->forward(input) : input);
  }

  Norm bn1;
  Convolution conv1;
  Norm bn2;
  std::shared_ptr<PRelu> act;
  Convolution conv2;
  Norm bn3;
  torch::nn::Sequential downsample{nullptr};
};

// The stem and the four stages, one block behind the other.
template <int D>
torch::nn::Sequential irTrunk(const ResidualLayout& layout) {
  torch::nn::Sequential trunk(irConvolution<D>(3, layout.stem, 3, 1), typename LayersOf<D>::Norm(layout.stem),
                              PRelu(layout.stem));
  int in = layout.stem;
  for (std::size_t s = 0; s < layout.channels.size(); ++s)
    for (int i = 0; i < layout.blocks[s]; ++i) {
      trunk->push_back(IrBlock<D>(in, layout.channels[s], i == 0 ? 2 : 1));
      in = layout.channels[s];
    }
  return trunk;
}

}  // namespace discern::networks
