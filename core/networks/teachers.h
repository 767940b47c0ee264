// The heavy recognisers of SKD as they were published; layer names are those of their PyTorch weights. Each
// leaves out its classifier.
#pragma once

#include <vector>

#include "core/networks/network.h"

namespace discern::networks {

// VGGFace (Parkhi et al. 2015), VGG-16: fc7 after its ReLU.
// Input 224 px, BGR, minus the mean. Names: conv1_1 .. fc7.
struct VggFace : Network {
  // width: channels of the first stage; hidden: units of fc6 and fc7. Another size than 224 throws Error.
  explicit VggFace(int size = 224, int width = 64, int hidden = 4096);
  torch::Tensor forward(const torch::Tensor& input) override;  // N x hidden

 private:
  std::vector<std::vector<torch::nn::Conv2d>> stages_;
  torch::nn::Linear fc6_{nullptr}, fc7_{nullptr};
};

// FaceNet (Schroff et al. 2015) as Inception-ResNet v1 with facenet-pytorch's names and epsilons. Input 160
// px. The output is that of last_bn: 512 values, not normalised.
struct FaceNet : Network {
  explicit FaceNet(int size = 160);
  torch::Tensor forward(const torch::Tensor& input) override;  // N x 512

 private:
  std::vector<torch::nn::AnyModule> stem_, body_;  // before and after the first pooling
  torch::nn::Linear linear_{nullptr};
  torch::nn::BatchNorm1d norm_{nullptr};
};

// Where a ResNet-50 halves: in a block's first 1x1 convolution and in a pool that rounds up (He et al. 2016,
// whose weights are Caffe's), or in the 3x3 convolution and a padded pool ("v1.5", torchvision's).
enum class ResNetLayout { Caffe, Torchvision };

// VGGFace2 (Cao et al. 2018), a ResNet-50: average of the last map. Input 224 px, BGR, minus the mean. Names
// as torchvision's: conv1, bn1, layer1.0.conv1 ... The trunk of resnet50 and resnet50-v1.5, too.
struct VggFace2 : Network {
  // width: channel multiplier
  explicit VggFace2(int size = 224, double width = 1, ResNetLayout layout = ResNetLayout::Caffe);
  int channels() const { return channels_; }                   // of the output
  torch::Tensor forward(const torch::Tensor& input) override;  // N x channels(), 2048

 private:
  ResNetLayout layout_;
  int channels_ = 0;
  torch::nn::Conv2d conv_{nullptr};
  torch::nn::BatchNorm2d norm_{nullptr};
  std::vector<torch::nn::Sequential> layers_;
};

}  // namespace discern::networks
