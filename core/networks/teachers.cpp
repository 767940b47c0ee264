#include "core/networks/teachers.h"

#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/networks/chain.h"
#include "core/networks/feature_network.h"

namespace discern::networks {
namespace {

namespace nn = torch::nn;

nn::Conv2d plain(int in, int out, int kernel, int stride, int padding) {
  return nn::Conv2d(nn::Conv2dOptions(in, out, kernel).stride(stride).padding(padding).bias(false));
}

using Pair = std::array<std::int64_t, 2>;

// Convolution, batch norm, ReLU.
struct BasicConv : nn::Module {
  BasicConv(int in, int out, Pair kernel, int stride = 1, Pair padding = {0, 0})
      : conv(register_module("conv", nn::Conv2d(nn::Conv2dOptions(in, out, {kernel[0], kernel[1]})
                                                    .stride(stride)
                                                    .padding({padding[0], padding[1]})
                                                    .bias(false)))),
        bn(register_module("bn", nn::BatchNorm2d(nn::BatchNorm2dOptions(out).eps(1e-3)))) {}
  torch::Tensor forward(const torch::Tensor& input) { return bn(conv(input)).relu_(); }

  nn::Conv2d conv;
  nn::BatchNorm2d bn;
};

// 1x1, 3x3 of the same size, 3x3 of stride 2 without padding.
BasicConv point(int in, int out) { return {in, out, {1, 1}}; }
BasicConv square(int in, int out) { return {in, out, {3, 3}, 1, {1, 1}}; }
BasicConv halving(int in, int out) { return {in, out, {3, 3}, 2}; }

// Branches side by side, joined by a 1x1 convolution that is added, scaled, to the input.
struct Residual : nn::Module {
  Residual(double s, bool r, int channels, int joined, BasicConv first,
           std::vector<std::shared_ptr<Chain>> others)
      : scale(s),
        relu(r),
        branch0(register_module("branch0", std::make_shared<BasicConv>(std::move(first)))) {
    for (std::size_t i = 0; i < others.size(); ++i)
      branches.push_back(register_module(fmt::format("branch{}", i + 1), others[i]));
    join = register_module("conv2d", nn::Conv2d(nn::Conv2dOptions(joined, channels, 1)));
  }
  torch::Tensor forward(const torch::Tensor& input) {
    std::vector<torch::Tensor> parts = {branch0->forward(input)};
    for (auto& branch : branches) parts.push_back(branch->forward(input));
    const auto out = join(torch::cat(parts, 1)) * scale + input;
    return relu ? torch::relu(out) : out;
  }

  double scale;
  bool relu;
  std::shared_ptr<BasicConv> branch0;
  std::vector<std::shared_ptr<Chain>> branches;
  nn::Conv2d join{nullptr};
};

Residual block35() {
  return {0.17,
          true,
          256,
          96,
          point(256, 32),
          {chain(point(256, 32), square(32, 32)), chain(point(256, 32), square(32, 32), square(32, 32))}};
}
Residual block17() {
  return {0.10,
          true,
          896,
          256,
          point(896, 128),
          {chain(point(896, 128), BasicConv(128, 128, {1, 7}, 1, {0, 3}),
                 BasicConv(128, 128, {7, 1}, 1, {3, 0}))}};
}
Residual block8(double scale, bool relu) {
  return {scale,
          relu,
          1792,
          384,
          point(1792, 192),
          {chain(point(1792, 192), BasicConv(192, 192, {1, 3}, 1, {0, 1}),
                 BasicConv(192, 192, {3, 1}, 1, {1, 0}))}};
}

// Branches side by side with a max-pool, which halve the resolution.
struct Reduction : nn::Module {
  explicit Reduction(std::vector<nn::AnyModule> parts) : branches(std::move(parts)) {
    for (std::size_t i = 0; i < branches.size(); ++i)
      register_module(fmt::format("branch{}", i), branches[i].ptr());
  }
  torch::Tensor forward(const torch::Tensor& input) {
    std::vector<torch::Tensor> parts;
    for (auto& branch : branches) parts.push_back(branch.forward(input));
    parts.push_back(torch::max_pool2d(input, 3, 2));
    return torch::cat(parts, 1);
  }

