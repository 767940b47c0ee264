#include "core/selection/kernels.h"

#include <utility>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/selection/kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace discern::selection::HWY_NAMESPACE {
namespace {

constexpr std::size_t kLanes = DISCERN_LANES;        // floats side by side
constexpr std::size_t kDoubles = DISCERN_LANES / 2;  // doubles
typedef float Floats __attribute__((vector_size(kLanes * 4), may_alias));
typedef int Ints __attribute__((vector_size(kLanes * 4), may_alias));
typedef float LooseFloats __attribute__((vector_size(kLanes * 4), may_alias, aligned(4)));
typedef float HalfFloats __attribute__((vector_size(kDoubles * 4), may_alias));
typedef double Doubles __attribute__((vector_size(kDoubles * 8), may_alias));

inline const Floats& floatsAt(const float* p) { return *reinterpret_cast<const Floats*>(p); }
inline Floats& floatsAt(float* p) { return *reinterpret_cast<Floats*>(p); }
inline const Doubles& doublesAt(const double* p) { return *reinterpret_cast<const Doubles*>(p); }
inline Doubles& doublesAt(double* p) { return *reinterpret_cast<Doubles*>(p); }
inline Doubles widened(const float* p) {
  return __builtin_convertvector(*reinterpret_cast<const HalfFloats*>(p), Doubles);
}
inline double total(const Doubles& v) {
  double sum = 0;
  for (std::size_t k = 0; k < kDoubles; ++k) sum += v[k];
  return sum;
}

// What vectors of the compiler's own lack, or say in twice the instructions. (GCC 12 warns of AVX-512's
// unmasked forms, whose unused lanes come from a variable that is never set.)
#if HWY_ARCH_X86 && HWY_MAX_BYTES == 64
inline Floats lesser(const Floats& a, const Floats& b) { return _mm512_maskz_min_ps(0xffff, a, b); }
inline Floats clipped(const Floats& v) {
  return lesser(_mm512_maskz_max_ps(0xffff, v, Floats{}), Floats{} + 1);
}
inline Doubles clipped(const Doubles& v) {
  return _mm512_maskz_min_pd(0xff, _mm512_maskz_max_pd(0xff, v, Doubles{}), Doubles{} + 1);
}
inline std::uint64_t lanesEqual(const Floats& a, const Floats& b) {
  return _mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ);
}
inline Floats picked(const float* from, const Ints& at) {
  return _mm512_mask_i32gather_ps(Floats{}, 0xffff, (__m512i)at, from, 4);
}
#elif HWY_ARCH_X86 && HWY_MAX_BYTES == 32
inline Floats lesser(const Floats& a, const Floats& b) { return _mm256_min_ps(a, b); }
inline Floats clipped(const Floats& v) { return _mm256_min_ps(_mm256_max_ps(v, Floats{}), Floats{} + 1); }
inline Doubles clipped(const Doubles& v) { return _mm256_min_pd(_mm256_max_pd(v, Doubles{}), Doubles{} + 1); }
inline std::uint64_t lanesEqual(const Floats& a, const Floats& b) {
  return static_cast<unsigned>(_mm256_movemask_ps(_mm256_cmp_ps(a, b, _CMP_EQ_OQ)));
}
inline Floats picked(const float* from, const Ints& at) { return _mm256_i32gather_ps(from, (__m256i)at, 4); }
#else
inline Floats lesser(const Floats& a, const Floats& b) { return a < b ? a : b; }
template <typename Vector>
inline Vector clipped(const Vector& v) {
  const Vector nothing = {}, everything = 1 - nothing, below = v < nothing ? nothing : v;
  return below > everything ? everything : below;
}
inline std::uint64_t lanesEqual(const Floats& a, const Floats& b) {
  std::uint64_t bits = 0;
  for (std::size_t k = 0; k < kLanes; ++k) bits |= static_cast<std::uint64_t>(a[k] == b[k]) << k;
  return bits;
}
inline Floats picked(const float* from, const Ints& at) {
  Floats all;
  for (std::size_t k = 0; k < kLanes; ++k) all[k] = from[at[k]];
  return all;
}
#endif

inline Ints counting() {
  Ints lanes;
  for (std::size_t k = 0; k < kLanes; ++k) lanes[k] = static_cast<int>(k);
  return lanes;
}

