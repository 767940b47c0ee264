#include <limits>

#include "core/features/onnx/operators.h"

namespace discern::features::onnx {
namespace {

using Reduce = at::Tensor (*)(const at::Tensor&, at::IntArrayRef, bool);

// Axes are an attribute, or, from operator set 13 (sum) and 18 on, an input; none given are all of
// them, or, where noop_with_empty_axes says so, none.
template <Reduce function>
Values reduced(Call& call) {
  const at::Tensor& x = call.at(0);
  std::vector<std::int64_t> axes = call.integersOf("axes", 1);
  if (axes.empty() && call.integer("noop_with_empty_axes", 0) == 0)
    for (std::int64_t d = 0; d < x.dim(); ++d) axes.push_back(d);
  for (std::int64_t& axis : axes) axis = wrapAxis(axis, x.dim());
  const bool keep = call.integer("keepdims", 1) != 0;
  return {function(x, axes, keep).to(x.scalar_type())};
}

// Without axes LibTorch would take all of them.
at::Tensor total(const at::Tensor& x, at::IntArrayRef axes, bool keep) {
  return axes.empty() ? x : x.sum(axes, keep);
}
at::Tensor mean(const at::Tensor& x, at::IntArrayRef axes, bool keep) {
  if (axes.empty()) return x;
  return at::isFloatingType(x.scalar_type()) ? x.mean(axes, keep) : x.to(at::kDouble).mean(axes, keep);
}
// Of none the extreme is what every number exceeds.
at::Tensor ofNone(const at::Tensor& x, at::IntArrayRef axes, bool keep, double extreme) {
  if (!at::isFloatingType(x.scalar_type())) fail("looks for an extreme among none");
  return at::full_like(x.sum(axes, keep), extreme);
}
at::Tensor largest(const at::Tensor& x, at::IntArrayRef axes, bool keep) {
  if (axes.empty()) return x;
  return x.numel() == 0 ? ofNone(x, axes, keep, -std::numeric_limits<double>::infinity())
                        : x.amax(axes, keep);
}
at::Tensor smallest(const at::Tensor& x, at::IntArrayRef axes, bool keep) {
  if (axes.empty()) return x;
  return x.numel() == 0 ? ofNone(x, axes, keep, std::numeric_limits<double>::infinity()) : x.amin(axes, keep);
}
at::Tensor absolutes(const at::Tensor& x, at::IntArrayRef axes, bool keep) {
  return total(x.abs(), axes, keep);
}
at::Tensor squares(const at::Tensor& x, at::IntArrayRef axes, bool keep) { return total(x * x, axes, keep); }
at::Tensor length(const at::Tensor& x, at::IntArrayRef axes, bool keep) {
  return squares(x, axes, keep).sqrt();
}
at::Tensor logOfSum(const at::Tensor& x, at::IntArrayRef axes, bool keep) {
  return total(x, axes, keep).log();
}
at::Tensor logOfExponents(const at::Tensor& x, at::IntArrayRef axes, bool keep) {
  return axes.empty()
             ? x
             : at::logsumexp(x.to(at::isFloatingType(x.scalar_type()) ? x.scalar_type() : at::kDouble), axes,
                             keep);
}
at::Tensor product(const at::Tensor& x, at::IntArrayRef axes, bool keep) {
  at::Tensor all = x;
  for (const std::int64_t axis : axes) all = all.prod(axis, true);
  if (keep) return all;
  std::vector<std::int64_t> sizes;
  std::vector<bool> gone(static_cast<std::size_t>(x.dim()), false);
  for (const std::int64_t axis : axes) gone[axis] = true;
  for (std::int64_t d = 0; d < x.dim(); ++d)
    if (!gone[d]) sizes.push_back(x.size(d));
  return all.reshape(sizes);
}

}  // namespace

const std::vector<Entry>& reductions() {
  static const std::vector<Entry> entries = {
      {"ReduceL1", reduced<absolutes>},    {"ReduceL2", reduced<length>},
      {"ReduceLogSum", reduced<logOfSum>}, {"ReduceLogSumExp", reduced<logOfExponents>},
      {"ReduceMax", reduced<largest>},     {"ReduceMean", reduced<mean>},
      {"ReduceMin", reduced<smallest>},    {"ReduceProd", reduced<product>},
      {"ReduceSum", reduced<total>},       {"ReduceSumSquare", reduced<squares>},
  };
  return entries;
}

}  // namespace discern::features::onnx
