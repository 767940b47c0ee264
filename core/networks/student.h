// The student of SKD (Low-resolution Face Recognition in the Wild via Selective Knowledge Distillation): 0.79
// M parameters without its softmax at D = 4096.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/networks/network.h"
#include "core/networks/student_engine.h"

namespace discern::networks {

// Ten convolutions, batch norm and ReLU after each: 3x3 16, pool, 3x3 32, 1x1 16, 3x3 32, pool, 3x3 64, 1x1
// 32, 3x3 64, pool, 3x3 128, 1x1 64, 1x1 32; global average pool; linear to the teacher's width D (mimic),
// linear to the identity layer. The softmax is a Head (heads.h).
struct Student : Network {
  // size: 16, 32, 64 or 96; identityDims usually 128 or 1024. Throws Error naming what does not fit.
  Student(int size, int dims, int identityDims);

  torch::Tensor pooled(const torch::Tensor& input);            // N x 32, what the linear layers see
  torch::Tensor mimic(const torch::Tensor& input);             // N x D
  torch::Tensor identity(const torch::Tensor& mimic);          // N x D -> N x identityDims
  torch::Tensor forward(const torch::Tensor& input) override;  // the identity layer: N x identityDims
  // The identity layer's own parameters, which regression alone never moves.
  std::vector<torch::Tensor> identityParameters() const { return identity_->parameters(); }

  // What StudentEngine runs: batch norm folded. The network must hold finite running statistics.
  StudentWeights weights() const;

 private:
  int size_;
  std::array<torch::nn::Conv2d, 10> convolutions_{nullptr, nullptr, nullptr, nullptr, nullptr,
                                                  nullptr, nullptr, nullptr, nullptr, nullptr};
  std::array<torch::nn::BatchNorm2d, 10> norms_{nullptr, nullptr, nullptr, nullptr, nullptr,
                                                nullptr, nullptr, nullptr, nullptr, nullptr};
  torch::nn::Linear mimic_{nullptr}, identity_{nullptr};
};

const std::vector<int>& studentSizes();  // 16 32 64 96
// "S-16-sc", the paper's names. mode: "c", "s", "sc", "dc".
std::string studentName(int size, const std::string& mode);

}  // namespace discern::networks
