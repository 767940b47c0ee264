// Tensors out of nothing, or of another kind.
#include <cmath>

#include "core/features/onnx/operators.h"

namespace discern::features::onnx {
namespace {

Values constant(Call& call) {
  const auto options = at::TensorOptions();
  if (const auto found = call.node().attributes.find("value"); found != call.node().attributes.end())
    return {toTensor(found->second.tensor)};
  if (call.hasAttribute("value_float"))
    return {at::scalar_tensor(call.number("value_float", 0), options.dtype(at::kFloat))};
  if (call.hasAttribute("value_int"))
    return {at::scalar_tensor(call.integer("value_int", 0), options.dtype(at::kLong))};
  if (call.hasAttribute("value_floats")) return {at::tensor(call.numbers("value_floats"))};
  if (call.hasAttribute("value_ints")) return {at::tensor(call.integers("value_ints"))};
  unsupported("has a value of a kind that is not read");
}

Values constantOfShape(Call& call) {
  const auto shape = call.integersAt(0);
  checkSize(shape);
  const auto found = call.node().attributes.find("value");
  if (found == call.node().attributes.end()) return {at::zeros(shape, at::TensorOptions().dtype(at::kFloat))};
  const at::Tensor value = toTensor(found->second.tensor);
  if (value.numel() != 1) fail("has {} values to fill a shape with, expected one", value.numel());
  return {at::full(shape, value.item(), value.options())};
}

Values range(Call& call) {
  const double start = call.at(0).item<double>(), end = call.at(1).item<double>(),
               step = call.at(2).item<double>();
  const double count = std::ceil((end - start) / step);
  if (!std::isfinite(count)) fail("counts from {} to {} in steps of {}", start, end, step);
  checkSize({static_cast<std::int64_t>(std::clamp(count, 0.0, 1e15))});
  if (count <= 0) return {at::empty({0}, call.at(0).options())};
  const auto n = static_cast<std::int64_t>(count);
  if (at::isFloatingType(call.at(0).scalar_type()))
    return {at::arange(n, call.at(0).options()) * step + start};
  return {at::arange(n, call.at(0).options().dtype(at::kLong))
              .mul(call.at(2))
              .add(call.at(0))
              .to(call.at(0).scalar_type())};
}

// 16-bit floats are rounded as such and stay 32-bit ones.
at::Tensor cast(const at::Tensor& x, int type) {
  const at::ScalarType to = scalarOf(type);
  if (type == kHalf) return x.to(at::kHalf).to(at::kFloat);
  if (type == kBfloat16) return x.to(at::kBFloat16).to(at::kFloat);
  return x.to(to);
}
Values castTo(Call& call) { return {cast(call.at(0), static_cast<int>(call.integer("to", 0)))}; }
Values castLike(Call& call) { return {call.at(0).to(call.at(1).scalar_type())}; }

Values eye(Call& call) {
  const at::Tensor& x = call.at(0);
  if (x.dim() != 2) fail("makes a diagonal in a tensor of {} dimensions, expected 2", x.dim());
  const auto type =
      call.hasAttribute("dtype") ? scalarOf(static_cast<int>(call.integer("dtype", 0))) : x.scalar_type();
  const auto options = x.options().dtype(at::kLong);
  const at::Tensor rows = at::arange(x.size(0), options).unsqueeze(1),
                   columns = at::arange(x.size(1), options);
  const std::int64_t k = call.integer("k", 0);
  if (std::abs(static_cast<double>(k)) > 1e9) fail("makes diagonal {}", k);
  return {(columns - rows == k).to(type)};
}

// Indices as rows of off values with an on value each; those outside have none.
Values oneHot(Call& call) {
  const at::Tensor& given = call.at(0);
  const auto depth =
      static_cast<std::int64_t>(std::clamp(call.at(1).reshape({-1})[0].item<double>(), -1.0, 1e15));
  const std::int64_t axis = wrapAxis(call.integer("axis", -1), given.dim() + 1);
  if (call.at(2).numel() != 2) fail("has {} values, expected off and on", call.at(2).numel());
  std::vector<std::int64_t> sizes = given.sizes().vec();
  sizes.insert(sizes.begin() + axis, depth);
  checkSize(sizes);
  at::Tensor index = given.to(at::kLong);
  index = at::where(index < 0, index + depth, index).unsqueeze(axis);
  std::vector<std::int64_t> along(sizes.size(), 1);
  along[axis] = depth;
  const at::Tensor places = at::arange(depth, index.options()).reshape(along);
  at::Tensor on = call.at(2)[1].to(given.device()), off = call.at(2)[0].to(given.device());
  return {at::where(places == index, on, off)};
}

}  // namespace

const std::vector<Entry>& creation() {
  static const std::vector<Entry> entries = {
      {"Cast", castTo}, {"CastLike", castLike}, {"Constant", constant}, {"ConstantOfShape", constantOfShape},
      {"EyeLike", eye}, {"OneHot", oneHot},     {"Range", range},
  };
  return entries;
}

}  // namespace discern::features::onnx
