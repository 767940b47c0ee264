#include "core/networks/network.h"

#include <ATen/CPUGeneratorImpl.h>
#include <fmt/ranges.h>

#include <climits>
#include <cmath>
#include <functional>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/networks/mobilefacenet.h"
#include "core/networks/residual.h"
#include "core/networks/student.h"
#include "core/networks/teachers.h"

namespace discern::networks {
namespace {

struct Entry {
  const char* name;
  const char* kind;
  std::function<std::shared_ptr<Network>(const NetworkOptions&)> make;
  const char* recipe = "insightface";
  int size = 112;     // the usual one
  int fixedDims = 0;  // 0: any
};

constexpr std::array<int, 4> kPaperStages = {8, 16, 32, 48};

Entry ddnet(const char* name, const ResidualLayout& layout) {
  return {name, "ddnet", [layout](const NetworkOptions&) { return std::make_shared<DdNet>(layout); }};
}

Entry iresnet(const char* name, std::array<int, 4> blocks) {
  return {name, "base", [blocks](const NetworkOptions& o) {
            return std::make_shared<IResNet>(ResidualLayout{.blocks = blocks}, o.size, o.dims);
          }};
}

// Its recipe has its name.
template <typename Teacher>
Entry teacher(const char* name, int size, int dims) {
  return {name, "base", [](const NetworkOptions& o) { return std::make_shared<Teacher>(o.size); },
          name, size,   dims};
}

// A new network is one line here.
const std::vector<Entry>& registry() {
  static const std::vector<Entry> entries = {
      ddnet("ddnet-r18", {.stem = 8, .channels = kPaperStages}),
      ddnet("ddnet-r34", {.stem = 8, .channels = kPaperStages, .blocks = {3, 4, 6, 3}}),
      ddnet("ddnet-full", {}),
      iresnet("iresnet18", {2, 2, 2, 2}),
      iresnet("iresnet34", {3, 4, 6, 3}),
      iresnet("iresnet50", {3, 4, 14, 3}),
      iresnet("iresnet100", {3, 13, 30, 3}),
      {"mobilefacenet", "base",
       [](const NetworkOptions& o) { return std::make_shared<MobileFaceNet>(o.size, o.width, o.dims); }},
      {"student", "student",
       [](const NetworkOptions& o) { return std::make_shared<Student>(o.size, o.dims, o.identityDims); },
       "insightface", 16},
      teacher<VggFace>("vggface", 224, 4096),
      teacher<FaceNet>("facenet", 160, 512),
      teacher<VggFace2>("vggface2", 224, 2048),
  };
  return entries;
}

const Entry& findEntry(const std::string& name) {
  for (const auto& entry : registry())
    if (name == entry.name) return entry;
  const auto names = networkNames();
  fail("unknown network \"{}\": use one of {}", name, fmt::join(names, ", "));
}

// He et al. 2015 for convolutions (PReLU starts at slope 0.25), Glorot and
// Bengio 2010 for linear layers; from a generator of its own, so that nothing
// else in the process changes the weights. `xavier`: for convolutions too.
void initialise(torch::nn::Module& network, std::uint64_t seed, bool xavier) {
  torch::NoGradGuard guard;
  auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  for (const auto& module : network.modules(false)) {
    if (auto* convolution = module->as<torch::nn::Conv2dImpl>()) {
      const auto& weight = convolution->weight;
      const double fanIn = static_cast<double>(weight.numel() / weight.size(0));
      const double fanOut = static_cast<double>(weight.numel() / weight.size(1));
      const double variance = xavier ? 2.0 / (fanIn + fanOut) : 2.0 / ((1 + 0.25 * 0.25) * fanIn);
      weight.normal_(0, std::sqrt(variance), generator);
      if (convolution->bias.defined()) convolution->bias.zero_();
    } else if (auto* linear = module->as<torch::nn::LinearImpl>()) {
      const double fans = static_cast<double>(linear->weight.size(0) + linear->weight.size(1));
      linear->weight.normal_(0, std::sqrt(2.0 / fans), generator);
      if (linear->bias.defined()) linear->bias.zero_();
    }
  }
}

}  // namespace

std::shared_ptr<Network> makeNetwork(const std::string& name, const NetworkOptions& options) {
  const auto& entry = findEntry(name);
  if (options.size < 16 || options.size > 1024)
    fail("network size {}: give a side from 16 to 1024 pixels", options.size);
  if (!(options.width >= 0.05 && options.width <= 16))
    fail("network width {}: give a channel multiplier from 0.05 to 16", options.width);
  if (options.dims < 1 || options.dims > 65536)
    fail("feature dims {}: give a number from 1 to 65536", options.dims);
  if (entry.fixedDims != 0 && options.dims != entry.fixedDims)
    fail("feature dims {}: {} has {}", options.dims, name, entry.fixedDims);
  auto network = entry.make(options);
  initialise(*network, options.seed, std::string_view(entry.kind) == "student");
  return network;
}

std::vector<std::string> networkNames() {
  std::vector<std::string> names;
  for (const auto& entry : registry()) names.emplace_back(entry.name);
  return names;
}

std::string networkKind(const std::string& name) { return findEntry(name).kind; }

std::string networkRecipe(const std::string& name) { return findEntry(name).recipe; }

NetworkOptions usualOptions(const std::string& name) {
  const auto& entry = findEntry(name);
  NetworkOptions options;
  options.size = entry.size;
  if (entry.fixedDims != 0) options.dims = entry.fixedDims;
  return options;
}

torch::Device findDevice(const std::string& name) {
  if (name == "cpu") return torch::kCPU;
  if (name != "cuda") fail("unknown device \"{}\": use cpu or cuda", name);
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
