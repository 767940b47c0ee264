#include "core/networks/network.h"

#include <ATen/CPUGeneratorImpl.h>
#include <fmt/ranges.h>

#include <climits>
#include <cmath>
#include <map>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/networks/registration.h"

namespace discern::networks {

#define NETWORK(file, function, ...) std::shared_ptr<Network> function(const NetworkOptions& options);
#include "core/catalog/networks.def"
#undef NETWORK

namespace {

std::map<std::string, NetworkFactory>& factories() {
#define NETWORK(file, function, ...) {catalog::NetworkInfo{__VA_ARGS__}.name, function},
  static std::map<std::string, NetworkFactory> all = {
#include "core/catalog/networks.def"
  };
#undef NETWORK
  return all;
}

// He et al. 2015 for convolutions (PReLU starts at slope 0.25), Glorot and
// Bengio 2010 for linear layers; from a generator of its own, so that nothing
// else in the process changes the weights. `xavier`: for convolutions too.
void initialise(torch::nn::Module& network, std::uint64_t seed, bool xavier) {
  torch::NoGradGuard guard;
  auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  const auto convolution = [&](const torch::Tensor& weight, const torch::Tensor& bias) {
    const double fanIn = static_cast<double>(weight.numel() / weight.size(0));
    const double fanOut = static_cast<double>(weight.numel() / weight.size(1));
    const double variance = xavier ? 2.0 / (fanIn + fanOut) : 2.0 / ((1 + 0.25 * 0.25) * fanIn);
    weight.normal_(0, std::sqrt(variance), generator);
    if (bias.defined()) bias.zero_();
  };
  for (const auto& module : network.modules(false)) {
    if (auto* flat = module->as<torch::nn::Conv2dImpl>()) {
      convolution(flat->weight, flat->bias);
    } else if (auto* deep = module->as<torch::nn::Conv3dImpl>()) {
      convolution(deep->weight, deep->bias);
    } else if (auto* linear = module->as<torch::nn::LinearImpl>()) {
      const double fans = static_cast<double>(linear->weight.size(0) + linear->weight.size(1));
      linear->weight.normal_(0, std::sqrt(2.0 / fans), generator);
      if (linear->bias.defined()) linear->bias.zero_();
    }
  }
}

void checkShape(const catalog::NetworkInfo& info, const data::Shape& shape) {
  const auto takes = [&](const catalog::NetworkInfo& network) {
    return network.clips == (shape.frames > 1) && (!network.square || shape.height == shape.width);
  };
  if (takes(info)) return;
  const auto others = catalog::networks().names([&](const catalog::NetworkInfo& network) {
    return network.kind == info.kind && !network.published && takes(network);
  });
  fail("{} takes {}, not {}; use {}", info.name,
       info.clips    ? "clips of several frames"
       : info.square ? "squares of one frame"
                     : "pictures of one frame",
       toString(shape),
       others.empty() ? "samples of another shape" : fmt::format("{}", fmt::join(others, " or ")));
}

}  // namespace

NetworkOptions inShape(NetworkOptions options, const data::Shape& shape) {
  options.size = shape.width;
  options.height = shape.height == shape.width ? 0 : shape.height;
  options.frames = shape.frames;
  return options;
}

std::shared_ptr<Network> makeNetwork(const std::string& name, const NetworkOptions& options) {
  const auto& info = catalog::networks().find(name);
  if (options.size < 16 || options.size > 1024)
    fail("network size {}: give a side from 16 to 1024 pixels", options.size);
  if (options.height != 0 && (options.height < 16 || options.height > 1024))
    fail("network height {}: give 16 to 1024 pixels", options.height);
  if (options.frames < 1 || options.frames > 256) fail("network frames {}: give 1 to 256", options.frames);
  checkShape(info, options.shape());
  if (!(options.width >= 0.05 && options.width <= 16))
    fail("network width {}: give a channel multiplier from 0.05 to 16", options.width);
  if (!(options.dropout >= 0 && options.dropout < 1))
    fail("network dropout {}: give a share from 0 to below 1", options.dropout);
  if (options.dropout > 0 && !info.dropout)
    fail("{} has no dropout; leave it at 0, or choose an iresnet or a network of clips", name);
  if (options.average && !info.average)
    fail("{} has no average that could be its feature; choose another network", name);
  if (options.dims < (options.average ? 0 : 1) || options.dims > 65536)
    fail("feature dims {}: give a number from 1 to 65536", options.dims);
  if (info.dims != 0 && options.dims != info.dims)
    fail("feature dims {}: {} has {}", options.dims, name, info.dims);
  auto network = factories().at(name)(options);
  initialise(*network, options.seed, info.kind == "student");
  return network;
}

void registerNetwork(const catalog::NetworkInfo& info, NetworkFactory make) {
  catalog::networks().add(info);
  factories().emplace(info.name, make);
}

std::vector<std::string> networkNames() { return catalog::networks().names(); }

std::string networkKind(const std::string& name) { return catalog::networks().find(name).kind; }

std::string networkRecipe(const std::string& name) { return catalog::networks().find(name).recipe; }

NetworkOptions usualOptions(const std::string& name) {
  const auto& info = catalog::networks().find(name);
  NetworkOptions options;
  options.size = info.size;
  options.frames = info.frames;
  if (info.dims != 0) options.dims = info.dims;
  return options;
}

torch::Device findDevice(Device device) {
  if (device == Device::Cpu) return torch::kCPU;
  if (!torch::cuda::is_available())
    fail("device cuda: this LibTorch sees no CUDA device; use cpu, or a build against LibTorch with CUDA");
  return {torch::kCUDA, 0};
}

void prepareCpu() {
  at::set_num_threads(threadCount());
#ifdef __GLIBC__
  static const bool once = mallopt(M_MMAP_MAX, 0) != 0 && mallopt(M_TRIM_THRESHOLD, INT_MAX) != 0;
  static_cast<void>(once);
#endif
}

}  // namespace discern::networks
