#include <cmath>
#include <limits>

#include "core/features/onnx/window.h"

namespace discern::features::onnx {
namespace {

std::vector<std::int64_t> plus(std::vector<std::int64_t> a, const std::vector<std::int64_t>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
  return a;
}

bool isAll(const std::vector<std::int64_t>& list, std::int64_t value) {
  for (const std::int64_t v : list)
    if (v != value) return false;
  return true;
}

// One dimension is pooled as two, the first of them of one pixel.
template <typename Pool>
at::Tensor inTwoDimensions(const at::Tensor& x, Window window, const Pool& pool) {
  if (window.dims() > 1) return pool(x, window);
  window.kernel.insert(window.kernel.begin(), 1);
  window.stride.insert(window.stride.begin(), 1);
  window.dilation.insert(window.dilation.begin(), 1);
  return pool(x.unsqueeze(2), window).squeeze(2);
}

at::Tensor largest(const at::Tensor& padded, const Window& window) {
  return inTwoDimensions(padded, window, [](const at::Tensor& x, const Window& w) {
    const std::vector<std::int64_t> none(w.kernel.size(), 0);
    return w.dims() == 2 ? at::max_pool2d(x, w.kernel, w.stride, none, w.dilation)
                         : at::max_pool3d(x, w.kernel, w.stride, none, w.dilation);
  });
}

// Of what is under the kernel, padding as it is there.
at::Tensor average(const at::Tensor& padded, const Window& window) {
  if (!isAll(window.dilation, 1)) {
    at::Tensor views = padded;  // every window a view of its own
    std::vector<std::int64_t> last;
    for (std::int64_t d = 0; d < window.dims(); ++d) {
      views = views.unfold(d + 2, window.reach(d), window.stride[d])
                  .slice(padded.dim() + d, 0, window.reach(d), window.dilation[d]);
      last.push_back(padded.dim() + d);
    }
    return views.mean(last);
  }
  return inTwoDimensions(padded, window, [](const at::Tensor& x, const Window& w) {
    return w.dims() == 2 ? at::avg_pool2d(x, w.kernel, w.stride) : at::avg_pool3d(x, w.kernel, w.stride);
  });
}

Window poolOf(Call& call) {
  if (!call.hasAttribute("kernel_shape")) fail("has no kernel_shape");
  return windowOf(call, call.at(0), call.integers("kernel_shape"));
}

Values maxPool(Call& call) {
  if (call.node().outputs.size() > 1 && !call.node().outputs[1].empty())
    unsupported("gives the places of the largest values, which is not implemented");
  const at::Tensor& given = call.at(0);
  const Window window = poolOf(call);
  const bool whole = !at::isFloatingType(given.scalar_type());
  const at::Tensor x = padded(whole ? given.to(at::kFloat) : given, window.begin,
                              plus(window.end, window.extra), -std::numeric_limits<double>::infinity());
  return {largest(x, window).to(given.scalar_type())};
}

// Divided by how many pixels are under the kernel: those of the image, with count_include_pad the padding
// too, but never what ceil_mode adds.
Values averagePool(Call& call) {
  const at::Tensor& x = call.at(0);
  const Window window = poolOf(call);
  const auto end = plus(window.end, window.extra);
  const at::Tensor sums = average(padded(x, window.begin, end, 0), window);
  const bool counted = call.integer("count_include_pad", 0) != 0;
  const bool same = isAll(window.extra, 0) && (counted || (isAll(window.begin, 0) && isAll(window.end, 0)));
  if (same) return {sums};
  std::vector<std::int64_t> sizes = x.sizes().vec();
  sizes[0] = sizes[1] = 1;
  at::Tensor ones = at::ones(sizes, x.options());
  if (counted) {
    ones = padded(ones, window.begin, window.end, 1);
    ones = padded(ones, std::vector<std::int64_t>(window.kernel.size(), 0), window.extra, 0);
  } else {
    ones = padded(ones, window.begin, end, 0);
  }
  return {sums / average(ones, window)};
}

Values lpPool(Call& call) {
  const Window window = poolOf(call);
  const auto p = static_cast<double>(call.integer("p", 2));
  if (p < 1) fail("has the norm {}, expected 1 or more", p);
  std::int64_t count = 1;
  for (const std::int64_t size : window.kernel) count *= size;
  const at::Tensor powers = padded(call.at(0), window.begin, plus(window.end, window.extra), 0).abs().pow(p);
  return {(average(powers, window) * static_cast<double>(count)).pow(1 / p)};
}

std::vector<std::int64_t> spatial(const at::Tensor& x) {
  if (x.dim() < 3) fail("pools a tensor of {} dimensions, expected 3 or more", x.dim());
  std::vector<std::int64_t> dims;
  for (std::int64_t d = 2; d < x.dim(); ++d) dims.push_back(d);
  return dims;
}
Values globalAverage(Call& call) { return {call.at(0).mean(spatial(call.at(0)), true)}; }
Values globalMax(Call& call) { return {call.at(0).amax(spatial(call.at(0)), true)}; }
Values globalLp(Call& call) {
  const auto p = static_cast<double>(call.integer("p", 2));
  if (p < 1) fail("has the norm {}, expected 1 or more", p);
  return {call.at(0).abs().pow(p).sum(spatial(call.at(0)), true).pow(1 / p)};
}

}  // namespace

const std::vector<Entry>& pooling() {
  static const std::vector<Entry> entries = {
      {"AveragePool", averagePool}, {"GlobalAveragePool", globalAverage},
      {"GlobalLpPool", globalLp},   {"GlobalMaxPool", globalMax},
      {"LpPool", lpPool},           {"MaxPool", maxPool},
  };
  return entries;
}

}  // namespace discern::features::onnx
