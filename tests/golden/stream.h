// The same numbers as stream() of evaluation_golden.py,
// so that large inputs of a golden need not be committed.
#pragma once

#include <cstdint>

namespace discern::golden {

// A linear congruential generator; values in [0, 1) that float32 holds exactly.
class Stream {
 public:
  explicit Stream(std::uint32_t seed) : state_(seed) {}
  float next() {
    state_ = 1664525U * state_ + 1013904223U;
    return static_cast<float>(state_ >> 8) / 16777216.0F;
  }
  // Bell-shaped, in [0, 1): the mean of four, rounded down to 1 / steps so that ties are common.
  float bell(int steps) {
    const float sum = next() + next() + next() + next();
    return static_cast<float>(static_cast<int>(sum * 0.25F * static_cast<float>(steps))) /
           static_cast<float>(steps);
  }

 private:
  std::uint32_t state_;
};

}  // namespace discern::golden
