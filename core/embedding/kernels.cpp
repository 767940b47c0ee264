#include "core/embedding/kernels.h"

#include <utility>

#include "core/base/simd.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/embedding/kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace discern::embedding::HWY_NAMESPACE {
namespace {

// Neighbours into x and y: one load of 8 bytes each (a gather instruction is slower), then two shuffles.
template <int W, int... K, int... H>
inline void load(const float* map, const std::int32_t* column, std::integer_sequence<int, K...>,
                 std::integer_sequence<int, H...>, typename Lanes<W>::Type& x, typename Lanes<W>::Type& y) {
  using V = typename Lanes<W>::Type;
  typedef double Point __attribute__((may_alias, aligned(4)));
  const auto* points = reinterpret_cast<const Point*>(map);
  const typename Lanes<W>::Halves low = {points[column[H]]...}, high = {points[column[W / 2 + H]]...};
  x = __builtin_shufflevector(reinterpret_cast<V>(low), reinterpret_cast<V>(high), (2 * K)...);
  y = __builtin_shufflevector(reinterpret_cast<V>(low), reinterpret_cast<V>(high), (2 * K + 1)...);
}

template <int W>
inline void pullLanes(Pull& pull) {
  using V = typename Lanes<W>::Type;
  const Affinities& p = *pull.p;
  for (std::int64_t i = pull.begin; i < pull.end; ++i) {
    const V xi = pull.map[2 * i] - V{}, yi = pull.map[2 * i + 1] - V{};
    V fx{}, fy{};
    for (std::int64_t e = p.rowStart[i]; e < p.rowStart[i + 1]; e += W) {
      V x, y;
      load<W>(pull.map, p.column.data() + e, std::make_integer_sequence<int, W>{},
              std::make_integer_sequence<int, W / 2>{}, x, y);
      const V dx = xi - x, dy = yi - y;
      const V w = *reinterpret_cast<const V*>(p.p.data() + e) / (1.0F + dx * dx + dy * dy);
      fx += w * dx;
      fy += w * dy;
    }
    float sumX = 0, sumY = 0;
    for (int lane = 0; lane < W; ++lane) sumX += fx[lane], sumY += fy[lane];
    pull.force->x[i] = sumX;
    pull.force->y[i] = sumY;
  }
}

// q -> 1 / q with one division for four.
template <typename V>
inline void reciprocals(V (&q)[kTileRows]) {
  const V a = q[0] * q[1], b = q[2] * q[3];
  const V inverse = 1.0F / (a * b);
  const V ia = inverse * b, ib = inverse * a;
  const V r0 = ia * q[1], r1 = ia * q[0], r2 = ib * q[3], r3 = ib * q[2];
  q[0] = r0, q[1] = r1, q[2] = r2, q[3] = r3;
}

template <int W, bool Diagonal, bool Padded>
inline void tilePairs(Tile& t) {
  using V = typename Lanes<W>::Type;
  for (std::int64_t i = t.rowBegin; i < t.rowEnd; i += kTileRows) {
    V xi[kTileRows], yi[kTileRows], fx[kTileRows], fy[kTileRows], z{};
#pragma GCC unroll 4
    for (int r = 0; r < kTileRows; ++r) {
      xi[r] = t.x[i + r] - V{};
      yi[r] = t.y[i + r] - V{};
      fx[r] = *reinterpret_cast<const V*>(t.rowX + 16 * (i - t.rowBegin + r));
      fy[r] = *reinterpret_cast<const V*>(t.rowY + 16 * (i - t.rowBegin + r));
    }
    for (std::int64_t j = t.colBegin; j < t.colEnd; j += W) {
      const V xj = *reinterpret_cast<const V*>(t.x + j), yj = *reinterpret_cast<const V*>(t.y + j);
      V dx[kTileRows], dy[kTileRows], q[kTileRows], gx{}, gy{};
#pragma GCC unroll 4
      for (int r = 0; r < kTileRows; ++r) {
        dx[r] = xi[r] - xj;
        dy[r] = yi[r] - yj;
        q[r] = 1.0F + dx[r] * dx[r] + dy[r] * dy[r];
      }
      reciprocals(q);
#pragma GCC unroll 4
      for (int r = 0; r < kTileRows; ++r) {
        if (Diagonal) q[r] = *reinterpret_cast<const V*>(t.number + j) == t.number[i + r] ? V{} : q[r];
        if (Padded) q[r] *= *reinterpret_cast<const V*>(t.real + j) * t.real[i + r];
        const V square = q[r] * q[r];
        fx[r] += square * dx[r];
        fy[r] += square * dy[r];
        if (!Diagonal) gx += square * dx[r], gy += square * dy[r];
      }
      z += (q[0] + q[1]) + (q[2] + q[3]);
      if (!Diagonal) {
        *reinterpret_cast<V*>(t.colX + j) -= gx;
        *reinterpret_cast<V*>(t.colY + j) -= gy;
      }
    }
#pragma GCC unroll 4
    for (int r = 0; r < kTileRows; ++r) {
      *reinterpret_cast<V*>(t.rowX + 16 * (i - t.rowBegin + r)) = fx[r];
      *reinterpret_cast<V*>(t.rowY + 16 * (i - t.rowBegin + r)) = fy[r];
    }
    for (int lane = 0; lane < W; ++lane) t.z += z[lane];
  }
}

template <int W>
inline void tileLanes(Tile& t) {
  if (t.diagonal)
    t.padded ? tilePairs<W, true, true>(t) : tilePairs<W, true, false>(t);
  else
    t.padded ? tilePairs<W, false, true>(t) : tilePairs<W, false, false>(t);
}

template <typename V>
struct Complex {
  V re, im;
};

template <typename V>
inline void dft(Complex<V> (&x)[2]) {
  const Complex<V> a = x[0], b = x[1];
  x[0] = {a.re + b.re, a.im + b.im};
  x[1] = {a.re - b.re, a.im - b.im};
}

template <typename V>
inline void dft(Complex<V> (&x)[3]) {
  constexpr float kSine = 0.86602540378443864676F;
  const Complex<V> sum = {x[1].re + x[2].re, x[1].im + x[2].im};
  const Complex<V> turn = {kSine * (x[1].im - x[2].im), kSine * (x[2].re - x[1].re)};
  const Complex<V> middle = {x[0].re - 0.5F * sum.re, x[0].im - 0.5F * sum.im};
  x[0] = {x[0].re + sum.re, x[0].im + sum.im};
  x[1] = {middle.re + turn.re, middle.im + turn.im};
  x[2] = {middle.re - turn.re, middle.im - turn.im};
}

template <typename V>
inline void dft(Complex<V> (&x)[4]) {
  const Complex<V> a = {x[0].re + x[2].re, x[0].im + x[2].im}, b = {x[0].re - x[2].re, x[0].im - x[2].im};
  const Complex<V> c = {x[1].re + x[3].re, x[1].im + x[3].im}, d = {x[1].im - x[3].im, x[3].re - x[1].re};
  x[0] = {a.re + c.re, a.im + c.im};
  x[1] = {b.re + d.re, b.im + d.im};
  x[2] = {a.re - c.re, a.im - c.im};
  x[3] = {b.re - d.re, b.im - d.im};
}

template <typename V>
inline void dft(Complex<V> (&x)[5]) {
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
inline void radix(Butterflies& t) {
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
inline void butterfliesLanes(Butterflies& t) {
  if (t.radix == 4)
    radix<W, 4>(t);
  else if (t.radix == 2)
    radix<W, 2>(t);
  else if (t.radix == 3)
    radix<W, 3>(t);
  else
    radix<W, 5>(t);
}

// R rows against C lanes-wide columns stay in registers.
template <int W, int R, int C>
inline void micro(const float* rows, const float* panel, float* out, std::int64_t depth) {
  using V = typename Lanes<W>::Type;
  V sum[R][C];
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r)
#pragma GCC unroll 4
    for (int c = 0; c < C; ++c)
      sum[r][c] = *reinterpret_cast<const V*>(out + std::ptrdiff_t{r} * kPanel + std::ptrdiff_t{c} * W);
  for (std::int64_t k = 0; k < depth; ++k) {
    V column[C];
#pragma GCC unroll 4
    for (int c = 0; c < C; ++c)
      column[c] = *reinterpret_cast<const V*>(panel + k * kPanel + std::ptrdiff_t{c} * W);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r)
#pragma GCC unroll 4
      for (int c = 0; c < C; ++c) sum[r][c] += rows[k * kPanel + r] * column[c];
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r)
#pragma GCC unroll 4
    for (int c = 0; c < C; ++c)
      *reinterpret_cast<V*>(out + std::ptrdiff_t{r} * kPanel + std::ptrdiff_t{c} * W) = sum[r][c];
}

template <int W>
inline void productLanes(Product& t) {
  constexpr int kRows = W == 16 ? 8 : 4;
  for (int r = 0; r < kPanel; r += kRows)
    for (int c = 0; c < kPanel; c += 2 * W)
      micro<W, kRows, 2>(t.rows + r, t.panel + c, t.out + r * kPanel + c, t.depth);
}

template <int W>
inline void belowLanes(Below& t) {
  using V = typename Lanes<W>::Type;
  using Loose = typename Lanes<W>::Loose;
  bool any = false;
  for (int c = 0; c < kPanel; c += W) {
    const V d =
        t.ownNorm + *reinterpret_cast<const V*>(t.norm + c) - 2.0F * *reinterpret_cast<const V*>(t.dot + c);
    *reinterpret_cast<Loose*>(t.distance + c) = d;
    int hits = 0;
    const auto less = d < t.bound;
    for (int lane = 0; lane < W; ++lane) hits |= less[lane];
    any |= hits != 0;
  }
  t.any = any;
}

template <int W>
inline void differenceLanes(Difference& t) {
  using V = typename Lanes<W>::Type;
  using Loose = typename Lanes<W>::Loose;
  // Halves, because the difference of two floats may not be one.
  const float twice = 2 * t.scale;
  V sum{};
  std::int64_t k = 0;
  for (; k + W <= t.dims; k += W) {
    const V d =
        (0.5F * *reinterpret_cast<const Loose*>(t.a + k) - 0.5F * *reinterpret_cast<const Loose*>(t.b + k)) *
        twice;
    sum += d * d;
  }
  float total = 0;
  for (int lane = 0; lane < W; ++lane) total += sum[lane];
  for (; k < t.dims; ++k) {
    const float d = (0.5F * t.a[k] - 0.5F * t.b[k]) * twice;
    total += d * d;
  }
  t.squared = total;
}

template <int W>
inline void projectLanes(Pass& t) {
  using V = typename Lanes<8>::Type;
  const std::int64_t d = t.prepared->points.cols;
  for (std::int64_t i = t.begin; i < t.end; ++i) {
    V sum[4] = {};
    std::int64_t k = 0;
    for (; k + 4 <= d; k += 4)
#pragma GCC unroll 4
      for (int u = 0; u < 4; ++u)
        sum[u] += t.at(i, k + u) * *reinterpret_cast<const V*>(t.basis + (k + u) * kVectors);
    for (; k < d; ++k) sum[0] += t.at(i, k) * *reinterpret_cast<const V*>(t.basis + k * kVectors);
    *reinterpret_cast<V*>(t.scores + i * kVectors) = (sum[0] + sum[1]) + (sum[2] + sum[3]);
  }
}

template <int W>
inline void spreadLanes(Pass& t) {
  using V = typename Lanes<8>::Type;
  const std::int64_t d = t.prepared->points.cols;
  for (std::int64_t i = t.begin; i < t.end; ++i) {
    const V score = *reinterpret_cast<const V*>(t.scores + i * kVectors);
    for (std::int64_t k = 0; k < d; ++k) *reinterpret_cast<V*>(t.sum + k * kVectors) += t.at(i, k) * score;
  }
}

}  // namespace

