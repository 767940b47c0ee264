// ResNets of 3-D convolutions (Tran et al. 2018) with bottlenecks, as torchvision's VideoResNet makes them:
// R3D-50 of 3x3x3 convolutions, R(2+1)D-50 of one over space and one over time in their place. Names as
// torchvision's, behind "trunk.": stem.0, layer1.0.conv1.0 ...
#include "core/networks/chain.h"
#include "core/networks/convolution3d.h"
#include "core/networks/feature_network.h"
#include "core/networks/mobilefacenet.h"

namespace discern::networks {
namespace {

namespace nn = torch::nn;

constexpr Triple kPoint{1, 1, 1}, kCube{3, 3, 3};

std::shared_ptr<Chain> normed(int in, int out, const Triple& stride = kPoint) {
  return chain(convolution3d(in, out, kPoint, stride), nn::BatchNorm3d(out));
}

// Through `middle` channels between space and time.
std::shared_ptr<Chain> spaceThenTime(int channels, int middle, int stride) {
  return chain(convolution3d(channels, middle, {1, 3, 3}, {1, stride, stride}), nn::BatchNorm3d(middle),
               nn::ReLU(), convolution3d(middle, channels, {3, 1, 1}, {stride, 1, 1}));
}

struct Block : nn::Module {
  Block(int in, int inner, int stride, bool factorised)
      : conv1(register_module("conv1", normed(in, inner))),
        conv2(register_module("conv2", std::make_shared<Chain>())),
        conv3(register_module("conv3", normed(inner, 4 * inner))) {
    // torchvision's rule: of the block's own input, so that a later block of a stage has more in between.
    if (factorised)
      conv2->push_back(spaceThenTime(inner, in * inner * 27 / (in * 9 + 3 * inner), stride));
    else
      conv2->push_back(convolution3d(inner, inner, kCube, {stride, stride, stride}));
    conv2->push_back(nn::BatchNorm3d(inner));
    if (stride != 1 || in != 4 * inner)
      downsample = register_module("downsample", normed(in, 4 * inner, {stride, stride, stride}));
  }
  torch::Tensor forward(const torch::Tensor& input) {
    const auto x = conv2->forward(conv1->forward(input).relu_()).relu_();
    return (conv3->forward(x) + (downsample ? downsample->forward(input) : input)).relu_();
  }

  std::shared_ptr<Chain> conv1, conv2, conv3, downsample;
};

// The average of the last maps of N x 3 x frames x height x width, any of them from one frame and 16 px on.
struct VideoResNet : Network {
  VideoResNet(double width, bool factorised) : channels(scaledChannels(64, width)) {
    const int middle = 45 * channels / 64;
    const Triple halved{1, 2, 2};
    stem_ = register_module(
        "stem", factorised
                    ? chain(convolution3d(3, middle, {1, 7, 7}, halved), nn::BatchNorm3d(middle), nn::ReLU(),
                            convolution3d(middle, channels, {3, 1, 1}), nn::BatchNorm3d(channels))
                    : chain(convolution3d(3, channels, {3, 7, 7}, halved), nn::BatchNorm3d(channels)));
    for (int stage = 0; const int blocks : {3, 4, 6, 3}) {
      const int inner = scaledChannels(64 << stage, width);
      const auto layer = std::make_shared<Chain>();
      for (int i = 0; i < blocks; ++i) {
        layer->push_back(Block(channels, inner, i == 0 && stage > 0 ? 2 : 1, factorised));
        channels = 4 * inner;
      }
      layers_.push_back(register_module(fmt::format("layer{}", ++stage), layer));
    }
  }
  torch::Tensor forward(const torch::Tensor& input) override {
    auto x = stem_->forward(input).relu_();
    for (auto& layer : layers_) x = layer->forward(x);
    return x.mean({2, 3, 4});
  }

  int channels;  // of the last maps

 private:
  std::shared_ptr<Chain> stem_;
  std::vector<std::shared_ptr<Chain>> layers_;
};

std::shared_ptr<Network> videoResNet(const NetworkOptions& o, bool factorised) {
  const auto trunk = std::make_shared<VideoResNet>(o.width, factorised);
  return std::make_shared<FeatureNetwork>(trunk, trunk->channels, o);
}

}  // namespace

std::shared_ptr<Network> makeR3d50(const NetworkOptions& o) { return videoResNet(o, false); }
std::shared_ptr<Network> makeR2plus1d50(const NetworkOptions& o) { return videoResNet(o, true); }

}  // namespace discern::networks
