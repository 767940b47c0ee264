// Costs against arithmetic done by hand.
#include "core/networks/cost.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace discern::networks {
namespace {

namespace nn = torch::nn;

// One layer on a 3 x size x size image.
struct OneLayer : Network {
  explicit OneLayer(nn::AnyModule l) : layer(std::move(l)) { register_module("layer", layer.ptr()); }
  torch::Tensor forward(const torch::Tensor& input) override { return layer.forward(input); }
  nn::AnyModule layer;
};

TEST(CountCost, Convolution) {
  OneLayer network(nn::AnyModule(nn::Conv2d(nn::Conv2dOptions(3, 8, 3).stride(2).padding(1))));
  const auto cost = countCost(network, 20);
  // 10 x 10 places, 8 outputs each, 3 x 3 x 3 products per output; one addition for each output's bias.
  EXPECT_EQ(cost.macs, 10 * 10 * 8 * 27);
  EXPECT_EQ(cost.flops, 2 * 21600 + 800);
  EXPECT_EQ(cost.parameters, 8 * 27 + 8);
}

TEST(CountCost, DepthwiseConvolutionSeesOneChannelAnOutput) {
  OneLayer network(nn::AnyModule(nn::Conv2d(nn::Conv2dOptions(3, 3, 3).padding(1).groups(3).bias(false))));
  const auto cost = countCost(network, 16);
  EXPECT_EQ(cost.macs, 16 * 16 * 3 * 9);
  EXPECT_EQ(cost.flops, 2 * cost.macs);
  EXPECT_EQ(cost.parameters, 27);
}

TEST(CountCost, LinearLayer) {
  struct Flat : Network {
    Flat() : fc(register_module("fc", nn::Linear(3 * 16 * 16, 10))) {}
    torch::Tensor forward(const torch::Tensor& input) override { return fc(input.flatten(1)); }
    nn::Linear fc;
  } network;
  const auto cost = countCost(network, 16);
  EXPECT_EQ(cost.macs, 768 * 10);
  EXPECT_EQ(cost.flops, 2 * 7680 + 10);
  EXPECT_EQ(cost.parameters, 7690);
}

TEST(CountCost, ElementWiseWorkIsFlopsWithoutMacs) {
  struct Elementwise : Network {
    Elementwise()
        : bn(register_module("bn", nn::BatchNorm2d(3))), prelu(register_module("prelu", nn::PReLU())) {}
    torch::Tensor forward(const torch::Tensor& input) override {
      return torch::sigmoid((prelu(bn(input)) + input).mean({2, 3}));
    }
    nn::BatchNorm2d bn;
    nn::PReLU prelu;
  } network;
  const auto cost = countCost(network, 16);
  EXPECT_EQ(cost.macs, 0);
  // 768 elements: 2 batch norm, 1 PReLU, 1 addition, 1 pooling; 3 sigmoids.
  EXPECT_EQ(cost.flops, 768 * 5 + 3);
}

TEST(CountCost, DdnetR18StageByStage) {
  // Multiply-accumulates at 112 px; the places of a map are 112^2 = 12544, 56^2 = 3136, 28^2 = 784, 14^2 =
  // 196, 7^2 = 49. A block: 3x3 (in -> out) at the input's resolution, 3x3 (out -> out) at the output's; the
  // first of a stage has a 1x1 shortcut at the output's.
  const double stem = 9 * 3 * 8 * 12544.0;
  const double stage1 = 9 * 8 * 8 * 12544.0 + 9 * 8 * 8 * 3136.0 + 8 * 8 * 3136.0 + 2 * 9 * 8 * 8 * 3136.0;
  const double stage2 = 9 * 8 * 16 * 3136.0 + 9 * 16 * 16 * 784.0 + 8 * 16 * 784.0 + 2 * 9 * 16 * 16 * 784.0;
  const double stage3 = 9 * 16 * 32 * 784.0 + 9 * 32 * 32 * 196.0 + 16 * 32 * 196.0 + 2 * 9 * 32 * 32 * 196.0;
  const double stage4 = 9 * 32 * 48 * 196.0 + 9 * 48 * 48 * 49.0 + 32 * 48 * 49.0 + 2 * 9 * 48 * 48 * 49.0;
  EXPECT_EQ(stem, 2709504);
  EXPECT_EQ(stage1, 12845056);
  EXPECT_EQ(stage2, 9132032);
  EXPECT_EQ(stage3, 9132032);
  EXPECT_EQ(stage4, 5832960);
  const auto cost = countCost(*makeNetwork("ddnet-r18"), 112);
  EXPECT_EQ(cost.macs, stem + stage1 + stage2 + stage3 + stage4 + 48);  // and 48 of the linear unit
  // The paper's table: 81.9 MFLOPs.
  EXPECT_NEAR(cost.flops / 81.9e6, 1.0, 0.05);
  EXPECT_NEAR(2 * cost.macs / 81.9e6, 1.0, 0.05);
}

TEST(CountCost, PublishedSizes) {
  // InsightFace's model zoo and Chen et al. 2018 (0.99 M parameters and 221 M multiply-adds at 128 dims).
  EXPECT_NEAR(countCost(*makeNetwork("iresnet18", {.dims = 512}), 112).parameters / 24.02e6, 1, 0.002);
  const auto mobile = countCost(*makeNetwork("mobilefacenet", {.dims = 128}), 112);
  EXPECT_NEAR(mobile.parameters / 1.0e6, 1, 0.03);
  EXPECT_NEAR(mobile.macs / 221e6, 1, 0.01);
}

TEST(CountCost, LeavesTheNetworkAsItWas) {
  auto network = makeNetwork("mobilefacenet", {.size = 16, .width = 0.25, .dims = 16});
  network->train();
  countCost(*network, 16);
  EXPECT_TRUE(network->is_training());
  for (const auto& buffer : network->named_buffers())
    if (buffer.key().ends_with("num_batches_tracked")) {
      EXPECT_EQ(buffer.value().item<std::int64_t>(), 0) << buffer.key();
    }
}

}  // namespace
}  // namespace discern::networks
