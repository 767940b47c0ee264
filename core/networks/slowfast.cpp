// SlowFast-50, 8 x 8 (Feichtenhofer et al. 2019): a slow pathway of few frames and many channels, a fast one
// of all frames and an eighth of the channels (beta), and convolutions of stride alpha = 4 over time that
// bring the fast one's maps into the slow one. Names as pytorchvideo's, behind "trunk.": blocks.0 is the
// stem, blocks.1 to 4 are the stages.
#include <utility>

#include "core/base/error.h"
#include "core/networks/convolution3d.h"
#include "core/networks/feature_network.h"
#include "core/networks/mobilefacenet.h"

namespace discern::networks {
namespace {

namespace nn = torch::nn;

constexpr int kAlpha = 4, kBeta = 8;  // frames of the fast pathway a slow one; slow channels a fast one

// A part of one pathway.
struct Path : nn::Module {
  virtual torch::Tensor forward(const torch::Tensor& input) = 0;
};

struct Stem : Path {
  Stem(int channels, int frames)
      : conv(register_module("conv", convolution3d(3, channels, {frames, 7, 7}, {1, 2, 2}))),
        norm(register_module("norm", nn::BatchNorm3d(channels))) {}
  torch::Tensor forward(const torch::Tensor& input) override {
    return torch::max_pool3d(norm(conv(input)).relu_(), {1, 3, 3}, {1, 2, 2}, {0, 1, 1});
  }

  nn::Conv3d conv;
  nn::BatchNorm3d norm;
};

struct Bottleneck : Path {
  Bottleneck(int in, int inner, int frames, int stride)
      : conv_a(register_module("conv_a", convolution3d(in, inner, {frames, 1, 1}))),
        norm_a(register_module("norm_a", nn::BatchNorm3d(inner))),
        conv_b(register_module("conv_b", convolution3d(inner, inner, {1, 3, 3}, {1, stride, stride}))),
        norm_b(register_module("norm_b", nn::BatchNorm3d(inner))),
        conv_c(register_module("conv_c", convolution3d(inner, 4 * inner, {1, 1, 1}))),
        norm_c(register_module("norm_c", nn::BatchNorm3d(4 * inner))) {}
  torch::Tensor forward(const torch::Tensor& input) override {
    const auto x = norm_a(conv_a(input)).relu_();
    return norm_c(conv_c(norm_b(conv_b(x)).relu_()));
  }

  nn::Conv3d conv_a;
  nn::BatchNorm3d norm_a;
  nn::Conv3d conv_b;
  nn::BatchNorm3d norm_b;
  nn::Conv3d conv_c;
  nn::BatchNorm3d norm_c;
};

struct Block : Path {
  Block(int in, int inner, int frames, int stride)
      : branch2(register_module("branch2", std::make_shared<Bottleneck>(in, inner, frames, stride))) {
    if (in == 4 * inner) return;
    conv = register_module("branch1_conv", convolution3d(in, 4 * inner, {1, 1, 1}, {1, stride, stride}));
    norm = register_module("branch1_norm", nn::BatchNorm3d(4 * inner));
  }
  torch::Tensor forward(const torch::Tensor& input) override {
    return ((conv ? norm(conv(input)) : input) + branch2->forward(input)).relu_();
  }

  std::shared_ptr<Bottleneck> branch2;
  nn::Conv3d conv{nullptr};
  nn::BatchNorm3d norm{nullptr};
};

struct Stage : Path {
  Stage(int in, int inner, int frames, int stride, int count) {
    nn::ModuleList list;
    for (int i = 0; i < count; ++i) {
      blocks.push_back(std::make_shared<Block>(i == 0 ? in : 4 * inner, inner, frames, i == 0 ? stride : 1));
      list->push_back(blocks.back());
    }
    register_module("res_blocks", list);
  }
  torch::Tensor forward(const torch::Tensor& input) override {
    auto x = input;
    for (auto& block : blocks) x = block->forward(x);
    return x;
  }

