#include "core/selection/class_weights.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace discern::selection {
namespace {

// Copies a row and returns what makes it of unit length: 1 / length, 0 for the zero vector, NaN if it holds
// NaN or infinity. Where products of such rows would leave the range of float, the copy itself is of unit
// length, with 1.
double copyRow(std::span<const float> row, float* to) {
  double sum = kernels().copy(row.data(), row.size(), to);
  if (sum > 1e-30 && sum < 1e30) return 1 / std::sqrt(sum);
  sum = 0;
  for (const float v : row) sum += static_cast<double>(v) * v;
  if (!std::isfinite(sum)) return std::numeric_limits<double>::quiet_NaN();
  if (sum == 0) return 0;
  for (std::size_t k = 0; k < row.size(); ++k) to[k] = static_cast<float>(row[k] / std::sqrt(sum));
  return 1;
}

}  // namespace

Classes classesOf(const SelectionInput& input) {
  const auto n = static_cast<std::size_t>(input.features.rows);
  if (input.identity.size() != n)
    fail("selection: {} features have {} identity labels; give one label for each", n, input.identity.size());
  if (input.others.size() != n)
    fail("selection: {} features have {} similarities to other identities (u); give one for each", n,
         input.others.size());
  if (input.identities < 0)
    fail("selection: {} identities were announced, expected 0 or more", input.identities);
  Classes classes;
  classes.begin.assign(static_cast<std::size_t>(input.identities) + 1, 0);
  const auto takesPart = [&](std::size_t i) {
    return input.identity[i] >= 0 && !std::isnan(input.others[i]);
  };
  for (std::size_t i = 0; i < n; ++i) {
    if (input.identity[i] >= input.identities)
      fail(
          "selection: sample {} has the identity label {}, expected at most {}; number the identities from 0",
          i, input.identity[i], input.identities - 1);
    if (!takesPart(i)) continue;
    if (input.others[i] < 0 || std::isinf(input.others[i]))
      fail(
          "selection: the similarity of sample {} to other identities (u) is {}, expected a number of at "
          "least 0; "
          "take it from a score with negative cosines counted as 0",
          i, input.others[i]);
    ++classes.begin[static_cast<std::size_t>(input.identity[i]) + 1];
  }
  for (std::size_t c = 1; c < classes.begin.size(); ++c) classes.begin[c] += classes.begin[c - 1];
  classes.order.resize(static_cast<std::size_t>(classes.begin.back()));
  std::vector<std::int64_t> next(classes.begin.begin(), classes.begin.end() - 1);
  for (std::size_t i = 0; i < n; ++i)
    if (takesPart(i))
      classes.order[static_cast<std::size_t>(next[input.identity[i]]++)] = static_cast<std::int64_t>(i);
  return classes;
}

void ClassWeights::load(const SelectionInput& input, std::span<const std::int64_t> members,
                        std::span<const std::int64_t> next) {
  const auto dims = static_cast<std::size_t>(input.features.cols);
  const std::size_t stride = padded(dims);
  members_.clear();
  others_.clear();
  rows_.resize(padded(members.size()) * stride);
  scale_.assign(padded(members.size()), 0.0F);
  for (std::size_t k = 0; k < members.size(); ++k) {
    const std::int64_t i = members[k];
    const auto row = input.features.row(i);
    float* to = rows_.data() + members_.size() * stride;
    const double scale = copyRow(row, to);
    if (std::isnan(scale)) continue;
    scale_[members_.size()] = static_cast<float>(scale);
    std::fill(to + dims, to + stride, 0.0F);
    members_.push_back(i);
    others_.push_back(input.others[i]);
  }
  const std::size_t n = members_.size();
  std::fill(rows_.begin() + static_cast<std::ptrdiff_t>(n * stride),
            rows_.begin() + static_cast<std::ptrdiff_t>(padded(n) * stride), 0.0F);
  pairs_.resize(padded(n) * padded(n));
  ahead_.clear();
  for (const auto i : next) ahead_.push_back(input.features.row(i).data());
  clamped_ =
      kernels().gram(rows_.data(), scale_.data(), n, dims, pairs_.data(), ahead_.data(), ahead_.size());
}

}  // namespace discern::selection
