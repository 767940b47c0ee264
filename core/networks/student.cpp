#include "core/networks/student.h"

#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/error.h"

namespace discern::networks {
namespace {

namespace nn = torch::nn;

struct Layer {
  int out, kernel;
  bool poolAfter = false;
};
constexpr std::array<Layer, 10> kLayout = {{{16, 3, true},
                                            {32, 3},
                                            {16, 1},
                                            {32, 3, true},
                                            {64, 3},
                                            {32, 1},
                                            {64, 3, true},
                                            {128, 3},
                                            {64, 1},
                                            {32, 1}}};

std::vector<float> toVector(const torch::Tensor& tensor) {
  const auto flat = tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

}  // namespace

Student::Student(int size, int dims, int identityDims) : size_(size) {
  if (std::ranges::find(studentSizes(), size) == studentSizes().end())
    fail("student size {}: give one of {} pixels", size, fmt::join(studentSizes(), ", "));
  if (identityDims < 2 || identityDims > 65536)
    fail("identity layer of {} units: give 2 to 65536 (128 and 1024 are usual)", identityDims);
  int in = 3;
  for (std::size_t i = 0; i < kLayout.size(); ++i) {
    const auto& layer = kLayout[i];
    convolutions_[i] = register_module(
        fmt::format("conv{}", i + 1),
        nn::Conv2d(nn::Conv2dOptions(in, layer.out, layer.kernel).padding(layer.kernel / 2).bias(false)));
    norms_[i] = register_module(fmt::format("bn{}", i + 1), nn::BatchNorm2d(layer.out));
    in = layer.out;
  }
  mimic_ = register_module("mimic", nn::Linear(in, dims));
  identity_ = register_module("identity", nn::Linear(dims, identityDims));
}

torch::Tensor Student::pooled(const torch::Tensor& input) {
  auto x = input;
  for (std::size_t i = 0; i < kLayout.size(); ++i) {
    x = norms_[i](convolutions_[i](x)).relu_();
    if (kLayout[i].poolAfter) x = torch::max_pool2d(x, 2);
  }
  return x.mean({2, 3});
}

torch::Tensor Student::mimic(const torch::Tensor& input) { return mimic_(pooled(input)); }

torch::Tensor Student::identity(const torch::Tensor& mimic) { return identity_(mimic); }

torch::Tensor Student::forward(const torch::Tensor& input) { return identity(mimic(input)); }

StudentWeights Student::weights() const {
  torch::NoGradGuard guard;
  StudentWeights weights;
  weights.size = size_;
  weights.dims = static_cast<int>(mimic_->weight.size(0));
  weights.identityDims = static_cast<int>(identity_->weight.size(0));
  for (std::size_t i = 0; i < kLayout.size(); ++i) {
    const auto& norm = norms_[i];
    const auto factor = norm->weight.to(torch::kFloat64) /
                        (norm->running_var.to(torch::kFloat64) + norm->options.eps()).sqrt();
    const auto& kernel = convolutions_[i]->weight;
    weights.convolutions[i] = {
        static_cast<int>(kernel.size(1)), static_cast<int>(kernel.size(0)), static_cast<int>(kernel.size(2)),
        toVector(kernel * factor.view({-1, 1, 1, 1})), toVector(norm->bias - norm->running_mean * factor)};
  }
  weights.mimicWeight = toVector(mimic_->weight);
  weights.mimicBias = toVector(mimic_->bias);
  weights.identityWeight = toVector(identity_->weight);
  weights.identityBias = toVector(identity_->bias);
  return weights;
}

const std::vector<int>& studentSizes() {
  static const std::vector<int> sizes = {16, 32, 64, 96};
  return sizes;
}

std::string studentName(int size, const std::string& mode) { return fmt::format("S-{}-{}", size, mode); }

std::shared_ptr<Network> makeStudent(const NetworkOptions& o) {
  return std::make_shared<Student>(o.size, o.dims, o.identityDims);
}

}  // namespace discern::networks
