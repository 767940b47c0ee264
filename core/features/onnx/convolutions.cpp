#include "core/features/onnx/window.h"

namespace discern::features::onnx {
namespace {

std::vector<std::int64_t> kernelOf(const at::Tensor& weight) {
  if (weight.dim() < 3) fail("has a kernel of {} dimensions, expected 3 to 5", weight.dim());
  return weight.sizes().slice(2).vec();
}

std::int64_t groupsOf(const Call& call, const at::Tensor& x, const at::Tensor& weight) {
  const std::int64_t groups = call.integer("group", 1);
  if (groups < 1 || x.dim() < 2 || weight.size(0) % groups != 0)
    fail("has {} groups for {} filters", groups, weight.size(0));
  return groups;
}

Values convolution(Call& call) {
  at::Tensor x = call.at(0);
  const at::Tensor& weight = call.at(1);
  const Window window = windowOf(call, x, kernelOf(weight));
  const std::int64_t groups = groupsOf(call, x, weight);
  if (x.size(1) != weight.size(1) * groups)
    fail("takes {} channels and is given {}", weight.size(1) * groups, x.size(1));
  const std::vector<std::int64_t> none(window.kernel.size(), 0);
  std::vector<std::int64_t> pads = window.begin;
  bool direct = window.isSymmetric();
  for (const std::int64_t pad : pads) direct = direct && pad >= 0;
  if (!direct) {
    x = padded(x, window.begin, window.end, 0);
    pads = none;
  }
  return {at::convolution(x, weight, call.orNothing(2), window.stride, pads, window.dilation, false, none,
                          groups)};
}

// Pads take away here; what output_padding adds behind the last kernel has the bias alone.
Values transposedConvolution(Call& call) {
  const at::Tensor& x = call.at(0);
  const at::Tensor& weight = call.at(1);
  const auto kernel = kernelOf(weight);
  const auto dims = static_cast<std::int64_t>(kernel.size());
  if (x.dim() != dims + 2) fail("lays a kernel of {} dimensions over a tensor of {}", dims, x.dim());
  const std::int64_t groups = groupsOf(call, x, weight);
  const auto stride = boundedList(call, "strides", dims, 1, 1);
  const auto dilation = boundedList(call, "dilations", dims, 1, 1);
  const auto added = boundedList(call, "output_padding", dims, 0, 0);
  const auto pads = boundedList(call, "pads", 2 * dims, 0, 0);
  const std::string automatic = call.text("auto_pad", "NOTSET");
  const bool same = automatic.starts_with("SAME");
  std::vector<std::int64_t> begin(kernel.size()), end(kernel.size()), sizes = {x.size(0), 1};
  for (std::int64_t d = 0; d < dims; ++d) {
    begin[d] = automatic == "VALID" ? 0 : pads[d];
    end[d] = automatic == "VALID" ? 0 : pads[d + dims];
    const std::int64_t whole = (x.size(d + 2) - 1) * stride[d] + (kernel[d] - 1) * dilation[d] + 1;
    if (same || call.hasAttribute("output_shape")) {
      const std::int64_t wanted = call.hasAttribute("output_shape")
                                      ? boundedList(call, "output_shape", dims, 0, 1)[d]
                                      : x.size(d + 2) * stride[d];
      const std::int64_t total = whole + added[d] - wanted;
      // What is missing is added at the end.
      begin[d] = total < 0 ? 0 : automatic == "SAME_UPPER" ? total / 2 : total - total / 2;
      end[d] = total - begin[d];
    }
    begin[d] = -begin[d];
    end[d] = added[d] - end[d];
    sizes.push_back(whole);
  }
  checkSize(sizes);
  const std::vector<std::int64_t> none(kernel.size(), 0);
  at::Tensor out =
      padded(at::convolution(x, weight, {}, stride, none, dilation, true, none, groups), begin, end, 0);
  if (!call.has(2)) return {out};
  std::vector<std::int64_t> stretched(static_cast<std::size_t>(dims) + 2, 1);
  stretched[1] = call.at(2).numel();
  return {out + call.at(2).reshape(stretched)};
}

}  // namespace

const std::vector<Entry>& convolutions() {
  static const std::vector<Entry> entries = {{"Conv", convolution}, {"ConvTranspose", transposedConvolution}};
  return entries;
}

}  // namespace discern::features::onnx
