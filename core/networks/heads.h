// Classification heads for training a recogniser; they are dropped afterwards.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/networks/network.h"

namespace discern::networks {

struct HeadOptions {
  std::string kind = "arcface";  // arcface | cosface | sphereface | softmax
  int dims = 512;
  int classes = 0;
  double scale = 32;  // s: the cosines' factor
  double margin =
      0.4;  // m: added to the angle, subtracted from the cosine, or (sphereface, >= 1) the angle's factor
  std::uint64_t seed = 1;
};

struct HeadOutput {
  torch::Tensor logits;  // N x classes, with the margin in the true class: for the cross-entropy
  torch::Tensor scores;  // N x classes, without margin or gradient: for the accuracy
};

// With cosines cos(theta_c) between normalised features and class weights, and y the true class:
//   arcface     s cos(theta_y + m); past theta_y = pi - m, where that would rise again, s (cos theta_y - m
//   sin m) cosface     s (cos theta_y - m) sphereface  s psi(theta_y), psi = (-1)^k cos(m theta) - 2k for
//   theta in [k pi / m, (k + 1) pi / m] softmax     w_c f + b_c: no normalising, no margin
struct Head : torch::nn::Module {
  // Throws Error: an unknown kind (lists them), fewer than two classes, a margin out of range.
  explicit Head(const HeadOptions& options);
  HeadOutput forward(const torch::Tensor& features, const torch::Tensor& labels);

  torch::Tensor weight;  // classes x dims
  torch::Tensor bias;    // softmax only

 private:
  torch::Tensor withMargin(const torch::Tensor& cosine) const;

  HeadOptions options_;
};

std::vector<std::string> headNames();

}  // namespace discern::networks
