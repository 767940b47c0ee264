#include "core/features/onnx/window.h"

#include <algorithm>
#include <cstdlib>

namespace discern::features::onnx {
namespace {

constexpr std::int64_t kMostExtent = 1 << 20;

// auto_pad: as many outputs as strides fit the input, the odd pixel at the end or at the beginning.
void padSame(Window& window, const at::Tensor& input, bool upper) {
  for (std::int64_t d = 0; d < window.dims(); ++d) {
    const std::int64_t size = input.size(d + 2), stride = window.stride[d];
    const std::int64_t outputs = (size + stride - 1) / stride;
    const std::int64_t total = std::max<std::int64_t>(0, (outputs - 1) * stride + window.reach(d) - size);
    window.begin[d] = upper ? total / 2 : total - total / 2;
    window.end[d] = total - window.begin[d];
  }
}

void hangOver(Window& window, const at::Tensor& input) {
  for (std::int64_t d = 0; d < window.dims(); ++d) {
    const std::int64_t stride = window.stride[d], size = input.size(d + 2);
    const std::int64_t room = size + window.begin[d] + window.end[d] - window.reach(d);
    if (room < 0) continue;
    std::int64_t outputs = (room + stride - 1) / stride + 1;
    if ((outputs - 1) * stride >= size + window.begin[d]) --outputs;  // it would see padding alone
    window.extra[d] = std::max<std::int64_t>(0, (outputs - 1) * stride - room);
  }
}

}  // namespace

std::vector<std::int64_t> boundedList(const Call& call, const char* name, std::int64_t count,
                                      std::int64_t usual, std::int64_t least) {
  auto list = call.integers(name, std::vector<std::int64_t>(static_cast<std::size_t>(count), usual));
  if (static_cast<std::int64_t>(list.size()) != count)
    fail("has {} {}, expected {}", list.size(), name, count);
  for (const std::int64_t value : list)
    if (value < least || value > kMostExtent) fail("has {} among its {}", value, name);
  return list;
}

Window windowOf(const Call& call, const at::Tensor& input, std::vector<std::int64_t> kernel) {
  const auto dims = static_cast<std::int64_t>(kernel.size());
  if (dims < 1 || dims > 3 || input.dim() != dims + 2)
    fail("lays a kernel of {} dimensions over a tensor of {}", dims, input.dim());
  for (const std::int64_t size : kernel)
    if (size < 1 || size > kMostExtent) fail("has {} among its kernel_shape", size);
  Window window;
  window.kernel = std::move(kernel);
  window.stride = boundedList(call, "strides", dims, 1, 1);
  window.dilation = boundedList(call, "dilations", dims, 1, 1);
  const auto pads = boundedList(call, "pads", 2 * dims, 0, -kMostExtent);
  window.begin.assign(pads.begin(), pads.begin() + dims);
  window.end.assign(pads.begin() + dims, pads.end());
  window.extra.assign(static_cast<std::size_t>(dims), 0);
  const std::string automatic = call.text("auto_pad", "NOTSET");
  if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER") {
    padSame(window, input, automatic == "SAME_UPPER");
  } else if (automatic == "VALID") {
    std::ranges::fill(window.begin, 0);
    std::ranges::fill(window.end, 0);
  } else if (automatic != "NOTSET") {
    unsupported("pads by '{}', which is not known", automatic.substr(0, 40));
  }
  if (call.integer("ceil_mode", 0) != 0) hangOver(window, input);
  for (std::int64_t d = 0; d < dims; ++d)
    if (input.size(d + 2) + window.begin[d] + window.end[d] + window.extra[d] < window.reach(d))
      fail("lays a kernel of {} over {} pixels; check the recipe's size", window.reach(d), input.size(d + 2));
  return window;
}

bool padding(const std::vector<std::int64_t>& begin, const std::vector<std::int64_t>& end,
             std::vector<std::int64_t>& out) {
  bool any = false;
  for (std::size_t d = begin.size(); d-- > 0;) {
    out.push_back(begin[d]);
    out.push_back(end[d]);
    any = any || begin[d] != 0 || end[d] != 0;
  }
  return any;
}

at::Tensor padded(const at::Tensor& x, const std::vector<std::int64_t>& begin,
                  const std::vector<std::int64_t>& end, double value) {
  std::vector<std::int64_t> amounts;
  if (!padding(begin, end, amounts)) return x;
  std::vector<std::int64_t> sizes = x.sizes().vec();
  const std::size_t lead = sizes.size() - begin.size();
  for (std::size_t d = 0; d < begin.size(); ++d) sizes[lead + d] += begin[d] + end[d];
  checkSize(sizes);
  return at::constant_pad_nd(x, amounts, value);
}

}  // namespace discern::features::onnx