// A tile is kTileRows x kTileCols dot products, as many as there are lanes: folding the accumulators pairwise
// ends in one vector with the sum of accumulator v in lane v, added up in the same order for each.
#if HWY_ARCH_X86 && HWY_MAX_BYTES == 64
constexpr std::size_t kTileRows = 4, kTileCols = 4;
#elif HWY_ARCH_X86 && HWY_MAX_BYTES == 32
constexpr std::size_t kTileRows = 2, kTileCols = 4;
#else
constexpr std::size_t kTileRows = 2, kTileCols = 2;
#endif

constexpr std::size_t kPanelRows = 8;  // a divisor of kPad

using Lanes = std::make_integer_sequence<int, static_cast<int>(kLanes)>;

// Lane l of the result: a[l] + a[l ^ Stride] where l lacks the bit, b[l] + b[l ^ Stride] where it has it.
template <int Stride, int... L>
inline Floats fold(const Floats& a, const Floats& b, std::integer_sequence<int, L...>) {
  constexpr int kSecond = static_cast<int>(kLanes);  // where the lanes of b begin
  return __builtin_shufflevector(a, b, ((L & Stride) != 0 ? kSecond : 0) + L...) +
         __builtin_shufflevector(a, b, ((L & Stride) != 0 ? kSecond : 0) + (L ^ Stride)...);
}

template <int Stride>
inline Floats foldAll(const Floats* v) {
  if constexpr (Stride == 1) {
    return fold<1>(v[0], v[1], Lanes{});
  } else {
    return fold<Stride>(foldAll<Stride / 2>(v), foldAll<Stride / 2>(v + Stride), Lanes{});
  }
}

inline Floats tile(const float* const* a, const float* const* b, std::size_t width) {
  const auto at = [](const float* p) { return *reinterpret_cast<const LooseFloats*>(p); };
  Floats sums[kLanes] = {};
  for (std::size_t k = 0; k < width; k += kLanes) {
    Floats right[kTileCols];
#pragma GCC unroll 4
    for (std::size_t c = 0; c < kTileCols; ++c) right[c] = at(b[c] + k);
#pragma GCC unroll 4
    for (std::size_t r = 0; r < kTileRows; ++r) {
      const Floats left = at(a[r] + k);
#pragma GCC unroll 4
      for (std::size_t c = 0; c < kTileCols; ++c) sums[r * kTileCols + c] += left * right[c];
    }
  }
  return foldAll<static_cast<int>(kLanes) / 2>(sums);
}

template <int... L>
inline Floats mirrored(const Floats& tile, std::integer_sequence<int, L...>) {
  constexpr int kRows = static_cast<int>(kTileRows), kCols = static_cast<int>(kTileCols);
  return __builtin_shufflevector(tile, tile, L % kRows * kCols + L / kRows...);
}

// The tile of products at (i, j) and its mirror image across the diagonal.
inline void store(const Floats& products, float* w, std::size_t side, std::size_t i, std::size_t j) {
  const Floats across = mirrored(products, Lanes{});
  for (std::size_t r = 0; r < kTileRows; ++r)
    __builtin_memcpy(w + (i + r) * side + j, reinterpret_cast<const float*>(&products) + r * kTileCols,
                     kTileCols * sizeof(float));
  for (std::size_t c = 0; c < kTileCols; ++c)
    __builtin_memcpy(w + (j + c) * side + i, reinterpret_cast<const float*>(&across) + c * kTileRows,
                     kTileRows * sizeof(float));
}

void gram(const float* const* rows, std::size_t n, std::size_t width, float* w, const float* const* ahead,
          std::size_t aheads) {
  const std::size_t side = padded(n);
  const std::size_t tiles = (n + kTileCols - 1) / kTileCols * ((n + kTileRows - 1) / kTileRows) / 2 + 1;
  const std::size_t lines = width / 16, each = aheads * lines / tiles + 1;
  std::size_t aheadRow = 0, aheadLine = 0;
  // By panels of rows, which stay in the nearest cache with the few they are multiplied with.
  for (std::size_t panel = 0; panel < side; panel += kPanelRows)
    for (std::size_t j = panel / kTileCols * kTileCols; j < side; j += kTileCols)
      for (std::size_t i = panel; i < panel + kPanelRows && i < j + kTileCols; i += kTileRows) {
        if (i >= n || j >= n) {
          store(Floats{}, w, side, i, j);
          continue;
        }
        for (std::size_t k = 0; k < each && aheadRow < aheads; ++k) {
          __builtin_prefetch(ahead[aheadRow] + 16 * aheadLine, 0, 2);
          if (++aheadLine == lines) aheadLine = 0, ++aheadRow;
        }
        store(tile(rows + i, rows + j, width), w, side, i, j);
      }
}

