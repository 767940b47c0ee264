// The DDNet of clips: the image DDNet with 3-D convolutions.
#include "core/networks/ir_block.h"

namespace discern::networks {
namespace {

namespace nn = torch::nn;

// A stage halves the frames as it halves height and width; any number of frames, any size from 16 px.
struct DdNet3d : ScoreNetwork {
  explicit DdNet3d(const ResidualLayout& layout)
      : trunk_(register_module("trunk", irTrunk<3>(layout))),
        bn2_(register_module("bn2", nn::BatchNorm3d(layout.channels.back()))),
        fc_(register_module("fc", nn::Linear(layout.channels.back(), 1))) {}
  torch::Tensor pooled(const torch::Tensor& input) override {
    return bn2_(trunk_->forward(input)).mean({2, 3, 4});
  }
  torch::Tensor logits(const torch::Tensor& pooled) override { return fc_(pooled); }
  int channels() const override { return static_cast<int>(fc_->options.in_features()); }

 private:
  nn::Sequential trunk_{nullptr};
  nn::BatchNorm3d bn2_{nullptr};
  nn::Linear fc_{nullptr};
};

}  // namespace

std::shared_ptr<Network> makeDdnet3dR18(const NetworkOptions&) {
  return std::make_shared<DdNet3d>(kLightLayout);
}

}  // namespace discern::networks
