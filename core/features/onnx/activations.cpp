#include <algorithm>
#include <cmath>

#include "core/features/onnx/operators.h"

namespace discern::features::onnx {
namespace {

// Over its input where nobody else needs it.
template <at::Tensor (*plain)(const at::Tensor&), at::Tensor& (*inPlace)(at::Tensor&)>
Values unary(Call& call) {
  call.at(0);
  if (call.isOurs(0)) return {inPlace(call.in[0])};
  return {plain(call.in[0])};
}

Values leakyRelu(Call& call) {
  const double slope = call.number("alpha", 0.01);
  call.at(0);
  if (call.isOurs(0)) return {at::leaky_relu_(call.in[0], slope)};
  return {at::leaky_relu(call.in[0], slope)};
}

// One slope, one a channel, or any shape that stretches to the input's.
Values prelu(Call& call) {
  const at::Tensor& x = call.at(0);
  at::Tensor slope = call.at(1);
  if (slope.numel() == 1) return {at::leaky_relu(x, slope.item<double>())};
  checkSize(at::infer_size(x.sizes(), slope.sizes()));
  const auto lead = x.dim() - slope.dim();  // dimensions that only the input has
  const bool channels = x.dim() >= 2 && (lead == 0 || lead == 1) && slope.numel() == x.size(1) &&
                        slope.size(1 - lead) == x.size(1);
  if (channels) return {at::prelu(x, slope.reshape({-1}))};
  return {at::where(x < 0, x * slope, x)};
}

Values elu(Call& call) { return {at::elu(call.at(0), call.number("alpha", 1))}; }
Values celu(Call& call) { return {at::celu(call.at(0), call.number("alpha", 1))}; }
Values selu(Call& call) {
  const double alpha = call.number("alpha", 1.67326319217681884765625);
  const double gamma = call.number("gamma", 1.05070102214813232421875);
  return {at::elu(call.at(0), alpha, gamma)};
}
Values hardSigmoid(Call& call) {
  return {(call.at(0) * call.number("alpha", 0.2) + call.number("beta", 0.5)).clamp_(0, 1)};
}
Values thresholded(Call& call) { return {at::threshold(call.at(0), call.number("alpha", 1), 0)}; }
Values gelu(Call& call) {
  const at::Tensor& x = call.at(0);
  const std::string form = call.text("approximate", "none");
  if (form == "none") return {x * 0.5 * (1 + at::erf(x * M_SQRT1_2))};
  if (form != "tanh") unsupported("approximates by '{}', expected none or tanh", form);
  return {x * 0.5 * (1 + at::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)))};
}
at::Tensor softened(const at::Tensor& x) { return at::logaddexp(x, at::zeros_like(x)); }
Values softplusOf(Call& call) { return {softened(call.at(0))}; }
Values mish(Call& call) { return {call.at(0) * at::tanh(softened(call.at(0)))}; }
Values softsign(Call& call) { return {call.at(0) / (1 + call.at(0).abs())}; }
Values hardSwish(Call& call) { return {call.at(0) * (call.at(0) / 6 + 0.5).clamp_(0, 1)}; }
Values shrink(Call& call) {
  const at::Tensor& x = call.at(0);
  const double edge = call.number("lambd", 0.5), bias = call.number("bias", 0);
  return {at::where(x < -edge, x + bias, at::where(x > edge, x - bias, at::zeros_like(x)))};
}

// Before operator set 13 over all dimensions from `axis` on at once.
template <at::Tensor (*function)(const at::Tensor&, std::int64_t)>
Values soft(Call& call) {
  const at::Tensor& x = call.at(0);
  if (call.opset() >= 13) return {function(x, wrapAxis(call.integer("axis", -1), x.dim()))};
  const std::int64_t axis = wrapAxis(call.integer("axis", 1), x.dim(), x.dim() < 2 ? 1 : 0);
  std::int64_t rows = 1;
  for (std::int64_t d = 0; d < axis; ++d) rows *= x.size(d);
  return {function(x.reshape({rows, rows == 0 ? 0 : x.numel() / rows}), 1).reshape(x.sizes())};
}
at::Tensor softmax(const at::Tensor& x, std::int64_t axis) { return at::softmax(x, axis); }
at::Tensor logSoftmax(const at::Tensor& x, std::int64_t axis) { return at::log_softmax(x, axis); }
at::Tensor hardmax(const at::Tensor& x, std::int64_t axis) {
  return at::zeros_like(x).scatter_(axis, x.argmax(axis, true), 1);
}

}  // namespace

const std::vector<Entry>& activations() {
  static const std::vector<Entry> entries = {
      {"Celu", celu},
      {"Elu", elu},
      {"Gelu", gelu},
      {"HardSigmoid", hardSigmoid},
      {"HardSwish", hardSwish},
      {"Hardmax", soft<hardmax>},
      {"LeakyRelu", leakyRelu},
      {"LogSoftmax", soft<logSoftmax>},
      {"Mish", mish},
      {"PRelu", prelu},
      {"Relu", unary<at::relu, at::relu_>},
      {"Selu", selu},
      {"Shrink", shrink},
      {"Sigmoid", unary<at::sigmoid, at::sigmoid_>},
      {"Softmax", soft<softmax>},
      {"Softplus", softplusOf},
      {"Softsign", softsign},
      {"Tanh", unary<at::tanh, at::tanh_>},
      {"ThresholdedRelu", thresholded},
  };
  return entries;
}

}  // namespace discern::features::onnx
