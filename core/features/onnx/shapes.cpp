// What changes a tensor's shape or order and none of its numbers.
#include <algorithm>

#include "core/features/onnx/operators.h"

namespace discern::features::onnx {
namespace {

// 0: as it was; -1: what is left.
Values reshape(Call& call) {
  const at::Tensor& x = call.at(0);
  std::vector<std::int64_t> shape = call.integersOf("shape", 1);
  const bool copies = call.integer("allowzero", 0) == 0;
  std::int64_t known = 1, open = -1;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (shape[d] == 0 && copies) {
      if (static_cast<std::int64_t>(d) >= x.dim())
        fail("keeps dimension {} of a tensor that has {}", d, x.dim());
      shape[d] = x.size(static_cast<std::int64_t>(d));
    }
    if (shape[d] == -1 && open >= 0) fail("leaves two dimensions open");
    if (shape[d] == -1) {
      open = static_cast<std::int64_t>(d);
      continue;
    }
    checkSize({known, shape[d]});
    known *= shape[d];
  }
  if (open >= 0) shape[open] = known == 0 ? 0 : x.numel() / known;
  checkSize(shape);
  std::int64_t count = 1;
  for (const std::int64_t size : shape) count *= size;
  if (count != x.numel()) fail("makes a tensor of {} numbers from one of {}", count, x.numel());
  return {x.reshape(shape)};
}

Values flatten(Call& call) {
  const at::Tensor& x = call.at(0);
  const std::int64_t given = call.integer("axis", 1);
  const std::int64_t axis = given == x.dim() ? given : wrapAxis(given, x.dim(), x.dim() == 0 ? 1 : 0);
  std::int64_t rows = 1, columns = 1;
  for (std::int64_t d = 0; d < x.dim(); ++d) (d < axis ? rows : columns) *= x.size(d);
  return {x.reshape({rows, columns})};
}

Values transpose(Call& call) {
  const at::Tensor& x = call.at(0);
  std::vector<std::int64_t> order = call.integers("perm");
  if (order.empty())
    for (std::int64_t d = x.dim(); d-- > 0;) order.push_back(d);
  return {x.permute(order)};
}

Values squeeze(Call& call) {
  at::Tensor x = call.at(0);
  std::vector<std::int64_t> axes = call.integersOf("axes", 1);
  if (axes.empty()) return {x.squeeze()};
  for (std::int64_t& axis : axes) axis = wrapAxis(axis, x.dim());
  std::ranges::sort(axes, std::greater<>());
  axes.erase(std::unique(axes.begin(), axes.end()), axes.end());
  for (const std::int64_t axis : axes) {
    if (x.size(axis) != 1) fail("takes away dimension {} of {} pixels", axis, x.size(axis));
    x = x.squeeze(axis);
  }
  return {x};
}

Values unsqueeze(Call& call) {
  at::Tensor x = call.at(0);
  std::vector<std::int64_t> axes = call.integersOf("axes", 1);
  const auto dims = x.dim() + static_cast<std::int64_t>(axes.size());
  if (dims > 32) fail("makes a tensor of {} dimensions", dims);
  for (std::int64_t& axis : axes) axis = wrapAxis(axis, dims);
  std::ranges::sort(axes);
  for (const std::int64_t axis : axes) x = x.unsqueeze(axis);
  return {x};
}

Values concat(Call& call) {
  if (call.in.empty()) fail("has no input 1");
  for (std::size_t i = 0; i < call.in.size(); ++i) {
    call.at(i);
    together(call.in[0], call.in[i]);
  }
  for (at::Tensor& x : call.in) x = x.to(call.in[0].device());
  return {at::cat(call.in, wrapAxis(call.integer("axis", 1), call.in[0].dim()))};
}

// In parts of given sizes; else in equal ones, the last of which may be smaller.
Values split(Call& call) {
  const at::Tensor& x = call.at(0);
  const std::int64_t axis = wrapAxis(call.integer("axis", 0), x.dim()), size = x.size(axis);
  const auto count = static_cast<std::int64_t>(call.node().outputs.size());
  std::vector<std::int64_t> parts = call.integersOf("split", 1);
  if (parts.empty()) {
    const std::int64_t each = count == 0 ? 0 : (size + count - 1) / count;
    for (std::int64_t k = 0; k < count; ++k)
      parts.push_back(std::clamp<std::int64_t>(size - k * each, 0, each));
  }
  std::int64_t sum = 0;
  for (const std::int64_t part : parts) {
    if (part < 0 || part > size) fail("splits off {} of {}", part, size);
    sum += part;
  }
  if (sum != size || static_cast<std::int64_t>(parts.size()) != count)
    fail("splits {} into {} parts that are {} together, for {} outputs", size, parts.size(), sum, count);
  return at::split_with_sizes(x, parts, axis);
}

Values expand(Call& call) {
  const at::Tensor& x = call.at(0);
  const std::vector<std::int64_t> shape = call.integersAt(1);
  checkSize(shape);
  const auto sizes = at::infer_size(x.sizes(), shape);
  checkSize(sizes);
  return {x.expand(sizes)};
}

Values tile(Call& call) {
  const at::Tensor& x = call.at(0);
  const std::vector<std::int64_t> repeats = call.integersAt(1);
  if (static_cast<std::int64_t>(repeats.size()) != x.dim())
    fail("repeats {} dimensions of a tensor that has {}", repeats.size(), x.dim());
  checkSize(repeats);
  std::vector<std::int64_t> sizes = x.sizes().vec();
  for (std::size_t d = 0; d < sizes.size(); ++d) {
    checkSize({sizes[d], repeats[d]});
    sizes[d] *= repeats[d];
  }
  checkSize(sizes);
  return {x.repeat(repeats)};
}

Values shapeOf(Call& call) {
  const at::Tensor& x = call.at(0);
  const auto bound = [&](const char* name, std::int64_t usual) {
    const std::int64_t at = call.integer(name, usual);
    return std::clamp<std::int64_t>(at < 0 ? at + x.dim() : at, 0, x.dim());
  };
  const std::int64_t start = bound("start", 0), end = std::max(start, bound("end", x.dim()));
  return {at::tensor(x.sizes().slice(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start)),
                     at::TensorOptions().dtype(at::kLong))};
}
Values sizeOf(Call& call) {
  return {at::scalar_tensor(call.at(0).numel(), at::TensorOptions().dtype(at::kLong))};
}

