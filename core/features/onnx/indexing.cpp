// What takes parts of a tensor, or puts something around it.
#include <algorithm>

#include "core/features/onnx/operators.h"

namespace discern::features::onnx {
namespace {

// One dimension cut as [start:end:step] in Python cuts a list.
at::Tensor cut(const at::Tensor& x, std::int64_t axis, std::int64_t start, std::int64_t end,
               std::int64_t step) {
  const std::int64_t size = x.size(axis);
  step = std::clamp<std::int64_t>(step, -(std::int64_t{1} << 40), std::int64_t{1} << 40);
  if (step == 0) fail("takes steps of 0");
  if (start < 0) start += size;
  if (end < 0) end += size;
  if (step > 0) {
    start = std::clamp<std::int64_t>(start, 0, size);
    end = std::clamp<std::int64_t>(end, start, size);
    return x.slice(axis, start, end, step);
  }
  start = std::clamp<std::int64_t>(start, -1, size - 1);
  end = std::clamp<std::int64_t>(end, -1, size - 1);
  const std::int64_t count = start > end ? (start - end - step - 1) / -step : 0;
  if (count == 0) return x.slice(axis, 0, 0);
  return x.slice(axis, start + (count - 1) * step, start + 1, -step).flip(axis);
}

// Attributes in operator set 1, inputs from 10 on.
Values slice(Call& call) {
  at::Tensor x = call.at(0);
  const auto starts = call.integersOf("starts", 1), ends = call.integersOf("ends", 2);
  std::vector<std::int64_t> usual;
  for (std::size_t k = 0; k < starts.size(); ++k) usual.push_back(static_cast<std::int64_t>(k));
  const auto axes = call.integersOf("axes", 3, usual);
  const auto steps = call.has(4) ? call.integersAt(4) : std::vector<std::int64_t>(starts.size(), 1);
  if (ends.size() != starts.size() || axes.size() != starts.size() || steps.size() != starts.size())
    fail("has {} starts, {} ends, {} axes and {} steps", starts.size(), ends.size(), axes.size(),
         steps.size());
  for (std::size_t k = 0; k < starts.size(); ++k)
    x = cut(x, wrapAxis(axes[k], x.dim()), starts[k], ends[k], steps[k]);
  return {x};
}

// Negative ones count from the end. On the CPU: an index outside would end a CUDA device's work for good.
at::Tensor indices(const at::Tensor& given, std::int64_t size, const at::Tensor& x) {
  if (at::isFloatingType(given.scalar_type()) || given.scalar_type() == at::kBool)
    fail("has indices that are no whole numbers");
  at::Tensor index = given.to(at::kCPU, at::kLong);
  if (index.numel() > 0 &&
      (index.min().item<std::int64_t>() < -size || index.max().item<std::int64_t>() >= size))
    fail("takes an element outside of the {} that there are", size);
  return at::where(index < 0, index + size, index).to(x.device());
}

Values gather(Call& call) {
  const at::Tensor& x = call.at(0);
  const std::int64_t axis = wrapAxis(call.integer("axis", 0), x.dim());
  const at::Tensor index = indices(call.at(1), x.size(axis), x);
  std::vector<std::int64_t> sizes = x.sizes().vec();
  sizes.erase(sizes.begin() + axis);
  sizes.insert(sizes.begin() + axis, index.sizes().begin(), index.sizes().end());
  checkSize(sizes);
  return {x.index_select(axis, index.reshape({-1})).reshape(sizes)};
}

Values gatherElements(Call& call) {
  const at::Tensor& x = call.at(0);
  const std::int64_t axis = wrapAxis(call.integer("axis", 0), x.dim());
  return {at::gather(x, axis, indices(call.at(1), x.size(axis), x))};
}

// Where a row that is `begin` longer at its front and `end` at its back takes its elements from.
at::Tensor sources(const std::string& mode, std::int64_t size, std::int64_t begin, std::int64_t end) {
  if (size == 0) fail("repeats the edge of a tensor without elements");
  const at::Tensor places = at::arange(-begin, size + end, at::TensorOptions().dtype(at::kLong));
  if (mode == "edge") return places.clamp(0, size - 1);
  if (mode == "wrap") return at::remainder(places, size);
  if (mode != "reflect") unsupported("pads by '{}', which is not known", mode.substr(0, 40));
  if (size == 1) return places * 0;
  const at::Tensor folded = at::remainder(places, 2 * (size - 1));
  return at::minimum(folded, 2 * (size - 1) - folded);
}

// Amounts and value are attributes in operator set 2, inputs from 11 on; negative ones take away.
Values pad(Call& call) {
  at::Tensor x = call.at(0);
  const auto amounts = call.integersOf("pads", 1);
  std::vector<std::int64_t> axes;
  if (call.has(3)) {
    for (const std::int64_t axis : call.integersAt(3)) axes.push_back(wrapAxis(axis, x.dim()));
  } else {
    for (std::int64_t d = 0; d < x.dim(); ++d) axes.push_back(d);
  }
  if (amounts.size() != 2 * axes.size()) fail("has {} pads for {} dimensions", amounts.size(), axes.size());
  std::vector<std::int64_t> begin(static_cast<std::size_t>(x.dim()), 0), end = begin, sizes = x.sizes().vec();
  for (std::size_t k = 0; k < axes.size(); ++k) {
    const auto d = static_cast<std::size_t>(axes[k]);
    for (const std::int64_t amount : {amounts[k], amounts[k + axes.size()]})
      if (amount < -(std::int64_t{1} << 32) || amount > (std::int64_t{1} << 32)) fail("pads by {}", amount);
    begin[d] = amounts[k];
    end[d] = amounts[k + axes.size()];
    sizes[d] += begin[d] + end[d];
  }
  checkSize(sizes);
  const std::string mode = call.text("mode", "constant");
  if (mode == "constant") {
    std::vector<std::int64_t> list;
    for (std::size_t d = begin.size(); d-- > 0;) list.insert(list.end(), {begin[d], end[d]});
    const at::Scalar value = call.has(2) ? call.at(2).item() : at::Scalar(call.number("value", 0));
    return {at::constant_pad_nd(x, list, value)};
  }
  for (std::size_t d = 0; d < begin.size(); ++d) {
    if (begin[d] == 0 && end[d] == 0) continue;
    const auto axis = static_cast<std::int64_t>(d);
    x = x.index_select(axis, sources(mode, x.size(axis), begin[d], end[d]).to(x.device()));
  }
  return {x};
}

}  // namespace

const std::vector<Entry>& indexing() {
  static const std::vector<Entry> entries = {
      {"Gather", gather}, {"GatherElements", gatherElements}, {"Pad", pad}, {"Slice", slice}};
  return entries;
}

}  // namespace discern::features::onnx
