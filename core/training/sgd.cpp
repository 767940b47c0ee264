#include "core/training/sgd.h"

#include <ATen/autocast_mode.h>
#include <torch/version.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/training/ranks.h"

namespace discern::training {
namespace {

void setAutocast(bool enabled) {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
  at::autocast::set_autocast_dtype(at::kCUDA, at::kBFloat16);
  at::autocast::set_autocast_enabled(at::kCUDA, enabled);
#else
  at::autocast::set_autocast_gpu_dtype(at::kBFloat16);
  at::autocast::set_enabled(enabled);
#endif
  if (!enabled) at::autocast::clear_cache();
}

}  // namespace

double learningRateAt(const Schedule& schedule, std::int64_t step) {
  const double perEpoch = static_cast<double>(schedule.stepsPerEpoch);
  const double warm = schedule.warmup * perEpoch, total = schedule.epochs * perEpoch;
  const double at = static_cast<double>(step);
  const double begin = schedule.kind == Falling::HalfCosine ? 0 : warm;
  const auto cosine = [&](double position) {
    const double share = total > begin ? (position - begin) / (total - begin) : 0;
    return schedule.learningRate * 0.5 * (1 + std::cos(std::numbers::pi * std::clamp(share, 0.0, 1.0)));
  };
  const double reached = schedule.kind == Falling::HalfCosine ? cosine(warm) : schedule.learningRate;
  if (at + 1 <= warm) return reached * (at + 1) / warm;
  if (schedule.kind == Falling::Step) {
    double rate = schedule.learningRate;
    for (const int epoch : schedule.steps)
      if (at >= epoch * perEpoch) rate /= 10;
    return rate;
  }
  return cosine(at);
}

Sgd::Sgd(const torch::nn::Module& module, double momentum, double weightDecay)
    : momentum_(momentum), weightDecay_(weightDecay) {
  for (const auto& item : module.named_parameters()) {
    const auto& parameter = item.value();
    if (!parameter.requires_grad()) continue;
    parameters_.push_back(parameter);
    buffers_.push_back(torch::zeros_like(parameter).detach());
    named_[item.key()] = buffers_.back();
    if (parameter.dim() > 1) decayed_.push_back(parameter);
  }
}

std::vector<torch::Tensor> Sgd::gradients(const std::vector<torch::Tensor>& of) const {
  std::vector<torch::Tensor> all;
  for (const auto& parameter : of) {
    if (!parameter.grad().defined()) parameter.mutable_grad() = torch::zeros_like(parameter);
    all.push_back(parameter.grad());
  }
  return all;
}

void Sgd::zeroGradients() {
  for (const auto& parameter : parameters_) parameter.mutable_grad() = torch::Tensor();
}

void Sgd::sumGradients(Ranks& ranks) {
  torch::NoGradGuard guard;
  const auto all = gradients(parameters_);
  std::vector<torch::Tensor> flat;
  std::vector<std::int64_t> lengths;
  for (const auto& gradient : all) {
    flat.push_back(gradient.reshape(-1));
    lengths.push_back(gradient.numel());
  }
  auto joined = torch::cat(flat);
  ranks.sum(joined);
  const auto parts = joined.split_with_sizes(lengths);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].copy_(parts[i].view_as(all[i]));
}

void Sgd::clip(double limit) {
  torch::NoGradGuard guard;
  const auto all = gradients(parameters_);
  const double norm = torch::stack(torch::_foreach_norm(all)).norm().item<double>();
  if (norm > limit) torch::_foreach_mul_(all, limit / (norm + 1e-12));
}

void Sgd::step(double learningRate) {
  torch::NoGradGuard guard;
  if (weightDecay_ != 0 && !decayed_.empty())
    torch::_foreach_add_(gradients(decayed_), decayed_, weightDecay_);
  torch::_foreach_mul_(buffers_, momentum_);
  torch::_foreach_add_(buffers_, gradients(parameters_));
  torch::_foreach_add_(parameters_, buffers_, -learningRate);
}

Autocast::Autocast(bool enabled, torch::Device device) : active_(enabled && device.is_cuda()) {
  if (active_) setAutocast(true);
}

Autocast::~Autocast() {
  if (active_) setAutocast(false);
}

}  // namespace discern::training
