#include "core/selection/class_path.h"

#include <algorithm>
#include <limits>
#include <numeric>
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
  findGains(order_.size());
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
  kernels().peel(pairs_, rest_.data(), inverse_.data(), penalty_.data(), order_.data() + free_,
                 order_.size() - free_, width_);
}

void ClassPath::findGains(std::size_t end) {
  gain_.resize(order_.size());
  linked_.resize(width_);
  kernels().gains(pairs_, order_.data(), end, gain_.data(), linked_.data(), width_);
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
  const std::size_t n = block.end - block.begin;
  members_.assign(padded(n), 0);
  if (n == n_) {  // as most identities enter: nothing to gather
    std::iota(members_.begin(), members_.begin() + static_cast<std::ptrdiff_t>(n), 0);
    blockBase_.assign(n, 0.0);
    if (split_.isAtomic({n, u_, blockBase_, pairs_, degree_})) return true;
  } else {
    std::copy_n(order_.begin() + static_cast<std::ptrdiff_t>(block.begin), n, members_.begin());
    if (split_.isAtomic(gather(block))) return true;
  }
  for (std::size_t i = 0; i < n; ++i)
    order_[block.begin + i] = static_cast<std::size_t>(members_[split_.order()[i]]);
  return false;
}

Candidate ClassPath::gather(const Block& block) {
  const std::size_t n = block.end - block.begin, width = padded(n);
  blockU_.resize(n);
  blockBase_.resize(n);
  blockPairs_.resize(width * width);
  blockDegree_.resize(width);
  blockGain_.resize(n);
  turn_.resize(n);
  std::iota(turn_.begin(), turn_.end(), std::size_t{0});
  kernels().part(pairs_, width_, members_.data(), n, blockPairs_.data());
  kernels().gains(blockPairs_.data(), turn_.data(), n, blockGain_.data(), blockDegree_.data(), width);
  for (std::size_t i = 0; i < n; ++i) {
    blockU_[i] = u_[static_cast<std::size_t>(members_[i])];
    blockBase_[i] = std::max(0.0, gain_[block.begin + i] - blockGain_[i]);
  }
  return {n, blockU_, blockBase_, blockPairs_.data(), blockDegree_};
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
    findGains(split.end);
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
