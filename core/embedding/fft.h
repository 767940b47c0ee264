// Sixteen complex Fourier transforms side by side (one per lane), of a length 2^a 3^b 5^c.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/simd.h"

namespace discern::embedding {

constexpr std::int64_t kFftLanes = 16;

// The smallest multiple of 16 of the form 2^a 3^b 5^c that is at least n.
std::int64_t fftLength(std::int64_t n);

class Fft {
 public:
  explicit Fft(std::int64_t length);  // as fftLength gives it
  std::int64_t length() const { return length_; }

  // One transform, [index][lane], 64-byte aligned; X_k = sum_j x_j exp(-2 pi i j k / length). The inverse
  // (times length) is the same with re and im swapped. Uses scratch, so one Buffer a thread.
  struct Buffer {
    AlignedVector<float> re, im, scratchRe, scratchIm;
    explicit Buffer(std::int64_t length);
  };
  void forward(Buffer& data) const { transform(data.re, data.im, data); }
  void inverse(Buffer& data) const { transform(data.im, data.re, data); }

 private:
  void transform(AlignedVector<float>& re, AlignedVector<float>& im, Buffer& data) const;

  struct Stage {
    int radix;
    std::int64_t groups, stride;      // groups * radix * stride = length
    std::vector<float> cosine, sine;  // [group][1 .. radix - 1]
  };
  std::int64_t length_;
  std::vector<Stage> stages_;
};

}  // namespace discern::embedding