std::int64_t weigh(float* w, const float* scale, std::size_t n) {
  const std::size_t side = padded(n);
  Ints negatives = {};
  for (std::size_t i = 0; i < side; ++i) {
    w[i * side + i] = 0;
    for (std::size_t j = 0; j < side; j += kLanes) {
      const Floats value = floatsAt(w + i * side + j) * (scale[i] * floatsAt(scale + j));
      const Ints below = value < 0;
      negatives -= below;
      floatsAt(w + i * side + j) = below ? Floats{} : value;
    }
  }
  std::int64_t negative = 0;
  for (std::size_t k = 0; k < kLanes; ++k) negative += negatives[k];
  return negative / 2;
}

double copy(const float* values, std::size_t n, float* to) {
  Floats sums[4] = {};
  std::size_t i = 0;
  for (; i + 4 * kLanes <= n; i += 4 * kLanes)
    for (std::size_t k = 0; k < 4; ++k) {
      const Floats v = *reinterpret_cast<const LooseFloats*>(values + i + k * kLanes);
      floatsAt(to + i + k * kLanes) = v;
      sums[k] += v * v;
    }
  const Floats all = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  double sum = 0;
  for (std::size_t k = 0; k < kLanes; ++k) sum += all[k];
  for (; i < n; ++i) {
    to[i] = values[i];
    sum += static_cast<double>(values[i]) * values[i];
  }
  return sum;
}

template <std::size_t V>
inline void sumsOfColumns(const float* w, double* out, std::size_t n, std::size_t begin) {
  Doubles sums[V] = {};
  for (std::size_t j = 0; j < n; ++j)
#pragma GCC unroll 8
    for (std::size_t v = 0; v < V; ++v) sums[v] += widened(w + j * n + begin + v * kDoubles);
  for (std::size_t v = 0; v < V; ++v) doublesAt(out + begin + v * kDoubles) = sums[v];
}

void sums(const float* w, double* out, std::size_t n) {
  std::size_t i = 0;
  for (; i + 4 * kDoubles <= n; i += 4 * kDoubles) sumsOfColumns<4>(w, out, n, i);
  for (; i < n; i += 2 * kDoubles) sumsOfColumns<2>(w, out, n, i);
}

void gains(const float* w, const std::size_t* order, std::size_t count, double* gain, double* linked,
           std::size_t n) {
  for (std::size_t i = 0; i < n; i += kDoubles) doublesAt(linked + i) = Doubles{};
  std::size_t p = 0;
  for (; p + 4 <= count; p += 4) {  // four rows a pass over linked
    const float* rows[4];
    for (std::size_t r = 0; r < 4; ++r) {
      const std::size_t sample = order[p + r];
      double sum = linked[sample];
      for (std::size_t before = 0; before < r; ++before) sum += rows[before][sample];
      gain[p + r] = sum;
      rows[r] = w + sample * n;
    }
    for (std::size_t i = 0; i < n; i += kDoubles)
      doublesAt(linked + i) +=
          (widened(rows[0] + i) + widened(rows[1] + i)) + (widened(rows[2] + i) + widened(rows[3] + i));
  }
  for (; p < count; ++p) {
    gain[p] = linked[order[p]];
    const float* row = w + order[p] * n;
    for (std::size_t i = 0; i < n; i += kDoubles) doublesAt(linked + i) += widened(row + i);
  }
}

// The smallest lane, in all lanes.
template <int Stride, int... L>
inline Floats smallest(const Floats& v, std::integer_sequence<int, L...> lanes) {
  const Floats both = lesser(v, __builtin_shufflevector(v, v, (L ^ Stride)...));
  if constexpr (Stride == 1) {
    return both;
  } else {
    return smallest<Stride / 2>(both, lanes);
  }
}

