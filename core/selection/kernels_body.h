// Included by kernels_<instruction set>.cpp with DISCERN_LANES and DISCERN_KERNELS set. Free of the standard
// library: an inline function of it, compiled here for a newer processor, could be the copy the linker keeps.
#include "core/selection/kernels.h"

namespace discern::selection {
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

// A tile is kTileRows x kTileCols dot products, as many as there are lanes: folding the accumulators pairwise
// ends in one vector with the sum of accumulator v in lane v, added up in the same order for each.
#if DISCERN_LANES == 16
constexpr std::size_t kTileRows = 4, kTileCols = 4;
#elif DISCERN_LANES == 8
constexpr std::size_t kTileRows = 2, kTileCols = 4;
#else
constexpr std::size_t kTileRows = 2, kTileCols = 2;
#endif

// Lane l of the result: a[l] + a[l ^ Stride] where l lacks the bit, b[l] + b[l ^ Stride] where it has it.
template <int Stride>
inline Floats fold(const Floats& a, const Floats& b) {
  Ints kept, crossed;
  for (int l = 0; l < static_cast<int>(kLanes); ++l) {
    const int from = (l & Stride) != 0 ? static_cast<int>(kLanes) : 0;
    kept[l] = from + l;
    crossed[l] = from + (l ^ Stride);
  }
  return __builtin_shuffle(a, b, kept) + __builtin_shuffle(a, b, crossed);
}

template <int Stride>
inline Floats foldAll(const Floats* v) {
  if constexpr (Stride == 1) {
    return fold<1>(v[0], v[1]);
  } else {
    return fold<Stride>(foldAll<Stride / 2>(v), foldAll<Stride / 2>(v + Stride));
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

void gram(const float* const* rows, std::size_t n, std::size_t width, float* w, const float* const* ahead,
          std::size_t aheads) {
  const std::size_t side = padded(n);
  const std::size_t tiles = (n + kTileCols - 1) / kTileCols * ((n + kTileRows - 1) / kTileRows) / 2 + 1;
  const std::size_t lines = width / 16, each = aheads * lines / tiles + 1;
  std::size_t aheadRow = 0, aheadLine = 0;
  for (std::size_t i = 0; i < side; i += kTileRows)
    for (std::size_t j = i / kTileCols * kTileCols; j < side; j += kTileCols) {
      Floats products = {};
      if (i < n && j < n) {
        for (std::size_t k = 0; k < each && aheadRow < aheads; ++k) {
          __builtin_prefetch(ahead[aheadRow] + 16 * aheadLine, 0, 2);
          if (++aheadLine == lines) aheadLine = 0, ++aheadRow;
        }
        products = tile(rows + i, rows + j, width);
      }
      for (std::size_t r = 0; r < kTileRows; ++r)
        for (std::size_t c = 0; c < kTileCols; ++c)
          w[(i + r) * side + j + c] = w[(j + c) * side + i + r] = products[r * kTileCols + c];
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

void addRow(double* to, const float* row, std::size_t n) {
  for (std::size_t i = 0; i < n; i += kDoubles) doublesAt(to + i) += widened(row + i);
}

std::size_t peel(float* degree, const float* row, const float* inverse, const float* penalty, std::size_t n) {
  Floats best;
  for (std::size_t k = 0; k < kLanes; ++k) best[k] = __builtin_inff();
  Ints bestIndex = {}, index;
  for (std::size_t k = 0; k < kLanes; ++k) index[k] = static_cast<int>(k);
  for (std::size_t i = 0; i < n; i += kLanes) {
    const Floats rest = floatsAt(degree + i) - floatsAt(row + i);
    floatsAt(degree + i) = rest;
    const Floats key = rest * floatsAt(inverse + i) + floatsAt(penalty + i);
    const Ints better = key < best;
    best = better ? key : best;
    bestIndex = better ? index : bestIndex;
    index += static_cast<int>(kLanes);
  }
  // The first of the smallest, by halves: lanes then agree.
  for (int stride = static_cast<int>(kLanes) / 2; stride > 0; stride /= 2) {
    Ints crossed;
    for (int k = 0; k < static_cast<int>(kLanes); ++k) crossed[k] = k ^ stride;
    const Floats other = __builtin_shuffle(best, crossed);
    const Ints otherIndex = __builtin_shuffle(bestIndex, crossed);
    const Ints better = (other < best) | ((other == best) & (otherIndex < bestIndex));
    best = better ? other : best;
    bestIndex = better ? otherIndex : bestIndex;
  }
  return static_cast<std::size_t>(bestIndex[0]);
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
      const Vector nothing = {}, everything = 1 - nothing, share = mine[v] - other;
      const Vector below = share < nothing ? nothing : share;
      const Vector clipped = below > everything ? everything : below;
      sums[v] += clipped * weight;
      opens[v] += share == clipped ? weight : nothing;
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

extern const Kernels DISCERN_KERNELS;
const Kernels DISCERN_KERNELS = {
    DISCERN_KERNELS_NAME, gram, weigh, copy, sums, addRow, peel, laplacian, loads, roughLoads, step};

}  // namespace discern::selection
