// Row-major float32 matrices: what every part of the engine exchanges.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace discern::data {

// Not owning. Row r is data[r * cols .. (r + 1) * cols).
struct MatrixView {
  const float* values = nullptr;
  std::int64_t rows = 0;
  std::int64_t cols = 0;

  std::span<const float> row(std::int64_t r) const {
    return {values + r * cols, static_cast<std::size_t>(cols)};
  }
};

struct Matrix {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::vector<float> values;

  Matrix() = default;
  Matrix(std::int64_t r, std::int64_t c, float fill = 0.0F)
      : rows(r), cols(c), values(static_cast<std::size_t>(r * c), fill) {}

  std::span<float> row(std::int64_t r) { return {values.data() + r * cols, static_cast<std::size_t>(cols)}; }
  std::span<const float> row(std::int64_t r) const {
    return {values.data() + r * cols, static_cast<std::size_t>(cols)};
  }
  MatrixView view() const { return {values.data(), rows, cols}; }
};

bool isFinite(std::span<const float> values);
double dot(std::span<const float> a, std::span<const float> b);
double norm(std::span<const float> values);
double cosine(std::span<const float> a, std::span<const float> b);  // 0 when either is the zero vector
// Divides by the L2 norm in place; a zero vector stays zero. Returns the norm it had.
double normalise(std::span<float> values);

}  // namespace discern::data
