#include <algorithm>
#include <cmath>

#include "core/features/onnx/operators.h"

namespace discern::features::onnx {
namespace {

// C numbers as a tensor that stretches over N x C x spatial.
at::Tensor alongChannels(const at::Tensor& list, const at::Tensor& x) {
  if (x.dim() < 2 || list.numel() != x.size(1))
    fail("has {} numbers for {} channels", list.numel(), x.dim() < 2 ? 0 : x.size(1));
  std::vector<std::int64_t> sizes(static_cast<std::size_t>(x.dim()), 1);
  sizes[1] = list.numel();
  return list.reshape(sizes);
}

std::vector<std::int64_t> from(std::int64_t first, const at::Tensor& x) {
  std::vector<std::int64_t> dims;
  for (std::int64_t d = first; d < x.dim(); ++d) dims.push_back(d);
  return dims;
}

Values batchNorm(Call& call) {
  if (call.integer("training_mode", 0) != 0)
    unsupported("is in training mode; export the model after model.eval()");
  if (call.integer("spatial", 1) == 0)
    unsupported("normalises every pixel by itself, which is not implemented");
  const at::Tensor& x = call.at(0);
  for (std::size_t i = 1; i <= 4; ++i) alongChannels(call.at(i), x);
  return {at::batch_norm(x, call.at(1), call.at(2), call.at(3), call.at(4), false, 0,
                         call.number("epsilon", 1e-5), false)};
}

at::Tensor standardised(const at::Tensor& x, at::IntArrayRef dims, double epsilon) {
  const at::Tensor centred = x - x.mean(dims, true);
  return centred / (centred.square().mean(dims, true) + epsilon).sqrt();
}

Values instanceNorm(Call& call) {
  const at::Tensor& x = call.at(0);
  if (x.dim() < 3) fail("normalises a tensor of {} dimensions, expected 3 or more", x.dim());
  return {standardised(x, from(2, x), call.number("epsilon", 1e-5)) * alongChannels(call.at(1), x) +
          alongChannels(call.at(2), x)};
}

// Gives the mean and the inverse deviation as well where they are asked for.
Values layerNorm(Call& call) {
  const at::Tensor& x = call.at(0);
  const auto dims = from(wrapAxis(call.integer("axis", -1), x.dim()), x);
  const at::Tensor mean = x.mean(dims, true), centred = x - mean;
  const at::Tensor inverse = (centred.square().mean(dims, true) + call.number("epsilon", 1e-5)).rsqrt();
  at::Tensor y = centred * inverse * call.at(1);
  if (call.has(2)) y = y + call.at(2);
  if (y.sizes() != x.sizes()) fail("scales by a tensor that is larger than its input");
  return {y, mean, inverse};
}

// Scale and bias a group each in operator set 18, a channel each from 21 on.
Values groupNorm(Call& call) {
  const at::Tensor& x = call.at(0);
  const std::int64_t groups = call.integer("num_groups", 0);
  if (x.dim() < 3 || groups < 1 || x.size(1) % groups != 0)
    fail("has {} groups for {} channels", groups, x.dim() < 2 ? 0 : x.size(1));
  const at::Tensor parts = x.reshape({x.size(0), groups, -1});
  at::Tensor y = standardised(parts, {2}, call.number("epsilon", 1e-5));
  if (call.at(1).numel() == groups && x.size(1) != groups) {
    y = y * call.at(1).reshape({1, groups, 1}) + call.at(2).reshape({1, groups, 1});
    return {y.reshape(x.sizes())};
  }
  y = y.reshape(x.sizes());
  return {y * alongChannels(call.at(1), x) + alongChannels(call.at(2), x)};
}

Values meanVariance(Call& call) {
  const at::Tensor& x = call.at(0);
  auto axes = call.integers("axes", {0, 2, 3});
  for (std::int64_t& axis : axes) axis = wrapAxis(axis, x.dim());
  const at::Tensor centred = x - x.mean(axes, true);
  return {centred / (centred.square().mean(axes, true).sqrt() + 1e-9)};
}

// A vector of zeros stays one.
Values lpNorm(Call& call) {
  const at::Tensor& x = call.at(0);
  const std::int64_t axis = wrapAxis(call.integer("axis", -1), x.dim()), p = call.integer("p", 2);
  if (p != 1 && p != 2) fail("has the norm {}, expected 1 or 2", p);
  const at::Tensor norm = p == 1 ? x.abs().sum(axis, true) : x.square().sum(axis, true).sqrt();
  return {at::where(norm == 0, at::zeros_like(x), x / norm)};
}

Values rmsNorm(Call& call) {
  const at::Tensor& x = call.at(0);
  const auto dims = from(wrapAxis(call.integer("axis", -1), x.dim()), x);
  return {x * (x.square().mean(dims, true) + call.number("epsilon", 1e-5)).rsqrt() * call.at(1)};
}

// Across neighbouring channels.
Values localResponse(Call& call) {
  const at::Tensor& x = call.at(0);
  const std::int64_t size = call.integer("size", 0);
  if (x.dim() < 3 || size < 1 || size > 1'000'000) fail("normalises over {} channels", size);
  const std::int64_t before = (size - 1) / 2;
  const at::Tensor squares = x.square(), running = at::cumsum(squares, 1, at::kDouble);
  const at::Tensor zero = at::zeros_like(running.narrow(1, 0, 1));
  const at::Tensor sums = at::cat({zero, running}, 1);  // sums[c]: of the channels before c
  const auto channels = x.size(1);
  at::Tensor first = (at::arange(channels) - before).clamp(0, channels);
  at::Tensor behind = (at::arange(channels) - before + size).clamp(0, channels);
  first = first.to(x.device());
  behind = behind.to(x.device());
  const at::Tensor sum = (sums.index_select(1, behind) - sums.index_select(1, first)).to(x.scalar_type());
  const double alpha = call.number("alpha", 1e-4) / static_cast<double>(size);
  return {x / (call.number("bias", 1) + alpha * sum).pow(call.number("beta", 0.75))};
}

}  // namespace

const std::vector<Entry>& normalisations() {
  static const std::vector<Entry> entries = {
      {"BatchNormalization", batchNorm},           {"GroupNormalization", groupNorm},
      {"InstanceNormalization", instanceNorm},     {"LRN", localResponse},
      {"LayerNormalization", layerNorm},           {"LpNormalization", lpNorm},
      {"MeanVarianceNormalization", meanVariance}, {"RMSNormalization", rmsNorm},
  };
  return entries;
}

}  // namespace discern::features::onnx