Values identity(Call& call) { return {call.at(0)}; }

Values dropout(Call& call) {
  if (call.has(2) && call.at(2).item<bool>())
    unsupported("is in training mode; export the model after model.eval()");
  const at::Tensor& x = call.at(0);
  if (call.node().outputs.size() < 2) return {x};
  return {x, at::ones_like(x, at::TensorOptions().dtype(at::kBool))};
}

std::int64_t blockOf(const Call& call, const at::Tensor& x) {
  const std::int64_t block = call.integer("blocksize", 0);
  if (x.dim() != 4 || block < 1 || block > 4096)
    fail("has blocks of {} for a tensor of {} dimensions", block, x.dim());
  return block;
}

Values depthToSpace(Call& call) {
  const at::Tensor& x = call.at(0);
  const std::int64_t b = blockOf(call, x), n = x.size(0), h = x.size(2), w = x.size(3),
                     c = x.size(1) / (b * b);
  if (c * b * b != x.size(1)) fail("spreads {} channels over blocks of {}", x.size(1), b);
  if (call.text("mode", "DCR") == "CRD") return {at::pixel_shuffle(x, b)};
  return {x.reshape({n, b, b, c, h, w}).permute({0, 3, 4, 1, 5, 2}).reshape({n, c, h * b, w * b})};
}

Values spaceToDepth(Call& call) {
  const at::Tensor& x = call.at(0);
  const std::int64_t b = blockOf(call, x), n = x.size(0), c = x.size(1), h = x.size(2) / b, w = x.size(3) / b;
  if (h * b != x.size(2) || w * b != x.size(3))
    fail("cuts {} x {} pixels into blocks of {}", x.size(2), x.size(3), b);
  return {x.reshape({n, c, h, b, w, b}).permute({0, 3, 5, 1, 2, 4}).reshape({n, c * b * b, h, w})};
}

}  // namespace

const std::vector<Entry>& shapes() {
  static const std::vector<Entry> entries = {
      {"Concat", concat},   {"DepthToSpace", depthToSpace}, {"Dropout", dropout},     {"Expand", expand},
      {"Flatten", flatten}, {"Identity", identity},         {"Reshape", reshape},     {"Shape", shapeOf},
      {"Size", sizeOf},     {"SpaceToDepth", spaceToDepth}, {"Split", split},         {"Squeeze", squeeze},
      {"Tile", tile},       {"Transpose", transpose},       {"Unsqueeze", unsqueeze},
  };
  return entries;
}

}  // namespace discern::features::onnx
