#include "core/discriminability/tiles.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <limits>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/discriminability/maxima.h"

namespace discern::discriminability {
namespace {
constexpr float kNone = -std::numeric_limits<float>::infinity();

// The rows are split over our threads, so that BLAS must not start its own (they would fight for the same
// cores). at::set_num_threads does not reach OpenBLAS; its own switch is looked up because other BLAS
// libraries lack it.
class SingleThreadedBlas {
 public:
  SingleThreadedBlas() {
    if (set_ == nullptr || get_ == nullptr) return;
    before_ = get_();
    set_(1);
  }
  ~SingleThreadedBlas() {
    if (before_ > 0) set_(before_);
  }
  SingleThreadedBlas(const SingleThreadedBlas&) = delete;
  SingleThreadedBlas& operator=(const SingleThreadedBlas&) = delete;

 private:
  using Set = void (*)(int);
  using Get = int (*)();
  Set set_ = reinterpret_cast<Set>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
  Get get_ = reinterpret_cast<Get>(dlsym(RTLD_DEFAULT, "openblas_get_num_threads"));
  int before_ = 0;
};

// LibTorch's own threads, off in the calling thread for one scope.
class SingleThreadedTorch {
 public:
  SingleThreadedTorch() : before_(at::get_num_threads()) { at::set_num_threads(1); }
  ~SingleThreadedTorch() { at::set_num_threads(before_); }
  SingleThreadedTorch(const SingleThreadedTorch&) = delete;
  SingleThreadedTorch& operator=(const SingleThreadedTorch&) = delete;

