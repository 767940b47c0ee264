#include "core/networks/heads.h"

#include <ATen/CPUGeneratorImpl.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/error.h"

namespace discern::networks {
namespace {

constexpr double kPi = std::numbers::pi;

void check(const HeadOptions& o) {
  const auto names = headNames();
  if (std::find(names.begin(), names.end(), o.kind) == names.end())
    fail("unknown head \"{}\": use one of {}", o.kind, fmt::join(names, ", "));
  if (o.classes < 2) fail("a head needs at least two classes, got {}", o.classes);
  if (!(o.scale > 0)) fail("head scale {}: give a positive number (32 or 64 are usual)", o.scale);
  if (o.kind == "sphereface" && !(o.margin >= 1))
    fail("head margin {}: sphereface multiplies the angle by it, give at least 1 (1.5 is usual)", o.margin);
  if (o.kind == "arcface" && !(o.margin >= 0 && o.margin < kPi / 2))
    fail("head margin {}: arcface adds it to the angle, give 0 to 1.57 radians (0.5 is usual)", o.margin);
  if (o.kind == "cosface" && !(o.margin >= 0 && o.margin < 2))
    fail("head margin {}: cosface subtracts it from the cosine, give 0 to 2 (0.35 is usual)", o.margin);
}

}  // namespace

std::vector<std::string> headNames() { return {"arcface", "cosface", "sphereface", "softmax"}; }

Head::Head(const HeadOptions& options) : options_(options) {
  check(options);
  auto generator = at::make_generator<at::CPUGeneratorImpl>(options.seed);
  const double deviation = std::sqrt(2.0 / (options.dims + options.classes));
  weight = register_parameter("weight",
                              torch::empty({options.classes, options.dims}).normal_(0, deviation, generator));
  if (options.kind == "softmax") bias = register_parameter("bias", torch::zeros({options.classes}));
}

torch::Tensor Head::withMargin(const torch::Tensor& cosine) const {
  const double m = options_.margin;
  if (options_.kind == "cosface") return cosine - m;
  // The derivative of acos is infinite at 1.
  const auto safe = cosine.clamp(-1 + 1e-6, 1 - 1e-6);
  if (options_.kind == "arcface") {
    const auto sine = (1 - safe * safe).sqrt();
    const auto turned = safe * std::cos(m) - sine * std::sin(m);
    return torch::where(cosine > -std::cos(m), turned, cosine - m * std::sin(m));
  }
  const auto angle = safe.acos();
  const auto k = (angle * (m / kPi)).floor().detach();
  const auto sign = 1 - 2 * k.remainder(2);
  return sign * (angle * m).cos() - 2 * k;
}

HeadOutput Head::forward(const torch::Tensor& features, const torch::Tensor& labels) {
  if (options_.kind == "softmax") {
    const auto logits = torch::linear(features, weight, bias);
    return {logits, logits.detach()};
  }
  namespace F = torch::nn::functional;
  const auto unit = F::NormalizeFuncOptions().dim(1);
  const auto cosine = torch::linear(F::normalize(features, unit), F::normalize(weight, unit));
  const auto column = labels.unsqueeze(1);
  const auto own = cosine.gather(1, column);
  const auto logits = cosine.scatter(1, column, withMargin(own)) * options_.scale;
  return {logits, cosine.detach()};
}

}  // namespace discern::networks
