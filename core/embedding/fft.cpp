#include "core/embedding/fft.h"

#include <cmath>
#include <numbers>
#include <utility>

#include "core/embedding/kernels.h"

namespace discern::embedding {

std::int64_t fftLength(std::int64_t n) {
  for (std::int64_t length = static_cast<std::int64_t>(roundUp(n, 16));; length += 16) {
    std::int64_t rest = length;
    for (const int radix : {2, 3, 5})
      while (rest % radix == 0) rest /= radix;
    if (rest == 1) return length;
  }
}

Fft::Buffer::Buffer(std::int64_t length)
    : re(length * kFftLanes), im(re.size()), scratchRe(re.size()), scratchIm(re.size()) {}

Fft::Fft(std::int64_t length) : length_(length) {
  std::int64_t stride = 1;
  for (std::int64_t rest = length; rest > 1;) {
    const int radix = rest % 4 == 0 ? 4 : rest % 2 == 0 ? 2 : rest % 3 == 0 ? 3 : 5;
    Stage stage{radix, rest / radix, stride, {}, {}};
    for (std::int64_t p = 0; p < stage.groups; ++p)
      for (int k = 1; k < radix; ++k) {
        const double angle = -2 * std::numbers::pi * static_cast<double>(p * k) / static_cast<double>(rest);
        stage.cosine.push_back(static_cast<float>(std::cos(angle)));
        stage.sine.push_back(static_cast<float>(std::sin(angle)));
      }
    rest /= radix;
    stride *= radix;
    stages_.push_back(std::move(stage));
  }
}

void Fft::transform(AlignedVector<float>& re, AlignedVector<float>& im, Buffer& data) const {
  for (const Stage& stage : stages_) {
    Butterflies t{
        re.data(),         im.data(),   data.scratchRe.data(), data.scratchIm.data(),   stage.cosine.data(),
        stage.sine.data(), stage.radix, stage.groups,          stage.stride * kFftLanes};
    butterflies(t);
    re.swap(data.scratchRe);
    im.swap(data.scratchIm);
  }
}

}  // namespace discern::embedding