// At most 64 samples, all of whose state stays in registers.
template <std::size_t V>
void peelFew(const float* w, const float* degree, const float* inverse, const float* penalty,
             std::size_t* order, std::size_t count) {
  static_assert(V * kLanes <= 64);
  Floats rest[V], scale[V], barred[V], key[V];
  for (std::size_t v = 0; v < V; ++v) {
    rest[v] = floatsAt(degree + v * kLanes);
    scale[v] = floatsAt(inverse + v * kLanes);
    barred[v] = floatsAt(penalty + v * kLanes);
  }
  while (count-- > 0) {
#pragma GCC unroll 16
    for (std::size_t v = 0; v < V; ++v) key[v] = rest[v] * scale[v] + barred[v];
    Floats least = key[0];
#pragma GCC unroll 16
    for (std::size_t v = 1; v < V; ++v) least = lesser(least, key[v]);
    least = smallest<static_cast<int>(kLanes) / 2>(least, Lanes{});
    std::uint64_t where = 0;
#pragma GCC unroll 16
    for (std::size_t v = 0; v < V; ++v) where |= lanesEqual(key[v], least) << v * kLanes;
    const auto first = static_cast<std::size_t>(where == 0 ? 0 : __builtin_ctzll(where));
    order[count] = first;
    const float* row = w + first * V * kLanes;
#pragma GCC unroll 16
    for (std::size_t v = 0; v < V; ++v) {
      rest[v] -= floatsAt(row + v * kLanes);
      const Ints isFirst = counting() == static_cast<int>(first) - static_cast<int>(v * kLanes);
      barred[v] = isFirst ? Floats{} + __builtin_inff() : barred[v];
    }
  }
}

void peelMany(const float* w, float* degree, const float* inverse, float* penalty, std::size_t* order,
              std::size_t count, std::size_t n) {
  const float* removed = nullptr;
  while (count-- > 0) {
    Floats least = Floats{} + __builtin_inff();
    Ints leastIndex = {}, index = counting();
    for (std::size_t i = 0; i < n; i += kLanes) {
      if (removed != nullptr) floatsAt(degree + i) -= floatsAt(removed + i);
      const Floats key = floatsAt(degree + i) * floatsAt(inverse + i) + floatsAt(penalty + i);
      const Ints better = key < least;
      least = better ? key : least;
      leastIndex = better ? index : leastIndex;
      index += static_cast<int>(kLanes);
    }
    std::size_t first = 0;
    for (std::size_t k = 1; k < kLanes; ++k)
      if (least[k] < least[first] || (least[k] == least[first] && leastIndex[k] < leastIndex[first]))
        first = k;
    first = static_cast<std::size_t>(leastIndex[first]);
    order[count] = first;
    penalty[first] = __builtin_inff();
    removed = w + first * n;
  }
}

void peel(const float* w, float* degree, const float* inverse, float* penalty, std::size_t* order,
          std::size_t count, std::size_t n) {
  constexpr std::size_t vectors = 16 / kLanes;
  switch (n) {
    case 16:
      return peelFew<vectors>(w, degree, inverse, penalty, order, count);
    case 32:
      return peelFew<2 * vectors>(w, degree, inverse, penalty, order, count);
    case 48:
      return peelFew<3 * vectors>(w, degree, inverse, penalty, order, count);
    case 64:
      return peelFew<4 * vectors>(w, degree, inverse, penalty, order, count);
    default:
      return peelMany(w, degree, inverse, penalty, order, count, n);
  }
}

void part(const float* w, std::size_t n, const std::int32_t* members, std::size_t count, float* out) {
  const std::size_t width = padded(count);
  for (std::size_t i = 0; i < width; ++i)
    for (std::size_t j = 0; j < width; j += kLanes) {
      const Ints& columns = *reinterpret_cast<const Ints*>(members + j);
      const Ints inside = counting() < static_cast<int>(i < count && j < count ? count - j : 0);
      const float* row = w + static_cast<std::size_t>(members[i]) * n;
      floatsAt(out + i * width + j) = inside ? picked(row, columns) : Floats{};
    }
}

// Columns [begin, begin + V * kDoubles) of the Laplacian's product. By columns, w being symmetric: the sums
// then stay in their lanes.
template <std::size_t V>
inline double laplacianColumns(const float* w, const double* degree, const double* x, double* out,
                               std::size_t n, std::size_t begin) {
  Doubles sums[V] = {};
  for (std::size_t j = 0; j < n; ++j) {
    const float* row = w + j * n + begin;
    const Doubles factor = x[j] - Doubles{};
#pragma GCC unroll 8
    for (std::size_t v = 0; v < V; ++v) sums[v] += widened(row + v * kDoubles) * factor;
  }
  Doubles product = {};
#pragma GCC unroll 8
  for (std::size_t v = 0; v < V; ++v) {
    const std::size_t at = begin + v * kDoubles;
    const Doubles value = doublesAt(degree + at) * doublesAt(x + at) - sums[v];
    doublesAt(out + at) = value;
    product += doublesAt(x + at) * value;
  }
  return total(product);
}

