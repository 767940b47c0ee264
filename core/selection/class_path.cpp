#include "core/selection/class_path.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace discern::selection {
namespace {
constexpr double kNever = std::numeric_limits<double>::infinity();
}

void ClassPath::compute(std::span<const double> u, const float* pairs, std::span<double> enters) {
  n_ = u.size();
  width_ = padded(n_);
  u_ = u;
  pairs_ = pairs;
  std::ranges::fill(enters, kNever);
  degree_.resize(width_);
  kernels().sums(pairs_, degree_.data(), width_);
  peel();
  gain_.resize(order_.size());
  findGains(0, order_.size());
  blocks_.clear();
  appendPositions(free_, order_.size());
  refine();
  for (const Block& block : blocks_)
    for (std::size_t p = block.begin; p < block.end; ++p) enters[order_[p]] = block.u / block.weight;
  enterFree(enters);
}

// A heuristic, so single precision will do.
void ClassPath::peel() {
  order_.clear();
  for (std::size_t i = 0; i < n_; ++i)
    if (u_[i] == 0 && degree_[i] > 0) order_.push_back(i);
  free_ = order_.size();
  zero_.assign(width_, 0.0F);
  rest_.assign(width_, 0.0F);
  inverse_.assign(width_, 0.0F);
  penalty_.assign(width_, std::numeric_limits<float>::infinity());
  for (std::size_t i = 0; i < n_; ++i) {
    if (u_[i] == 0 || degree_[i] == 0) continue;
    order_.push_back(i);
    rest_[i] = static_cast<float>(degree_[i]);
    inverse_[i] = static_cast<float>(std::min(1 / u_[i], 1e30));
    penalty_[i] = 0;
  }
  const float* removed = zero_.data();
  for (std::size_t p = order_.size(); p-- > free_;) {
    order_[p] = kernels().peel(rest_.data(), removed, inverse_.data(), penalty_.data(), width_);
    penalty_[order_[p]] = std::numeric_limits<float>::infinity();
    removed = pairs_ + order_[p] * width_;
  }
}

void ClassPath::findGains(std::size_t begin, std::size_t end) {
  linked_.assign(width_, 0.0);
  for (std::size_t p = 0; p < end; ++p) {
    if (p >= begin) gain_[p] = linked_[order_[p]];
    kernels().addRow(linked_.data(), pairs_ + order_[p] * width_, width_);
  }
}

// Merges with the blocks before as long as mu = u / weight does not increase.
void ClassPath::append(const Block& block) {
  blocks_.push_back(block);
  while (blocks_.size() > 1) {
    const Block last = blocks_.back();
    Block& previous = blocks_[blocks_.size() - 2];
    if (previous.u * last.weight < last.u * previous.weight) return;
    blocks_.pop_back();
    previous.end = last.end;
    previous.u += last.u;
    previous.weight += last.weight;
    previous.atomic = false;
  }
}

void ClassPath::appendPositions(std::size_t begin, std::size_t end) {
  for (std::size_t p = begin; p < end; ++p) append({p, p + 1, u_[order_[p]], gain_[p], true});
}

// If not, the block's part of order_ is rearranged.
bool ClassPath::isAtomic(const Block& block) {
  const std::size_t n = block.end - block.begin, width = padded(n);
  linked_.assign(width_, 0.0);
  for (std::size_t p = 0; p < block.begin; ++p)
    kernels().addRow(linked_.data(), pairs_ + order_[p] * width_, width_);
  const std::size_t* members = order_.data() + block.begin;
  blockU_.resize(n);
  blockBase_.resize(n);
  blockPairs_.resize(width * width);
  for (std::size_t i = 0; i < n; ++i) {
    blockU_[i] = u_[members[i]];
    blockBase_[i] = linked_[members[i]];
    const float* from = pairs_ + members[i] * width_;
    float* to = blockPairs_.data() + i * width;
    for (std::size_t j = 0; j < n; ++j) to[j] = from[members[j]];
    std::fill(to + n, to + width, 0.0F);
  }
  std::fill(blockPairs_.begin() + static_cast<std::ptrdiff_t>(n * width),
            blockPairs_.begin() + static_cast<std::ptrdiff_t>(width * width), 0.0F);
  if (split_.isAtomic({n, blockU_, blockBase_, blockPairs_.data()})) return true;
  reordered_.resize(n);
  for (std::size_t i = 0; i < n; ++i) reordered_[i] = members[split_.order()[i]];
  std::ranges::copy(reordered_, order_.begin() + static_cast<std::ptrdiff_t>(block.begin));
  return false;
}

void ClassPath::refine() {
  for (std::size_t k = 0; k < blocks_.size();) {
    if (blocks_[k].atomic || isAtomic(blocks_[k])) {
      blocks_[k++].atomic = true;
      continue;
    }
    before_.swap(blocks_);
    blocks_.clear();
    const Block split = before_[k];
    findGains(split.begin, split.end);
    for (std::size_t b = 0; b < k; ++b) append(before_[b]);
    appendPositions(split.begin, split.end);
    if (blocks_.back().begin == split.begin) blocks_.back().atomic = true;  // the gain was lost in rounding
    for (std::size_t b = k + 1; b < before_.size(); ++b) append(before_[b]);
    k = 0;
  }
}

// Samples without u cost nothing. Two of them with a pair between them enter at once; the others have pairs
// only with samples that cost, and enter with the first of these: earlier they would gain nothing, and of
// equally good sets the smallest is taken.
void ClassPath::enterFree(std::span<double> enters) const {
  for (std::size_t p = 0; p < free_; ++p) {
    const float* row = pairs_ + order_[p] * width_;
    double first = kNever;
    for (std::size_t q = 0; q < free_; ++q)
      if (row[order_[q]] > 0) first = 0;
    for (std::size_t q = free_; q < order_.size() && first > 0; ++q)
      if (row[order_[q]] > 0) first = std::min(first, enters[order_[q]]);
    enters[order_[p]] = first;
  }
}

}  // namespace discern::selection
