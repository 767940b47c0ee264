// In registers' tiles of rows (faces, or pixels beside each other) x vectors of output channels.
#include "core/networks/student_engine_kernels.h"

#include "core/base/simd.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/networks/student_engine_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace discern::networks::student::HWY_NAMESPACE {
namespace {

template <int kLanes>
struct VectorOf {
  typedef float Register __attribute__((vector_size(kLanes * 4)));
  typedef float Memory __attribute__((vector_size(kLanes * 4), aligned(4), may_alias));
};
template <int kLanes>
using Vector = typename VectorOf<kLanes>::Register;

template <int kLanes>
[[gnu::always_inline]] inline Vector<kLanes> load(const float* p) {
  return *reinterpret_cast<const typename VectorOf<kLanes>::Memory*>(p);
}
template <int kLanes>
[[gnu::always_inline]] inline void save(float* p, const Vector<kLanes>& v) {
  *reinterpret_cast<typename VectorOf<kLanes>::Memory*>(p) = v;
}

template <typename V>
[[gnu::always_inline]] inline void takeMaximum(V& a, const V& b) {
  a = a > b ? a : b;
}
// Written so that NaN stays NaN.
template <typename V>
[[gnu::always_inline]] inline void rectify(V& a) {
  a = a < 0 ? V{} : a;
}

template <int kLanes, int kRows, int kVectors>
struct Tile {
  Vector<kLanes> sum[kRows][kVectors];
};

// tile[r][v] += in[r] * weight[v] for rows [kFirst, kLast) and `channels`
// input channels; a row's channels are contiguous, rows lie rowStride apart.
// Vectors of the packed tile are adjacent, packed tiles tileStride apart.
template <int kFirst, int kLast, int kPacked, int kLanes, int kRows, int kVectors>
[[gnu::always_inline]] inline void multiplyAdd(Tile<kLanes, kRows, kVectors>& tile, const float* in,
                                               std::ptrdiff_t rowStride, int channels, const float* weight,
                                               std::ptrdiff_t tileStride) {
  constexpr int kStep = kPacked * kLanes;
#pragma GCC unroll 2
  for (int c = 0; c < channels; ++c) {
    Vector<kLanes> w[kVectors];
#pragma GCC unroll 8
    for (int v = 0; v < kVectors; ++v) {
      w[v] = load<kLanes>(weight + c * kStep + v / kPacked * tileStride + v % kPacked * kLanes);
    }
#pragma GCC unroll 16
    for (int r = kFirst; r < kLast; ++r) {
      const float x = in[r * rowStride + c];
#pragma GCC unroll 8
      for (int v = 0; v < kVectors; ++v) tile.sum[r][v] += x * w[v];
    }
  }
}

// Where a tile lies in its layer.
struct Place {
  int x = 0, y = 0;
  bool left = false, right = false;  // touches that border
};

// Rows are kRows pixels beside each other of one face (kPixels) or the faces of a group at one pixel.
template <int kLanes, int kRows, int kVectors, int kPacked, bool kPixels>
[[gnu::always_inline]] inline void accumulate(Tile<kLanes, kRows, kVectors>& tile, const Convolution& layer,
                                              const Place& place, const float* in, int group,
                                              const float* weight, std::ptrdiff_t tileStride) {
  const std::ptrdiff_t pixel = group * kBlock, line = layer.side * pixel, block = layer.side * line;
  constexpr std::ptrdiff_t kTap = std::ptrdiff_t{kBlock} * kPacked * kLanes;
  constexpr int kInside = kPixels ? 1 : kRows;  // rows that a border takes away
  const bool wide = layer.kernel == 3;
  const int first = wide && place.y > 0 ? -1 : 0, last = wide && place.y + 1 < layer.side ? 1 : 0;
  for (int b = 0; b < layer.inBlocks; ++b, in += block, weight += (wide ? 9 : 1) * kTap) {
    for (int dy = first; dy <= last; ++dy) {
      const float* source = in + dy * line;
      const float* w = weight + (wide ? (dy + 1) * 3 + 1 : 0) * kTap;
      if (wide && !place.left) {
        multiplyAdd<0, kRows, kPacked>(tile, source - pixel, kBlock, kBlock, w - kTap, tileStride);
      } else if (wide) {
        multiplyAdd<kInside, kRows, kPacked>(tile, source - pixel, kBlock, kBlock, w - kTap, tileStride);
      }
      multiplyAdd<0, kRows, kPacked>(tile, source, kBlock, kBlock, w, tileStride);
      if (wide && !place.right) {
        multiplyAdd<0, kRows, kPacked>(tile, source + pixel, kBlock, kBlock, w + kTap, tileStride);
      } else if (wide) {
        multiplyAdd<0, kRows - kInside, kPacked>(tile, source + pixel, kBlock, kBlock, w + kTap, tileStride);
      }
    }
  }
}

// `out` is the tile's first row and first vector, which starts a block or lies inside one.
template <int kLanes, int kRows, int kVectors, bool kPixels>
[[gnu::always_inline]] inline void store(Tile<kLanes, kRows, kVectors>& tile, const Convolution& layer,
                                         const Place& place, float* out, int group) {
  const int side = layer.pool ? layer.side / 2 : layer.side;
  const std::ptrdiff_t pixel = group * kBlock, block = side * side * pixel;
  const std::ptrdiff_t row = kPixels ? pixel : kBlock;
  const bool seen = layer.pool && (place.y % 2 == 1 || (!kPixels && place.x % 2 == 1));
  constexpr int kPerBlock = kBlock / kLanes;
#pragma GCC unroll 8
  for (int v = 0; v < kVectors; ++v) {
    float* target = out + v / kPerBlock * block + v % kPerBlock * kLanes;
    if (!layer.pool) {
#pragma GCC unroll 16
      for (int r = 0; r < kRows; ++r) {
        rectify(tile.sum[r][v]);
        save<kLanes>(target + r * row, tile.sum[r][v]);
      }
      continue;
    }
    constexpr int kStep = kPixels ? 2 : 1;
#pragma GCC unroll 16
    for (int r = 0; r + kStep <= kRows; r += kStep) {
      Vector<kLanes>& sum = tile.sum[r][v];
      if constexpr (kPixels) takeMaximum(sum, tile.sum[r + 1][v]);
      rectify(sum);
      float* p = target + r / kStep * row;
      if (seen) takeMaximum(sum, load<kLanes>(p));
      save<kLanes>(p, sum);
    }
  }
}

// All pixels of the layer, kVectors vectors of output channels at a time.
template <int kLanes, int kRows, int kVectors, int kPacked, bool kPixels>
void convolveTiles(const Convolution& layer, const float* in, int inGroup, float* out, int outGroup) {
  constexpr int kPerBlock = kBlock / kLanes;
  const std::ptrdiff_t tileStride =
      std::ptrdiff_t{layer.inBlocks} * kBlock * layer.kernel * layer.kernel * kPacked * kLanes;
  const int outSide = layer.pool ? layer.side / 2 : layer.side;
  const int vectors = layer.outBlocks * kPerBlock;
  for (int v = 0; v < vectors; v += kVectors) {
    const float* weight = layer.weight + v / kPacked * tileStride;
    float* block =
        out + std::ptrdiff_t{v / kPerBlock} * outSide * outSide * outGroup * kBlock + v % kPerBlock * kLanes;
    for (int y = 0; y < layer.side; ++y) {
      for (int x = 0; x < layer.side; x += kPixels ? kRows : 1) {
        const Place place{x, y, x == 0, x + (kPixels ? kRows : 1) == layer.side};
        const float* source = in + (y * layer.side + x) * inGroup * kBlock;
        float* target = block + (layer.pool ? y / 2 * outSide + x / 2 : y * outSide + x) * outGroup * kBlock;
        Tile<kLanes, kRows, kVectors> tile;
#pragma GCC unroll 16
        for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 8
          for (int u = 0; u < kVectors; ++u) tile.sum[r][u] = load<kLanes>(layer.bias + (v + u) * kLanes);
        }
        accumulate<kLanes, kRows, kVectors, kPacked, kPixels>(tile, layer, place, source, inGroup, weight,
                                                              tileStride);
        store<kLanes, kRows, kVectors, kPixels>(tile, layer, place, target, outGroup);
      }
    }
  }
}