  std::vector<nn::AnyModule> branches;
};

Reduction mixed6a() {
  return Reduction({nn::AnyModule(halving(256, 384)),
                    nn::AnyModule(chain(point(256, 192), square(192, 192), halving(192, 256)))});
}
Reduction mixed7a() {
  return Reduction({nn::AnyModule(chain(point(896, 256), halving(256, 384))),
                    nn::AnyModule(chain(point(896, 256), halving(256, 256))),
                    nn::AnyModule(chain(point(896, 256), square(256, 256), halving(256, 256)))});
}

struct ResNetBottleneck : nn::Module {
  // late: the stride is in the 3x3 convolution.
  ResNetBottleneck(int in, int inner, int stride, bool late)
      : conv1(register_module("conv1", plain(in, inner, 1, late ? 1 : stride, 0))),
        bn1(register_module("bn1", nn::BatchNorm2d(inner))),
        conv2(register_module("conv2", plain(inner, inner, 3, late ? stride : 1, 1))),
        bn2(register_module("bn2", nn::BatchNorm2d(inner))),
        conv3(register_module("conv3", plain(inner, 4 * inner, 1, 1, 0))),
        bn3(register_module("bn3", nn::BatchNorm2d(4 * inner))) {
    if (stride != 1 || in != 4 * inner)
      downsample = register_module(
          "downsample", nn::Sequential(plain(in, 4 * inner, 1, stride, 0), nn::BatchNorm2d(4 * inner)));
  }
  torch::Tensor forward(const torch::Tensor& input) {
    auto x = bn1(conv1(input)).relu_();
    x = bn2(conv2(x)).relu_();
    return (bn3(conv3(x)) + (downsample ? downsample->forward(input) : input)).relu_();
  }