void pull(Pull& t) { pullLanes<DISCERN_LANES>(t); }
void tile(Tile& t) { tileLanes<DISCERN_LANES>(t); }
void butterflies(Butterflies& t) { butterfliesLanes<DISCERN_LANES>(t); }
void product(Product& t) { productLanes<DISCERN_LANES>(t); }
void below(Below& t) { belowLanes<DISCERN_LANES>(t); }
void difference(Difference& t) { differenceLanes<DISCERN_LANES>(t); }
void project(Pass& t) { projectLanes<DISCERN_LANES>(t); }
void spread(Pass& t) { spreadLanes<DISCERN_LANES>(t); }

}  // namespace discern::embedding::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace discern::embedding {

HWY_EXPORT(pull);
HWY_EXPORT(tile);
HWY_EXPORT(butterflies);
HWY_EXPORT(product);
HWY_EXPORT(below);
HWY_EXPORT(difference);
HWY_EXPORT(project);
HWY_EXPORT(spread);

void pull(Pull& t) { HWY_DYNAMIC_DISPATCH(pull)(t); }
void tile(Tile& t) { HWY_DYNAMIC_DISPATCH(tile)(t); }
void butterflies(Butterflies& t) { HWY_DYNAMIC_DISPATCH(butterflies)(t); }
void product(Product& t) { HWY_DYNAMIC_DISPATCH(product)(t); }
void below(Below& t) { HWY_DYNAMIC_DISPATCH(below)(t); }
void difference(Difference& t) { HWY_DYNAMIC_DISPATCH(difference)(t); }
void project(Pass& t) { HWY_DYNAMIC_DISPATCH(project)(t); }
void spread(Pass& t) { HWY_DYNAMIC_DISPATCH(spread)(t); }

}  // namespace discern::embedding
#endif