template <int kLanes, int kRows, int kVectors, bool kPixels>
void convolveRows(const Convolution& layer, const float* in, int inGroup, float* out, int outGroup) {
  const int vectors = layer.outBlocks * kBlock / kLanes;
  if (vectors % kVectors == 0) {
    convolveTiles<kLanes, kRows, kVectors, 2, kPixels>(layer, in, inGroup, out, outGroup);
  } else if (vectors % 2 == 0) {
    convolveTiles<kLanes, kRows, 2, 2, kPixels>(layer, in, inGroup, out, outGroup);
  } else {
    convolveTiles<kLanes, kRows, 1, 1, kPixels>(layer, in, inGroup, out, outGroup);
  }
}

// Twelve sums hide the latency of multiply-add and fit 16 registers; eight are too few for that, but only
// they divide lines of 2, 4 and 8 pixels there.
template <int kLanes>
void convolve(const Convolution& layer, const float* in, int inGroup, float* out, int outGroup) {
  constexpr int kSums = kLanes == 16 ? 16 : 8;
  if (inGroup == kGroup) {
    convolveRows<kLanes, kGroup, 2, false>(layer, in, inGroup, out, outGroup);
  } else if (layer.side % 6 == 0) {
    convolveRows<kLanes, 6, 2, true>(layer, in, inGroup, out, outGroup);
  } else if (layer.side % (kSums / 2) == 0) {
    convolveRows<kLanes, kSums / 2, 2, true>(layer, in, inGroup, out, outGroup);
  } else if (layer.side % 4 == 0) {
    convolveRows<kLanes, 4, kSums / 4, true>(layer, in, inGroup, out, outGroup);
  } else {
    convolveRows<kLanes, 2, kSums / 2, true>(layer, in, inGroup, out, outGroup);
  }
}

