#include "core/networks/student_engine.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <string>

#include "core/base/error.h"
#include "core/networks/student_engine_kernels.h"

namespace discern::networks {
namespace {

using student::kBlock;
using student::kGroup;

constexpr int kLayers = 10;
constexpr int kChunk = 64;  // faces whose pooled features are collected before the last layer runs
// A group of faces passes a layer together where the layer's pictures are at most so large: the activations
// of a group then stay in the second-level cache.
constexpr int kGroupSide = 8;

bool pooled(int layer) { return layer == 0 || layer == 3 || layer == 6; }

// Floats that start a cache line.
class Aligned {
 public:
  void grow(std::size_t floats) {
    if (lines_.size() * kBlock < floats) lines_.resize((floats + kBlock - 1) / kBlock);
  }
  float* data() { return lines_.empty() ? nullptr : lines_.front().value; }
  const float* data() const { return lines_.empty() ? nullptr : lines_.front().value; }
  std::size_t bytes() const { return lines_.size() * sizeof(Line); }

 private:
  struct alignas(64) Line {
    float value[kBlock];
  };
  std::vector<Line> lines_;
};

void checkCount(const std::string& what, std::size_t count, std::initializer_list<int> shape) {
  std::size_t expected = 1;
  std::string text;
  for (int extent : shape) {
    expected *= static_cast<std::size_t>(extent);
    text += fmt::format("{}{}", text.empty() ? "" : " x ", extent);
  }
  if (count != expected) {
    fail("The student's {} has {} values where {} are expected ({}); export the student again.", what, count,
         text, expected);
  }
}

void checkConvolutions(const StudentWeights& weights) {
  int channels = 3;
  for (int i = 0; i < kLayers; ++i) {
    const StudentWeights::Convolution& layer = weights.convolutions[i];
    const std::string name = fmt::format("convolution {}", i + 1);
    if (layer.in != channels) {
      fail("The student's {} takes {} channels where {} come in; export the student again.", name, layer.in,
           channels);
    }
    if (layer.out <= 0 || layer.out % kBlock != 0) {
      fail("The student's {} has {} output channels; the engine needs a multiple of {}.", name, layer.out,
           kBlock);
    }
    if (layer.kernel != 3 && (layer.kernel != 1 || i == 0)) {
      fail("The student's {} has a {} x {} kernel; the engine knows 3 x 3{}.", name, layer.kernel,
           layer.kernel, i == 0 ? " there" : " and 1 x 1");
    }
    checkCount(name + " weight", layer.weight.size(), {layer.out, layer.in, layer.kernel, layer.kernel});
    checkCount(name + " bias", layer.bias.size(), {layer.out});
    channels = layer.out;
  }
}

void check(const StudentWeights& weights, StudentOutput output) {
  if (weights.size != 16 && weights.size != 32 && weights.size != 64 && weights.size != 96) {
    fail("The student's input is {} pixels a side; 16, 32, 64 or 96 are expected.", weights.size);
  }
  checkConvolutions(weights);
  const int channels = weights.convolutions.back().out;
  if (weights.dims <= 0)
    fail("The student's mimic layer has {} dimensions; at least 1 is needed.", weights.dims);
  checkCount("mimic weight", weights.mimicWeight.size(), {weights.dims, channels});
  checkCount("mimic bias", weights.mimicBias.size(), {weights.dims});
  if (output == StudentOutput::Mimic) return;
  if (weights.identityDims <= 0) {
    fail("The student's identity layer has {} dimensions; at least 1 is needed.", weights.identityDims);
  }
  checkCount("identity weight", weights.identityWeight.size(), {weights.identityDims, weights.dims});
  checkCount("identity bias", weights.identityBias.size(), {weights.identityDims});
}

struct DenseLayer {
  int in = 0, out = 0;
  std::vector<float> weight, bias;  // out x in, out
};

// identity(mimic(x)) as one layer, summed in double precision.
DenseLayer merged(const StudentWeights& weights) {
  const int in = weights.convolutions.back().out, out = weights.identityDims;
  DenseLayer result{in, out, std::vector<float>(static_cast<std::size_t>(out) * in), std::vector<float>(out)};
  std::vector<double> row(in);
  for (int o = 0; o < out; ++o) {
    std::fill(row.begin(), row.end(), 0.0);
    double bias = weights.identityBias[o];
    for (int d = 0; d < weights.dims; ++d) {
      const double w = weights.identityWeight[static_cast<std::size_t>(o) * weights.dims + d];
      bias += w * weights.mimicBias[d];
      const float* mimic = &weights.mimicWeight[static_cast<std::size_t>(d) * in];
      for (int i = 0; i < in; ++i) row[i] += w * mimic[i];
    }
    std::copy(row.begin(), row.end(), result.weight.begin() + static_cast<std::ptrdiff_t>(o) * in);
    result.bias[o] = static_cast<float>(bias);
  }
  return result;
}

const student::Kernels& kernelsOf(int lanes) {
  if (lanes == 0) return student::kernels();
  for (const student::Kernels* kernels : student::availableKernels())
    if (kernels->lanes == lanes) return *kernels;
  fail("This processor cannot compute {} floats side by side; leave the choice to the engine.", lanes);
}

}  // namespace

struct StudentEngine::Impl {
  int size = 0;
  const student::Kernels* kernels = nullptr;
  std::array<student::Convolution, kLayers> layers;
  student::Linear last;
  Aligned packed;
  int groupFrom = 0;  // the first layer that a group of faces passes together

