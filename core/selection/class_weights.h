// The samples of one identity and the weights of all their pairs, made when they are needed: the pairs of a
// whole data set would not fit in memory.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/selection/kernels.h"
#include "core/selection/selection.h"

namespace discern::selection {

// Samples by identity: those of identity c are order[begin[c] .. begin[c + 1]), ascending. Left out are
// negative labels and samples without u. Throws Error on lengths, labels and u that are negative or infinite.
struct Classes {
  std::vector<std::int64_t> begin, order;

  std::span<const std::int64_t> members(std::int64_t c) const {
    return {order.data() + begin[c], static_cast<std::size_t>(begin[c + 1] - begin[c])};
  }
};
Classes classesOf(const SelectionInput& input);

// Reused from one identity to the next, so that it allocates for the largest alone.
class ClassWeights {
 public:
  // Members whose feature holds NaN or infinity take no part. The features do
  // not fit in any cache and are read once: those of `next`, the members of
  // the identity that comes next, are fetched while the products are computed.
  void load(const SelectionInput& input, std::span<const std::int64_t> members,
            std::span<const std::int64_t> next = {});

  std::size_t size() const { return members_.size(); }
  std::span<const std::int64_t> members() const { return members_; }  // that take part
  std::span<const double> others() const { return others_; }          // u of each
  // padded x padded, max(0, cosine) of two members, zero diagonal and padding.
  const float* pairs() const { return pairs_.data(); }
  std::int64_t clamped() const { return clamped_; }

 private:
  void loadCopies(const SelectionInput& input, std::span<const std::int64_t> members);
  void multiply(std::size_t width);  // pairs_ = products of rows_
  void finish(const SelectionInput& input);

  std::vector<std::int64_t> members_;
  std::vector<double> others_;
  std::vector<const float*> rows_, ahead_;
  AlignedVector<float> copies_, scale_, pairs_;
  std::int64_t clamped_ = 0;
};

}  // namespace discern::selection
