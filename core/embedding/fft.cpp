#include "core/embedding/fft.h"

#include <cmath>
#include <numbers>
#include <utility>

namespace discern::embedding {
namespace {

// One stage of Stockham's self-sorting transform (the order comes right by itself, stage after stage):
//   out[q + s (r p + k)] = w^(p k) sum_j in[q + s (p + groups j)] exp(-2 pi i j k / r),  q < s, k < r, p <
//   groups.
struct Butterflies {
  const float* re;
  const float* im;
  float* outRe;
  float* outIm;
  const float* cosine;
  const float* sine;
  int radix;
  std::int64_t groups, stride;  // stride in floats: lanes included
};

template <typename V>
struct Complex {
  V re, im;
};

template <typename V>
DISCERN_INLINE void dft(Complex<V> (&x)[2]) {
  const Complex<V> a = x[0], b = x[1];
  x[0] = {a.re + b.re, a.im + b.im};
  x[1] = {a.re - b.re, a.im - b.im};
}

template <typename V>
DISCERN_INLINE void dft(Complex<V> (&x)[3]) {
  constexpr float kSine = 0.86602540378443864676F;
  const Complex<V> sum = {x[1].re + x[2].re, x[1].im + x[2].im};
  const Complex<V> turn = {kSine * (x[1].im - x[2].im), kSine * (x[2].re - x[1].re)};
  const Complex<V> middle = {x[0].re - 0.5F * sum.re, x[0].im - 0.5F * sum.im};
  x[0] = {x[0].re + sum.re, x[0].im + sum.im};
  x[1] = {middle.re + turn.re, middle.im + turn.im};
  x[2] = {middle.re - turn.re, middle.im - turn.im};
}

template <typename V>
DISCERN_INLINE void dft(Complex<V> (&x)[4]) {
  const Complex<V> a = {x[0].re + x[2].re, x[0].im + x[2].im}, b = {x[0].re - x[2].re, x[0].im - x[2].im};
  const Complex<V> c = {x[1].re + x[3].re, x[1].im + x[3].im}, d = {x[1].im - x[3].im, x[3].re - x[1].re};
  x[0] = {a.re + c.re, a.im + c.im};
  x[1] = {b.re + d.re, b.im + d.im};
  x[2] = {a.re - c.re, a.im - c.im};
  x[3] = {b.re - d.re, b.im - d.im};
}

template <typename V>
DISCERN_INLINE void dft(Complex<V> (&x)[5]) {
  constexpr float kCos1 = 0.30901699437494742410F, kCos2 = -0.80901699437494742410F;
  constexpr float kSin1 = 0.95105651629515357212F, kSin2 = 0.58778525229247312917F;
  const Complex<V> a = {x[1].re + x[4].re, x[1].im + x[4].im}, b = {x[2].re + x[3].re, x[2].im + x[3].im};
  const Complex<V> c = {x[1].im - x[4].im, x[4].re - x[1].re}, d = {x[2].im - x[3].im, x[3].re - x[2].re};
  const Complex<V> p = {x[0].re + kCos1 * a.re + kCos2 * b.re, x[0].im + kCos1 * a.im + kCos2 * b.im};
  const Complex<V> q = {x[0].re + kCos2 * a.re + kCos1 * b.re, x[0].im + kCos2 * a.im + kCos1 * b.im};
  const Complex<V> r = {kSin1 * c.re + kSin2 * d.re, kSin1 * c.im + kSin2 * d.im};
  const Complex<V> s = {kSin2 * c.re - kSin1 * d.re, kSin2 * c.im - kSin1 * d.im};
  x[0] = {x[0].re + a.re + b.re, x[0].im + a.im + b.im};
  x[1] = {p.re + r.re, p.im + r.im};
  x[2] = {q.re + s.re, q.im + s.im};
  x[3] = {q.re - s.re, q.im - s.im};
  x[4] = {p.re - r.re, p.im - r.im};
}

template <int W, int R>
DISCERN_INLINE void radix(Butterflies& t) {
  using V = typename Lanes<W>::Type;
  for (std::int64_t p = 0; p < t.groups; ++p) {
    const float* cosine = t.cosine + p * (R - 1);
    const float* sine = t.sine + p * (R - 1);
    for (std::int64_t q = 0; q < t.stride; q += W) {
      Complex<V> x[R];
#pragma GCC unroll 5
      for (int j = 0; j < R; ++j) {
        const std::int64_t at = q + t.stride * (p + t.groups * j);
        x[j] = {*reinterpret_cast<const V*>(t.re + at), *reinterpret_cast<const V*>(t.im + at)};
      }
      dft(x);
      const std::int64_t to = q + t.stride * R * p;
      *reinterpret_cast<V*>(t.outRe + to) = x[0].re;
      *reinterpret_cast<V*>(t.outIm + to) = x[0].im;
#pragma GCC unroll 4
      for (int k = 1; k < R; ++k) {
        const float c = cosine[k - 1], s = sine[k - 1];
        *reinterpret_cast<V*>(t.outRe + to + t.stride * k) = x[k].re * c - x[k].im * s;
        *reinterpret_cast<V*>(t.outIm + to + t.stride * k) = x[k].re * s + x[k].im * c;
      }
    }
  }
}

template <int W>
DISCERN_INLINE void butterfliesLanes(Butterflies& t) {
  if (t.radix == 4)
    radix<W, 4>(t);
  else if (t.radix == 2)
    radix<W, 2>(t);
  else if (t.radix == 3)
    radix<W, 3>(t);
  else
    radix<W, 5>(t);
}
DISCERN_KERNEL(butterflies, Butterflies)

}  // namespace

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