  std::vector<std::shared_ptr<Block>> blocks;
};

struct Fusion : Path {
  explicit Fusion(int fast)
      : conv(register_module("conv_fast_to_slow", convolution3d(fast, 2 * fast, {7, 1, 1}, {kAlpha, 1, 1}))),
        norm(register_module("norm", nn::BatchNorm3d(2 * fast))) {}
  torch::Tensor forward(const torch::Tensor& input) override { return norm(conv(input)).relu_(); }

  nn::Conv3d conv;
  nn::BatchNorm3d norm;
};

using Maps = std::pair<torch::Tensor, torch::Tensor>;  // of the slow and of the fast pathway

// Both pathways side by side, and what the slow one then gets of the fast one.
struct Level : nn::Module {
  Level(std::shared_ptr<Path> s, std::shared_ptr<Path> f, std::shared_ptr<Fusion> between)
      : slow(std::move(s)), fast(std::move(f)), fusion(std::move(between)) {
    nn::ModuleList list;
    list->push_back(slow);
    list->push_back(fast);
    register_module("multipathway_blocks", list);
    if (fusion) register_module("multipathway_fusion", fusion);
  }
  Maps forward(const Maps& maps) {
    Maps out{slow->forward(maps.first), fast->forward(maps.second)};
    if (fusion) out.first = torch::cat({out.first, fusion->forward(out.second)}, 1);
    return out;
  }

  std::shared_ptr<Path> slow, fast;
  std::shared_ptr<Fusion> fusion;
};

// The averages of the last maps of both, side by side.
struct SlowFast : Network {
  explicit SlowFast(double width) {
    int slow = scaledChannels(64, width), inner = slow;  // channels that come into a stage, and inside of it
    add(std::make_shared<Stem>(slow, 1), std::make_shared<Stem>(slow / kBeta, 5),
        std::make_shared<Fusion>(slow / kBeta));
    for (int stage = 0; const int count : {3, 4, 6, 3}) {
      const int stride = stage == 0 ? 1 : 2, last = 4 * inner;
      add(std::make_shared<Stage>(slow + 2 * slow / kBeta, inner, stage < 2 ? 1 : 3, stride, count),
          std::make_shared<Stage>(slow / kBeta, inner / kBeta, 3, stride, count),
          stage < 3 ? std::make_shared<Fusion>(last / kBeta) : nullptr);
      slow = last;
      inner *= 2;
      ++stage;
    }
    channels = slow + slow / kBeta;
    register_module("blocks", blocks_);
  }
  torch::Tensor forward(const torch::Tensor& input) override {
    Maps maps{input.index_select(2, slowFrames(input.size(2)).to(input.device())), input};
    for (auto& level : levels_) maps = level->forward(maps);
    return torch::cat({maps.first.mean({2, 3, 4}), maps.second.mean({2, 3, 4})}, 1);
  }

  int channels = 0;

 private:
  void add(std::shared_ptr<Path> slow, std::shared_ptr<Path> fast, std::shared_ptr<Fusion> fusion) {
    levels_.push_back(std::make_shared<Level>(std::move(slow), std::move(fast), std::move(fusion)));
    blocks_->push_back(levels_.back());
  }
  // Every fourth frame, spread from the first to the last one, as the published weights were trained with.
  static torch::Tensor slowFrames(std::int64_t frames) {
    const std::int64_t count = frames / kAlpha;
    std::vector<std::int64_t> chosen;
    for (std::int64_t i = 0; i < count; ++i)
      chosen.push_back(i * (frames - 1) / std::max<std::int64_t>(1, count - 1));
    return torch::tensor(chosen, torch::kInt64);
  }

  std::vector<std::shared_ptr<Level>> levels_;
  nn::ModuleList blocks_;
};

}  // namespace

std::shared_ptr<Network> makeSlowFast50(const NetworkOptions& o) {
  if (o.frames % kAlpha != 0)
    fail("slowfast-50 takes clips of a multiple of {} frames (32 is usual), not {}", kAlpha, o.frames);
  const auto trunk = std::make_shared<SlowFast>(o.width);
  return std::make_shared<FeatureNetwork>(trunk, trunk->channels, o);
}

}  // namespace discern::networks