  void pack(const StudentWeights& weights, const DenseLayer& dense);
  void packConvolution(const StudentWeights::Convolution& source, student::Convolution& layer, float*& free);
  void packDense(const DenseLayer& source, float*& free);

  // A padded face, in floats, rounded up so that what follows starts a cache line.
  std::size_t planes() const { return (3u * (size + 2) * (size + 2) + kBlock - 1) / kBlock * kBlock; }
  std::size_t activations(int layer) const {
    const student::Convolution& l = layers[layer];
    const std::size_t side = l.pool ? l.side / 2 : l.side;
    return side * side * l.outBlocks * kBlock;
  }
  std::size_t largest(int from) const;  // output of a layer from there on, floats
  std::size_t workspace(std::int64_t n) const;

  const float* convolve(int from, int to, const float* in, int group, float* const (&buffers)[2]) const;
  void pad(const float* face, float* planes) const;
  void pool(const float* in, int group, float* features) const;
  void features(const float* input, int n, float* scratch, float* out) const;
};

// Packs as student_engine_kernels.h says; `free` moves behind what was written.
void StudentEngine::Impl::packConvolution(const StudentWeights::Convolution& source,
                                          student::Convolution& layer, float*& free) {
  const bool first = source.in == 3;
  const int tile = kernels->lanes * (first || source.out % (2 * kernels->lanes) != 0 ? 1 : 2);
  const int block = first ? 3 : kBlock, taps = source.kernel * source.kernel;
  layer.weight = free;
  for (int start = 0; start < source.out; start += tile) {
    for (int b = 0; b < source.in; b += block) {
      // The first layer's planes are outermost, the other layers' channels are within a tap.
      for (int i = 0; i < taps * block; ++i) {
        const int channel = b + (first ? i / taps : i % block), tap = first ? i % taps : i / block;
        for (int o = start; o < start + tile; ++o) {
          *free++ = source.weight[(static_cast<std::size_t>(o) * source.in + channel) * taps + tap];
        }
      }
    }
  }
  layer.bias = free;
  free = std::copy(source.bias.begin(), source.bias.end(), free);
}

void StudentEngine::Impl::packDense(const DenseLayer& source, float*& free) {
  const int tile = 2 * kernels->lanes, padded = (source.out + tile - 1) / tile * tile;
  last = {source.in, source.out, free, free + static_cast<std::ptrdiff_t>(padded) * source.in};
  for (int start = 0; start < padded; start += tile) {
    for (int i = 0; i < source.in; ++i) {
      for (int o = start; o < start + tile; ++o) {
        *free++ = o < source.out ? source.weight[static_cast<std::size_t>(o) * source.in + i] : 0.0f;
      }
    }
  }
  std::fill(std::copy(source.bias.begin(), source.bias.end(), free), free + padded, 0.0f);
  free += padded;
}

void StudentEngine::Impl::pack(const StudentWeights& weights, const DenseLayer& dense) {
  const std::size_t tile = 2 * kernels->lanes;
  std::size_t floats = (dense.out + tile - 1) / tile * tile * (dense.in + 1);
  for (const auto& layer : weights.convolutions) floats += layer.weight.size() + layer.bias.size();
  packed.grow(floats);
  float* free = packed.data();
  int side = size;
  groupFrom = kLayers;
  for (int i = 0; i < kLayers; ++i) {
    const auto& source = weights.convolutions[i];
    layers[i] = {source.in / kBlock, source.out / kBlock, side, source.kernel, pooled(i)};
    packConvolution(source, layers[i], free);
    if (i > 0 && side <= kGroupSide) groupFrom = std::min(groupFrom, i);
    if (pooled(i)) side /= 2;
  }
  packDense(dense, free);
}

std::size_t StudentEngine::Impl::largest(int from) const {
  std::size_t floats = 0;
  for (int i = from; i < kLayers; ++i) floats = std::max(floats, activations(i));
  return floats;
}

// Floats: features of a chunk, a padded face, two buffers for one face, two for a group.
std::size_t StudentEngine::Impl::workspace(std::int64_t n) const {
  if (n <= 0) return 0;
  const std::size_t chunk = std::min<std::int64_t>(n, kChunk), group = n >= kGroup ? kGroup : 0;
  return chunk * last.in + planes() + 2 * largest(0) + 2 * group * largest(groupFrom - 1);
}

// Layers [from, to) of a group; the result lies in one of the buffers.
const float* StudentEngine::Impl::convolve(int from, int to, const float* in, int group,
                                           float* const (&buffers)[2]) const {
  for (int i = from; i < to; ++i) {
    float* out = buffers[i % 2];
    kernels->convolve(layers[i], in, group, out, group);
    in = out;
  }
  return in;
}

void StudentEngine::Impl::pad(const float* face, float* planes) const {
  const std::size_t line = size + 2;
  for (int c = 0; c < 3; ++c) {
    std::memset(planes, 0, line * sizeof(float));
    planes += line;
    for (int y = 0; y < size; ++y, face += size, planes += line) {
      planes[0] = planes[line - 1] = 0;
      std::memcpy(planes + 1, face, size * sizeof(float));
    }
    std::memset(planes, 0, line * sizeof(float));
    planes += line;
  }
}

// The mean over the picture. features: group x channels.
void StudentEngine::Impl::pool(const float* in, int group, float* features) const {
  const int pixels = layers.back().side * layers.back().side;
  const float scale = 1.0f / static_cast<float>(pixels);
  for (int b = 0; b < layers.back().outBlocks; ++b, in += pixels * group * kBlock) {
    for (int face = 0; face < group; ++face) {
      float sum[kBlock] = {};
      for (int p = 0; p < pixels; ++p) {
        for (int c = 0; c < kBlock; ++c) sum[c] += in[(p * group + face) * kBlock + c];
      }
      for (int c = 0; c < kBlock; ++c) features[face * last.in + b * kBlock + c] = sum[c] * scale;
    }
  }
}

// n faces through the convolutions. out: n x last.in.
void StudentEngine::Impl::features(const float* input, int n, float* scratch, float* out) const {
  const std::ptrdiff_t face = std::ptrdiff_t{3} * size * size;
  const std::size_t one = largest(0), together = largest(groupFrom - 1) * kGroup;
  float* padded = scratch + 2 * one;
  float* const single[2] = {scratch, scratch + one};
  float* const group[2] = {padded + planes(), padded + planes() + together};
  int i = 0;
  for (; i + kGroup <= n && groupFrom < kLayers; i += kGroup) {
    const int join = groupFrom - 1;  // this layer takes single faces and writes into the group
    for (int g = 0; g < kGroup; ++g) {
      pad(input + (i + g) * face, padded);
      float* target = group[join % 2] + g * kBlock;
      if (join == 0) {
        kernels->first(layers[0], padded, target, kGroup);
        continue;
      }
      kernels->first(layers[0], padded, single[0], 1);
      kernels->convolve(layers[join], convolve(1, join, single[0], 1, single), 1, target, kGroup);
    }
    pool(convolve(groupFrom, kLayers, group[join % 2], kGroup, group), kGroup,
         out + std::ptrdiff_t{i} * last.in);
  }
  for (; i < n; ++i) {
    pad(input + i * face, padded);
    kernels->first(layers[0], padded, single[0], 1);
    pool(convolve(1, kLayers, single[0], 1, single), 1, out + std::ptrdiff_t{i} * last.in);
  }
}

StudentEngine::StudentEngine(const StudentWeights& weights, StudentOutput output, int lanes)
    : impl_(std::make_unique<Impl>()) {
  check(weights, output);
  impl_->size = weights.size;
  impl_->kernels = &kernelsOf(lanes);
  impl_->pack(weights, output == StudentOutput::Identity
                           ? merged(weights)
                           : DenseLayer{weights.convolutions.back().out, weights.dims, weights.mimicWeight,
                                        weights.mimicBias});
}

StudentEngine::~StudentEngine() = default;
StudentEngine::StudentEngine(StudentEngine&&) noexcept = default;
StudentEngine& StudentEngine::operator=(StudentEngine&&) noexcept = default;

int StudentEngine::size() const { return impl_->size; }
int StudentEngine::dims() const { return impl_->last.out; }
int StudentEngine::lanes() const { return impl_->kernels->lanes; }
std::vector<int> StudentEngine::supportedLanes() {
  std::vector<int> lanes;
  for (const student::Kernels* kernels : student::availableKernels()) lanes.push_back(kernels->lanes);
  return lanes;
}
std::int64_t StudentEngine::weightBytes() const { return static_cast<std::int64_t>(impl_->packed.bytes()); }
std::int64_t StudentEngine::workspaceBytes(std::int64_t n) const {
  return static_cast<std::int64_t>(impl_->workspace(n) * sizeof(float));
}

void StudentEngine::run(const float* input, std::int64_t n, float* out) const {
  // Kept between calls: fetching it from the system anew costs as much as a face at 16 pixels.
  thread_local Aligned scratch;
  scratch.grow(impl_->workspace(n));
  const std::int64_t face = std::int64_t{3} * impl_->size * impl_->size;
  for (std::int64_t i = 0; i < n; i += kChunk) {
    const int count = static_cast<int>(std::min<std::int64_t>(kChunk, n - i));
    float* features =
        scratch.data() + impl_->workspace(n) - std::min<std::int64_t>(n, kChunk) * impl_->last.in;
    impl_->features(input + i * face, count, scratch.data(), features);
    impl_->kernels->linear(impl_->last, features, count, out + i * impl_->last.out);
  }
}

}  // namespace discern::networks
