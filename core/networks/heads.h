// Classification heads for training a recogniser; they are dropped afterwards. catalog/heads.def lists them.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/catalog/heads.h"
#include "core/networks/network.h"

namespace discern::networks {

struct HeadOptions {
  std::string kind = "arcface";  // a name of catalog::heads()
  int dims = 512;
  int classes = 0;
  double scale = 32;    // s: the cosines' factor; 0, where the head takes it: the length of the feature
  double margin = 0.4;  // m: what it does is said in catalog/heads.def
  bool anneal = false;  // of a head that can: the margin comes step by step (Head::easing)
  std::uint64_t seed = 1;
};

struct HeadOutput {
  torch::Tensor logits;  // N x classes, with the margin in the true class: for the cross-entropy
  torch::Tensor scores;  // N x classes, without margin or gradient: for the accuracy
};

struct Head;
// features: N x dims; labels: N.
using HeadFunction = HeadOutput (*)(const Head& head, const torch::Tensor& features,
                                    const torch::Tensor& labels);

struct Head : torch::nn::Module {
  // Throws Error: an unknown kind (lists them), fewer than two classes, a margin out of range.
  explicit Head(const HeadOptions& options);
  HeadOutput forward(const torch::Tensor& features, const torch::Tensor& labels);

  torch::Tensor weight;  // classes x dims
  torch::Tensor bias;    // classes, where its HeadInfo says so
  // How many steps it was trained, a float64 scalar, kept with a training's state; not there without anneal.
  torch::Tensor steps;
  // SphereFace's lambda: what the true class gets is (lambda cos theta + psi) / (1 + lambda), with lambda =
  // max(5, 1000 / (1 + 0.12 steps)). 0 without anneal.
  double easing() const;
  const HeadOptions options;

 private:
  HeadFunction function_;
};

// Cosines between normalised features and weights, times the scale; in the true class what `withMargin` makes
// of the cosine (N x 1) and the margin.
HeadOutput marginOutput(
    const Head& head, const torch::Tensor& features, const torch::Tensor& labels,
    const std::function<torch::Tensor(const torch::Tensor& cosine, double m)>& withMargin);
// The derivative of acos is infinite at 1.
torch::Tensor awayFromOne(const torch::Tensor& cosine);

// A head of a program's own, before it trains; throws Error when the name is taken.
void registerHead(const catalog::HeadInfo& info, HeadFunction function);

}  // namespace discern::networks
