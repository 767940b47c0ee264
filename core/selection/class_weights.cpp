#include "core/selection/class_weights.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace discern::selection {
namespace {

// Squares of lengths whose products stay within float.
constexpr double kLeast = 1e-30, kMost = 1e30;

// Copies a row and returns what makes it of unit length: 1 / length, 0 for the zero vector, NaN if it holds
// NaN or infinity. Where products of such rows would leave the range of float, the copy itself is of unit
// length, with 1.
double copyRow(std::span<const float> row, float* to) {
  double sum = kernels().copy(row.data(), row.size(), to);
  if (sum > kLeast && sum < kMost) return 1 / std::sqrt(sum);
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
  const auto rowsOf = [&](std::span<const std::int64_t> of, std::vector<const float*>& rows) {
    rows.clear();
    for (const auto i : of) rows.push_back(input.features.row(i).data());
  };
  rowsOf(next, ahead_);
  if (input.features.cols % kPad != 0) return loadCopies(input, members);
  rowsOf(members, rows_);
  members_.assign(members.begin(), members.end());
  multiply(static_cast<std::size_t>(input.features.cols));
  // Their lengths come from the diagonal. Where one is beyond what may be multiplied as it is, all are looked
  // at one by one.
  const std::size_t n = members_.size(), side = padded(n);
  scale_.assign(side, 0.0F);
  for (std::size_t k = 0; k < n; ++k) {
    const float squares = pairs_[k * side + k];
    if (!(squares > kLeast && squares < kMost)) return loadCopies(input, members);
    scale_[k] = static_cast<float>(1 / std::sqrt(static_cast<double>(squares)));
  }
  finish(input);
}

void ClassWeights::loadCopies(const SelectionInput& input, std::span<const std::int64_t> members) {
  const auto dims = static_cast<std::size_t>(input.features.cols);
  const std::size_t stride = padded(dims);
  members_.clear();
  rows_.clear();
  copies_.resize(members.size() * stride);
  scale_.assign(padded(members.size()), 0.0F);
  for (const auto i : members) {
    float* to = copies_.data() + members_.size() * stride;
    const double scale = copyRow(input.features.row(i), to);
    if (std::isnan(scale)) continue;
    std::fill(to + dims, to + stride, 0.0F);
    scale_[members_.size()] = static_cast<float>(scale);
    rows_.push_back(to);
    members_.push_back(i);
  }
  scale_.resize(padded(members_.size()));
  multiply(stride);
  finish(input);
}

void ClassWeights::multiply(std::size_t width) {
  const std::size_t n = rows_.size(), side = padded(n);
  pairs_.resize(side * side);
  if (n == 0) return;
  rows_.resize(side, rows_.back());
  kernels().gram(rows_.data(), n, width, pairs_.data(), ahead_.data(), ahead_.size());
}

void ClassWeights::finish(const SelectionInput& input) {
  clamped_ = kernels().weigh(pairs_.data(), scale_.data(), members_.size());
  others_.clear();
  for (const auto i : members_) others_.push_back(input.others[static_cast<std::size_t>(i)]);
}

}  // namespace discern::selection