double laplacian(const float* w, const double* degree, const double* x, double* out, std::size_t n) {
  double product = 0;
  std::size_t i = 0;
  for (; i + 8 * kDoubles <= n; i += 8 * kDoubles) product += laplacianColumns<8>(w, degree, x, out, n, i);
  for (; i + 4 * kDoubles <= n; i += 4 * kDoubles) product += laplacianColumns<4>(w, degree, x, out, n, i);
  for (; i < n; i += 2 * kDoubles) product += laplacianColumns<2>(w, degree, x, out, n, i);
  return product;
}

inline const Floats& vectorAt(const float* p) { return floatsAt(p); }
inline Floats& vectorAt(float* p) { return floatsAt(p); }
inline const Doubles& vectorAt(const double* p) { return doublesAt(p); }
inline Doubles& vectorAt(double* p) { return doublesAt(p); }
inline void readWeights(const float* p, Floats& to) { to = floatsAt(p); }
inline void readWeights(const float* p, Doubles& to) { to = widened(p); }

// In the precision of x: Vector is Floats or Doubles.
template <std::size_t V, typename Vector, typename Value>
inline void loadsOfColumns(const float* w, const Value* x, Value* load, Value* open, std::size_t n,
                           std::size_t begin) {
  constexpr std::size_t lanes = sizeof(Vector) / sizeof(Value);
  Vector sums[V] = {}, opens[V] = {}, mine[V];
  for (std::size_t v = 0; v < V; ++v) mine[v] = Value(0.5) + vectorAt(x + begin + v * lanes);
  for (std::size_t j = 0; j < n; ++j) {
    const float* row = w + j * n + begin;
    const Vector other = x[j] - Vector{};
#pragma GCC unroll 8
    for (std::size_t v = 0; v < V; ++v) {
      Vector weight;
      readWeights(row + v * lanes, weight);
      const Vector share = mine[v] - other, held = clipped(share);
      sums[v] += held * weight;
      opens[v] += share == held ? weight : Vector{};
    }
  }
  for (std::size_t v = 0; v < V; ++v) {
    vectorAt(load + begin + v * lanes) = sums[v];
    vectorAt(open + begin + v * lanes) = opens[v];
  }
}

void loads(const float* w, const double* x, double* load, double* open, std::size_t n) {
  std::size_t i = 0;
  for (; i + 4 * kDoubles <= n; i += 4 * kDoubles) loadsOfColumns<4, Doubles>(w, x, load, open, n, i);
  for (; i < n; i += 2 * kDoubles) loadsOfColumns<2, Doubles>(w, x, load, open, n, i);
}

void roughLoads(const float* w, const float* x, float* load, float* open, std::size_t n) {
  std::size_t i = 0;
  for (; i + 4 * kLanes <= n; i += 4 * kLanes) loadsOfColumns<4, Floats>(w, x, load, open, n, i);
  for (; i + 2 * kLanes <= n; i += 2 * kLanes) loadsOfColumns<2, Floats>(w, x, load, open, n, i);
  for (; i < n; i += kLanes) loadsOfColumns<1, Floats>(w, x, load, open, n, i);
}

double step(double a, const double* p, const double* q, const double* inverse, double* x, double* r,
            double* z, std::size_t n) {
  Doubles product = {};
  for (std::size_t i = 0; i < n; i += kDoubles) {
    doublesAt(x + i) += a * doublesAt(p + i);
    const Doubles rest = doublesAt(r + i) - a * doublesAt(q + i);
    doublesAt(r + i) = rest;
    const Doubles scaled = rest * doublesAt(inverse + i);
    doublesAt(z + i) = scaled;
    product += rest * scaled;
  }
  return total(product);
}

}  // namespace

const Kernels* ours() {
  static constexpr Kernels kOurs = {kLanes, gram, weigh,     copy,  sums,       gains,
                                    peel,   part, laplacian, loads, roughLoads, step};
  return &kOurs;
}

}  // namespace discern::selection::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace discern::selection {

HWY_EXPORT(ours);

const Kernels& kernels() {
  static const Kernels& widest = *HWY_DYNAMIC_DISPATCH(ours)();
  return widest;
}

std::vector<const Kernels*> availableKernels() {
  return onEachTarget([] { return HWY_DYNAMIC_DISPATCH(ours)(); });
}

}  // namespace discern::selection
#endif