  nn::Conv2d conv1;
  nn::BatchNorm2d bn1;
  nn::Conv2d conv2;
  nn::BatchNorm2d bn2;
  nn::Conv2d conv3;
  nn::BatchNorm2d bn3;
  nn::Sequential downsample{nullptr};
};

}  // namespace

VggFace::VggFace(int size, int width, int hidden) {
  if (size != 224)
    fail("vggface takes faces of 224 px, not {}; its first linear layer is tied to them", size);
  int in = 3, out = width;
  for (const int convolutions : {2, 2, 3, 3, 3}) {
    auto& stage = stages_.emplace_back();
    for (int i = 0; i < convolutions; ++i) {
      stage.push_back(register_module(fmt::format("conv{}_{}", stages_.size(), i + 1),
                                      nn::Conv2d(nn::Conv2dOptions(in, out, 3).padding(1))));
      in = out;
    }
    if (stages_.size() < 4) out *= 2;
  }
  fc6_ = register_module("fc6", nn::Linear(in * 7 * 7, hidden));
  fc7_ = register_module("fc7", nn::Linear(hidden, hidden));
}

torch::Tensor VggFace::forward(const torch::Tensor& input) {
  auto x = input;
  for (auto& stage : stages_) {
    for (auto& convolution : stage) x = convolution(x).relu_();
    x = torch::max_pool2d(x, 2);
  }
  return fc7_(fc6_(x.flatten(1)).relu_()).relu_();
}

FaceNet::FaceNet(int size) {
  if (size < 96) fail("facenet takes faces of 96 px and more (160 is usual), not {}", size);
  using Modules = std::vector<nn::AnyModule>;
  const auto add = [this](Modules& sequence, const std::string& name, auto module) {
    sequence.emplace_back(register_module(name, std::make_shared<decltype(module)>(std::move(module))));
  };
  const auto repeat = [this](Modules& sequence, const std::string& name, int times, auto make) {
    auto blocks = chain();
    for (int i = 0; i < times; ++i) blocks->push_back(make());
    sequence.emplace_back(register_module(name, blocks));
  };
  add(stem_, "conv2d_1a", halving(3, 32));
  add(stem_, "conv2d_2a", BasicConv(32, 32, {3, 3}));
  add(stem_, "conv2d_2b", square(32, 64));
  add(body_, "conv2d_3b", point(64, 80));
  add(body_, "conv2d_4a", BasicConv(80, 192, {3, 3}));
  add(body_, "conv2d_4b", halving(192, 256));
  repeat(body_, "repeat_1", 5, block35);
  add(body_, "mixed_6a", mixed6a());
  repeat(body_, "repeat_2", 10, block17);
  add(body_, "mixed_7a", mixed7a());
  repeat(body_, "repeat_3", 5, [] { return block8(0.20, true); });
  add(body_, "block8", block8(1.0, false));
  linear_ = register_module("last_linear", nn::Linear(nn::LinearOptions(1792, 512).bias(false)));
  norm_ = register_module("last_bn", nn::BatchNorm1d(nn::BatchNorm1dOptions(512).eps(1e-3)));
}

torch::Tensor FaceNet::forward(const torch::Tensor& input) {
  auto x = input;
  for (auto& module : stem_) x = module.forward(x);
  x = torch::max_pool2d(x, 3, 2);
  for (auto& module : body_) x = module.forward(x);
  return norm_(linear_(x.mean({2, 3})));
}

VggFace2::VggFace2(int size, double width, ResNetLayout layout) : layout_(layout) {
  if (size < 32) fail("vggface2 takes faces of 32 px and more (224 is usual), not {}", size);
  const auto wide = [width](int channels) {
    return std::max(8, 8 * static_cast<int>(std::lround(channels * width / 8)));
  };
  int in = wide(64);
  conv_ = register_module("conv1", plain(3, in, 7, 2, 3));
  norm_ = register_module("bn1", nn::BatchNorm2d(in));
  const std::array<int, 4> blocks = {3, 4, 6, 3};
  for (int stage = 0; stage < 4; ++stage) {
    const int inner = wide(64 << stage);
    nn::Sequential layer;
    for (int i = 0; i < blocks[static_cast<std::size_t>(stage)]; ++i) {
      layer->push_back(
          ResNetBottleneck(in, inner, i == 0 && stage > 0 ? 2 : 1, layout == ResNetLayout::Torchvision));
      in = 4 * inner;
    }
    layers_.push_back(register_module(fmt::format("layer{}", stage + 1), layer));
  }
  channels_ = in;
}

torch::Tensor VggFace2::forward(const torch::Tensor& input) {
  // Caffe's rounding: no padding, but a last window that hangs over.
  const bool caffe = layout_ == ResNetLayout::Caffe;
  auto x = torch::max_pool2d(norm_(conv_(input)).relu_(), 3, 2, caffe ? 0 : 1, 1, caffe);
  for (auto& layer : layers_) x = layer->forward(x);
  return x.mean({2, 3});
}

namespace {
std::shared_ptr<Network> resNet50(const NetworkOptions& o, ResNetLayout layout) {
  const auto trunk = std::make_shared<VggFace2>(224, o.width, layout);
  return std::make_shared<FeatureNetwork>(trunk, trunk->channels(), o);
}
}  // namespace

std::shared_ptr<Network> makeResNet50(const NetworkOptions& o) { return resNet50(o, ResNetLayout::Caffe); }
std::shared_ptr<Network> makeResNet50V15(const NetworkOptions& o) {
  return resNet50(o, ResNetLayout::Torchvision);
}
std::shared_ptr<Network> makeVggFace(const NetworkOptions& o) { return std::make_shared<VggFace>(o.size); }
std::shared_ptr<Network> makeFaceNet(const NetworkOptions& o) { return std::make_shared<FaceNet>(o.size); }
std::shared_ptr<Network> makeVggFace2(const NetworkOptions& o) { return std::make_shared<VggFace2>(o.size); }

}  // namespace discern::networks
