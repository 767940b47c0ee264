// The two searches over all products of two sets of unit
// vectors, done in tiles so that memory does not grow with them.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/base/progress.h"
#include "core/data/matrix.h"

namespace discern::discriminability {

// On the GPU a tile must be large to keep it busy; 8192 x 16384 floats are 512 MiB.
constexpr int kCudaRows = 8192, kCudaCols = 16384;

struct TileOptions {
  int rows = 1024, cols = 1024;
  bool cuda = false;
  bool sum = false;  // Nearest::sum too, from the same pass
};

struct Nearest {
  std::vector<float> cosine;         // -infinity: there was no other column
  std::vector<std::int32_t> column;  // -1: likewise; of equal cosines the first
  std::vector<double> sum;           // over all other columns, negative products as 0; empty: not asked for
};

// For each of n unit rows the largest product with a row of `columns`, without column own(r) (-1: none to
// leave out). loadRow(r, out) writes unit row r; it is called from several threads. Advances `progress` by
// rows; throws Cancelled.
Nearest nearestOther(std::int64_t n, const std::function<void(std::int64_t, std::span<float>)>& loadRow,
                     const std::function<std::int32_t(std::int64_t)>& own, data::MatrixView columns,
                     const TileOptions& options, Progress& progress);

// What nearestOther runs with options.cuda: whole tensors on `device` ("cuda", or "cpu" where a test has no
// other), tiles of the given size.
Nearest nearestOnDevice(const char* device, std::int64_t n,
                        const std::function<void(std::int64_t, std::span<float>)>& loadRow,
                        const std::function<std::int32_t(std::int64_t)>& own, data::MatrixView columns,
                        const TileOptions& options, Progress& progress);

// Of each row, over its products with all rows (its own included): their sum and the sum of their squares. By
// way of the d x d matrix of the rows, so at a cost of rows * d^2.
struct Moments {
  std::vector<double> sum, squares;
};
Moments productMoments(data::MatrixView rows);

}  // namespace discern::discriminability
