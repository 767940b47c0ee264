#include "core/networks/heads.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/error.h"

namespace discern::networks {

#define HEAD(file, function, ...) \
  HeadOutput function(const Head& head, const torch::Tensor& features, const torch::Tensor& labels);
#include "core/catalog/heads.def"
#undef HEAD

namespace {

std::map<std::string, HeadFunction>& functions() {
#define HEAD(file, function, ...) {catalog::HeadInfo{__VA_ARGS__}.name, function},
  static std::map<std::string, HeadFunction> all = {
#include "core/catalog/heads.def"
  };
#undef HEAD
  return all;
}

HeadOptions checked(const HeadOptions& o) {
  const auto& info = catalog::heads().find(o.kind);
  if (o.classes < 2) fail("a head needs at least two classes, got {}", o.classes);
  if (!(o.scale > 0) && !(o.scale == 0 && info.scale == 0))
    fail("head scale {}: give a positive number (32 or 64 are usual)", o.scale);
  if (!info.margin.empty() && !(o.margin >= info.least && o.margin < info.below))
    fail("head margin {}: {} {}, give at least {}{} ({} is usual)", o.margin, o.kind, info.margin, info.least,
         std::isfinite(info.below) ? fmt::format(" and less than {:.4g}", info.below) : "", info.usual);
  return o;
}

}  // namespace

Head::Head(const HeadOptions& given) : options(checked(given)), function_(functions().at(given.kind)) {
  auto generator = at::make_generator<at::CPUGeneratorImpl>(options.seed);
  const double deviation = std::sqrt(2.0 / (options.dims + options.classes));
  weight = register_parameter("weight",
                              torch::empty({options.classes, options.dims}).normal_(0, deviation, generator));
  if (catalog::heads().find(options.kind).bias)
    bias = register_parameter("bias", torch::zeros({options.classes}));
  if (options.anneal && catalog::heads().find(options.kind).annealed)
    steps = register_buffer("steps", torch::zeros({1}, torch::kFloat64));
}

double Head::easing() const {
  return steps.defined() ? std::max(5.0, 1000 / (1 + 0.12 * steps.item<double>())) : 0;
}

HeadOutput Head::forward(const torch::Tensor& features, const torch::Tensor& labels) {
  auto output = function_(*this, features, labels);
  if (steps.defined() && is_training()) steps.add_(1);
  return output;
}

torch::Tensor awayFromOne(const torch::Tensor& cosine) { return cosine.clamp(-1 + 1e-6, 1 - 1e-6); }

HeadOutput marginOutput(
    const Head& head, const torch::Tensor& features, const torch::Tensor& labels,
    const std::function<torch::Tensor(const torch::Tensor& cosine, double m)>& withMargin) {
  namespace F = torch::nn::functional;
  const auto unit = F::NormalizeFuncOptions().dim(1);
  const auto cosine = torch::linear(F::normalize(features, unit), F::normalize(head.weight, unit));
  const auto column = labels.unsqueeze(1);
  const auto own = cosine.gather(1, column);
  auto hard = withMargin(own, head.options.margin);
  if (const double easing = head.easing(); easing > 0) hard = (easing * own + hard) / (1 + easing);
  const auto logits = cosine.scatter(1, column, hard);
  // The length of the feature is learned with it, as SphereFace has it.
  if (head.options.scale == 0) return {logits * features.norm(2, 1, true), cosine.detach()};
  return {logits * head.options.scale, cosine.detach()};
}

void registerHead(const catalog::HeadInfo& info, HeadFunction function) {
  catalog::heads().add(info);
  functions().emplace(info.name, function);
}

}  // namespace discern::networks
