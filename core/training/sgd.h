// The optimiser's parts: a learning rate for each step, and
// stochastic gradient descent whose state is plain tensors.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/training/options.h"
#include "core/training/together.h"

namespace discern::training {

struct Schedule {
  double learningRate = 0.1;
  double warmup = 0;  // epochs of linear warm-up
  Falling kind = Falling::Cosine;
  std::vector<int> steps;  // epochs at which step divides by 10
  int epochs = 1;
  std::int64_t stepsPerEpoch = 1;
};
// For step 0 .. epochs * stepsPerEpoch - 1.
double learningRateAt(const Schedule& schedule, std::int64_t step);

// v = momentum v + (g + decay w); w -= rate v. Weight decay is for weights of convolutions and linear layers
// (tensors of two and more dimensions): biases, batch norm and PReLU slopes are left alone.
class Sgd {
 public:
  Sgd(const torch::nn::Module& module, double momentum, double weightDecay);

  void zeroGradients();
  // Those of all ranks, as one flat tensor.
  void sumGradients(Ranks& ranks);
  // Scales the gradients down to a common norm of at most `limit`.
  void clip(double limit);
  void step(double learningRate);

  // Momentum by parameter name; the tensors are the live ones.
  const std::map<std::string, torch::Tensor>& momentum() const { return named_; }

 private:
  std::vector<torch::Tensor> parameters_, buffers_, decayed_;
  std::map<std::string, torch::Tensor> named_;
  double momentum_, weightDecay_;

  std::vector<torch::Tensor> gradients(const std::vector<torch::Tensor>& of) const;
};

// bfloat16 convolutions and products on CUDA while it lives; nothing on the CPU. bfloat16 has float32's
// range, so no loss scaling is needed.
class Autocast {
 public:
  Autocast(bool enabled, torch::Device device);
  ~Autocast();
  Autocast(const Autocast&) = delete;
  Autocast& operator=(const Autocast&) = delete;

 private:
  bool active_;
};

}  // namespace discern::training