template <int kLanes>
void first(const Convolution& layer, const float* planes, float* out, int outGroup) {
  constexpr int kColumns = kLanes == 16 ? 8 : 4;  // of two lines, which the pool halves
  constexpr int kPerBlock = kBlock / kLanes;
  const int line = layer.side + 2, half = layer.side / 2;
  for (int v = 0; v < layer.outBlocks * kPerBlock; ++v) {
    const float* weight = layer.weight + v * 27 * kLanes;
    float* block =
        out + std::ptrdiff_t{v / kPerBlock} * half * half * outGroup * kBlock + v % kPerBlock * kLanes;
    for (int y = 0; y < layer.side; y += 2) {
      for (int x = 0; x < layer.side; x += kColumns) {
        Vector<kLanes> sum[2][kColumns];
#pragma GCC unroll 8
        for (int j = 0; j < kColumns; ++j) sum[0][j] = sum[1][j] = load<kLanes>(layer.bias + v * kLanes);
        const float* w = weight;
        for (int row = 0; row < 9; ++row) {  // plane x ky
          const float* source = planes + (row / 3 * line + y + row % 3) * line + x;
#pragma GCC unroll 3
          for (int dx = 0; dx < 3; ++dx, w += kLanes) {
            const Vector<kLanes> tap = load<kLanes>(w);
#pragma GCC unroll 8
            for (int j = 0; j < kColumns; ++j) {
              sum[0][j] += source[j + dx] * tap;
              sum[1][j] += source[line + j + dx] * tap;
            }
          }
        }
#pragma GCC unroll 8
        for (int j = 0; j < kColumns; j += 2) {
          takeMaximum(sum[0][j], sum[0][j + 1]);
          takeMaximum(sum[1][j], sum[1][j + 1]);
          takeMaximum(sum[0][j], sum[1][j]);
          rectify(sum[0][j]);
          save<kLanes>(block + (y / 2 * half + (x + j) / 2) * outGroup * kBlock, sum[0][j]);
        }
      }
    }
  }
}

template <int kLanes, int kRows>
void linearRows(const Linear& layer, int tile, const float* in, float* out) {
  Tile<kLanes, kRows, 2> sums;
  const int start = tile * 2 * kLanes;
#pragma GCC unroll 16
  for (int r = 0; r < kRows; ++r) {
    sums.sum[r][0] = load<kLanes>(layer.bias + start);
    sums.sum[r][1] = load<kLanes>(layer.bias + start + kLanes);
  }
  multiplyAdd<0, kRows, 2>(sums, in, layer.in, layer.in, layer.weight + std::ptrdiff_t{start} * layer.in, 0);
  const int count = layer.out - start;
#pragma GCC unroll 16
  for (int r = 0; r < kRows; ++r) {
    float* target = out + std::ptrdiff_t{r} * layer.out + start;
    if (count >= 2 * kLanes) {
      save<kLanes>(target, sums.sum[r][0]);
      save<kLanes>(target + kLanes, sums.sum[r][1]);
    } else {
      for (int i = 0; i < count; ++i) target[i] = sums.sum[r][i / kLanes][i % kLanes];
    }
  }
}

template <int kLanes>
void linear(const Linear& layer, const float* in, int faces, float* out) {
  constexpr int kRows = kGroup;
  for (int tile = 0; tile * 2 * kLanes < layer.out; ++tile) {
    int face = 0;
    for (; face + kRows <= faces; face += kRows) {
      linearRows<kLanes, kRows>(layer, tile, in + face * layer.in, out + std::ptrdiff_t{face} * layer.out);
    }
    for (; face < faces; ++face) {
      linearRows<kLanes, 1>(layer, tile, in + face * layer.in, out + std::ptrdiff_t{face} * layer.out);
    }
  }
}

}  // namespace

const Kernels* ours() {
  static constexpr Kernels kOurs = {DISCERN_LANES, &first<DISCERN_LANES>, &convolve<DISCERN_LANES>,
                                    &linear<DISCERN_LANES>};
  return &kOurs;
}

}  // namespace discern::networks::student::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace discern::networks::student {

HWY_EXPORT(ours);

const Kernels& kernels() { return *HWY_DYNAMIC_DISPATCH(ours)(); }

std::vector<const Kernels*> availableKernels() {
  return onEachTarget([] { return HWY_DYNAMIC_DISPATCH(ours)(); });
}

}  // namespace discern::networks::student
#endif
