// How a kernel is laid over an image: what convolution and pooling have in common.
#pragma once

#include <cstdint>
#include <vector>

#include "core/features/onnx/operators.h"

namespace discern::features::onnx {

// One value a spatial dimension each; `begin` and `end` are added at the two sides, `extra` once more at the
// end where ceil_mode lets the last window hang over it.
struct Window {
  std::vector<std::int64_t> kernel, stride, dilation, begin, end, extra;

  std::int64_t dims() const { return static_cast<std::int64_t>(kernel.size()); }
  std::int64_t reach(std::int64_t d) const { return (kernel[d] - 1) * dilation[d] + 1; }
  bool isSymmetric() const { return begin == end; }
};

// By the attributes strides, dilations, pads, auto_pad and ceil_mode, for an input of N x C x spatial...
// Throws: they do not fit the input, or are larger than any recogniser's.
Window windowOf(const Call& call, const at::Tensor& input, std::vector<std::int64_t> kernel);

// A list of `count` numbers from `least` to a bound that keeps sizes from overflowing, `usual` where it is
// not given. Throws otherwise.
std::vector<std::int64_t> boundedList(const Call& call, const char* name, std::int64_t count,
                                      std::int64_t usual, std::int64_t least);
// As at::constant_pad_nd takes them: the last dimension first. Returns whether any is not 0.
bool padding(const std::vector<std::int64_t>& begin, const std::vector<std::int64_t>& end,
             std::vector<std::int64_t>& out);
at::Tensor padded(const at::Tensor& x, const std::vector<std::int64_t>& begin,
                  const std::vector<std::int64_t>& end, double value);

}  // namespace discern::features::onnx