 private:
  int before_;
};

at::Tensor wrap(const float* values, std::int64_t rows, std::int64_t cols) {
  return at::from_blob(const_cast<float*>(values), {rows, cols}, at::kFloat);
}

// First index of `value`, which is among the n values.
std::int64_t positionOf(float value, const float* values, std::int64_t n) {
  constexpr std::int64_t block = 64;
  std::int64_t i = 0;
  for (; i + block <= n; i += block) {
    int hits = 0;
    for (std::int64_t k = 0; k < block; ++k) hits += values[i + k] == value ? 1 : 0;
    if (hits > 0) break;
  }
  while (i < n - 1 && values[i] != value) ++i;
  return i;
}

using LoadRow = std::function<void(std::int64_t, std::span<float>)>;
using Own = std::function<std::int32_t(std::int64_t)>;

// Rows [begin, end) of nearestOther on the CPU, in one thread.
void nearestOfRows(std::int64_t begin, std::int64_t end, const LoadRow& loadRow, const Own& own,
                   data::MatrixView columns, const TileOptions& options, const Progress& progress,
                   Nearest& nearest) {
  const c10::InferenceMode inference;
  const SingleThreadedTorch singleThreaded;
  const std::int64_t m = end - begin, dims = columns.cols;
  data::Matrix rows(m, dims);
  std::vector<float> products(
      static_cast<std::size_t>(m * std::min<std::int64_t>(options.cols, columns.rows)));
  for (std::int64_t r = 0; r < m; ++r) loadRow(begin + r, rows.row(r));
  const at::Tensor left = wrap(rows.values.data(), m, dims);
  for (std::int64_t first = 0; first < columns.rows; first += options.cols) {
    progress.throwIfStopped();
    const std::int64_t width = std::min<std::int64_t>(options.cols, columns.rows - first);
    at::Tensor out = wrap(products.data(), m, width);
    at::mm_out(out, left, wrap(columns.values + first * dims, width, dims).t());
    for (std::int64_t r = 0; r < m; ++r) {
      float* line = products.data() + r * width;
      const std::int64_t mine = own(begin + r) - first;
      if (mine >= 0 && mine < width) line[mine] = kNone;
      const float best =
          options.sum ? maximumAndSum(line, width, nearest.sum[begin + r]) : maximum(line, width);
      if (best > nearest.cosine[begin + r]) {
        nearest.cosine[begin + r] = best;
        nearest.column[begin + r] = static_cast<std::int32_t>(first + positionOf(best, line, width));
      }
    }
  }
}

Nearest noneYet(std::int64_t n, bool sum) {
  const auto rows = static_cast<std::size_t>(n);
  return {std::vector<float>(rows, kNone), std::vector<std::int32_t>(rows, -1),
          std::vector<double>(sum ? rows : 0)};
}

}  // namespace

Nearest nearestOnDevice(const char* device, std::int64_t n, const LoadRow& loadRow, const Own& own,
                        data::MatrixView columns, const TileOptions& options, Progress& progress) {
  const at::Device where(device);
  if (where.is_cuda() && !at::hasCUDA())
    fail("the option cuda was given but this machine has no CUDA device; leave it out");
  Nearest nearest = noneYet(n, options.sum);
  if (n == 0 || columns.rows == 0) return nearest;
  const c10::InferenceMode inference;
  const at::Tensor right = wrap(columns.values, columns.rows, columns.cols).to(where);
  data::Matrix rows(std::min<std::int64_t>(n, options.rows), columns.cols);
  for (std::int64_t begin = 0; begin < n; begin += options.rows) {
    const std::int64_t m = std::min<std::int64_t>(options.rows, n - begin);
    std::vector<std::int64_t> ownColumn(static_cast<std::size_t>(m));
    parallelFor(m, 256, [&](std::int64_t a, std::int64_t b) {
      for (std::int64_t r = a; r < b; ++r) {
        loadRow(begin + r, rows.row(r));
        ownColumn[r] = own(begin + r);
      }
    });
    const at::Tensor left = wrap(rows.values.data(), m, columns.cols).to(where);
    const at::Tensor mine = at::from_blob(ownColumn.data(), {m}, at::kLong).to(where);
    at::Tensor best = at::full({m}, kNone, left.options());
    at::Tensor column = at::full({m}, -1, mine.options());
    at::Tensor sum = at::zeros({options.sum ? m : 0}, left.options().dtype(at::kDouble));
    for (std::int64_t first = 0; first < columns.rows; first += options.cols) {
      progress.throwIfStopped();
      const std::int64_t width = std::min<std::int64_t>(options.cols, columns.rows - first);
      at::Tensor products = at::mm(left, right.narrow(0, first, width).t());
      const at::Tensor inside = at::nonzero((mine >= first).logical_and(mine < first + width)).squeeze(1);
      products.index_put_({inside, mine.index_select(0, inside) - first},
                          at::full({inside.size(0)}, kNone, left.options()));
      const auto [value, position] = products.max(1);
      const at::Tensor better = value > best;
      best = at::where(better, value, best);
      column = at::where(better, position + first, column);
      if (options.sum) sum += products.clamp_min_(0).sum(1);
    }
    best = best.cpu();
    column = column.to(at::kCPU, at::kInt);
    sum = sum.cpu();
    std::copy_n(best.data_ptr<float>(), m, nearest.cosine.begin() + begin);
    std::copy_n(column.data_ptr<std::int32_t>(), m, nearest.column.begin() + begin);
    if (options.sum) std::copy_n(sum.data_ptr<double>(), m, nearest.sum.begin() + begin);
    progress.advance(m);
  }
  return nearest;
}

Nearest nearestOther(std::int64_t n, const LoadRow& loadRow, const Own& own, data::MatrixView columns,
                     const TileOptions& options, Progress& progress) {
  if (options.cuda)
    return nearestOnDevice("cuda", n, loadRow, own, columns, {kCudaRows, kCudaCols, true, options.sum},
                           progress);
  Nearest nearest = noneYet(n, options.sum);
  if (n == 0 || columns.rows == 0) return nearest;
  const SingleThreadedBlas blas;
  parallelFor(n, options.rows, [&](std::int64_t begin, std::int64_t end) {
    nearestOfRows(begin, end, loadRow, own, columns, options, progress, nearest);
    progress.advance(end - begin);
  });
  return nearest;
}

Moments productMoments(data::MatrixView rows) {
  const auto n = static_cast<std::size_t>(rows.rows);
  const auto dims = static_cast<std::size_t>(rows.cols);
  Moments moments{std::vector<double>(n), std::vector<double>(n)};
  if (n == 0) return moments;
  const SingleThreadedBlas blas;
  std::vector<double> total(dims);
  for (std::int64_t r = 0; r < rows.rows; ++r)
    for (std::size_t c = 0; c < dims; ++c) total[c] += rows.row(r)[c];
  at::Tensor gram;
  {
    const c10::InferenceMode inference;
    const at::Tensor all = wrap(rows.values, rows.rows, rows.cols);
    gram = at::mm(all.t(), all);
  }
  parallelFor(rows.rows, 1024, [&](std::int64_t begin, std::int64_t end) {
    const c10::InferenceMode inference;
    const SingleThreadedTorch singleThreaded;
    const at::Tensor product = at::mm(wrap(rows.row(begin).data(), end - begin, rows.cols), gram);
    for (std::int64_t r = begin; r < end; ++r) {
      const std::span<const float> through(product.data_ptr<float>() + (r - begin) * rows.cols, dims);
      moments.squares[r] = data::dot(rows.row(r), through);
      for (std::size_t c = 0; c < dims; ++c) moments.sum[r] += rows.row(r)[c] * total[c];
    }
  });
  return moments;
}

}  // namespace discern::discriminability
