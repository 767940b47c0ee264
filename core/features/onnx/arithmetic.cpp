// Number by number: sums, products, comparisons, functions of one variable.
#include <limits>

#include "core/features/onnx/operators.h"

namespace discern::features::onnx {
namespace {

using Unary = at::Tensor (*)(const at::Tensor&);
using Binary = at::Tensor (*)(const at::Tensor&, const at::Tensor&);

template <Unary function>
Values unary(Call& call) {
  return {function(call.at(0))};
}

// The sizes of both are matched as ONNX and LibTorch do alike; what comes of it is bounded first.
template <Binary function>
Values binary(Call& call) {
  at::Tensor a = call.at(0), b = call.at(1);
  together(a, b);
  checkSize(at::infer_size(a.sizes(), b.sizes()));
  return {function(a, b)};
}

// Of any number of inputs.
template <Binary function>
Values folded(Call& call) {
  at::Tensor all = call.at(0);
  for (std::size_t i = 1; i < call.in.size(); ++i) {
    at::Tensor next = call.at(i);
    together(all, next);
    checkSize(at::infer_size(all.sizes(), next.sizes()));
    all = function(all, next);
  }
  return {all};
}

at::Tensor add(const at::Tensor& a, const at::Tensor& b) { return at::add(a, b); }
at::Tensor subtract(const at::Tensor& a, const at::Tensor& b) { return at::sub(a, b); }
at::Tensor divide(const at::Tensor& a, const at::Tensor& b) {
  if (at::isFloatingType(a.scalar_type())) return at::div(a, b);
  if (b.eq(0).any().item<bool>()) fail("divides whole numbers by 0");
  return at::div(a, b, "trunc");
}
// As the kind of the first.
at::Tensor power(const at::Tensor& a, const at::Tensor& b) {
  if (at::isFloatingType(a.scalar_type())) return at::pow(a, b.to(a.scalar_type()));
  return at::pow(a.to(at::kDouble), b.to(at::kDouble)).to(a.scalar_type());
}
at::Tensor modulo(Call& call, at::Tensor a, at::Tensor b) {
  const bool whole = !at::isFloatingType(a.scalar_type());
  if (whole && b.eq(0).any().item<bool>()) fail("divides whole numbers by 0");
  return call.integer("fmod", 0) != 0 ? at::fmod(a, b) : at::remainder(a, b);
}
Values mod(Call& call) {
  at::Tensor a = call.at(0), b = call.at(1);
  together(a, b);
  checkSize(at::infer_size(a.sizes(), b.sizes()));
  return {modulo(call, a, b)};
}

Values mean(Call& call) {
  const auto count = static_cast<double>(call.in.size());
  return {folded<add>(call)[0] / count};
}

// The kind of the inputs is kept: LibTorch's own of whole numbers would be float.
at::Tensor root(const at::Tensor& x) { return at::sqrt(x); }
at::Tensor sign(const at::Tensor& x) { return at::sign(x); }
at::Tensor roundEven(const at::Tensor& x) { return at::round(x); }
at::Tensor invert(const at::Tensor& x) { return at::reciprocal(x); }
at::Tensor negate(const at::Tensor& x) { return at::neg(x); }

Values isInf(Call& call) {
  const at::Tensor& x = call.at(0);
  at::Tensor found = at::isinf(x);
  if (call.integer("detect_negative", 1) == 0) found = found & (x > 0);
  if (call.integer("detect_positive", 1) == 0) found = found & (x < 0);
  return {found};
}

Values where(Call& call) {
  at::Tensor condition = call.at(0), a = call.at(1), b = call.at(2);
  together(a, b);
  together(condition, a);
  together(condition, b);
  checkSize(at::infer_size(condition.sizes(), at::infer_size(a.sizes(), b.sizes())));
  return {at::where(condition, a, b)};
}

// An attribute before operator set 11, inputs from then on. LibTorch's clamp gives the upper limit where the
// two cross, as ONNX says.
Values clip(Call& call) {
  at::Tensor x = call.at(0);
  const auto limit = [&](const char* name, std::size_t i) -> c10::optional<at::Scalar> {
    if (call.hasAttribute(name)) return at::Scalar(call.number(name, 0));
    if (call.has(i)) {
      if (call.at(i).numel() != 1) fail("has {} limits as input {}, expected one", call.at(i).numel(), i + 1);
      return call.at(i).item();
    }
    return c10::nullopt;
  };
  const auto least = limit("min", 1), most = limit("max", 2);
  if (!least && !most) return {x};
  x = at::Tensor();
  if (call.isOurs(0)) return {at::clamp_(call.in[0], least, most)};
  return {at::clamp(call.at(0), least, most)};
}

Values cumulate(Call& call) {
  at::Tensor x = call.at(0);
  const std::int64_t axis = wrapAxis(call.at(1).item<std::int64_t>(), x.dim());
  const bool reverse = call.integer("reverse", 0) != 0;
  if (reverse) x = x.flip(axis);
  at::Tensor sum = at::cumsum(x, axis, x.scalar_type());
  if (call.integer("exclusive", 0) != 0) sum = sum - x;
  return {reverse ? sum.flip(axis) : sum};
}

}  // namespace

const std::vector<Entry>& arithmetic() {
  static const std::vector<Entry> entries = {
      {"Abs", unary<at::abs>},
      {"Acos", unary<at::acos>},
      {"Add", binary<add>},
      {"And", binary<at::logical_and>},
      {"Asin", unary<at::asin>},
      {"Atan", unary<at::atan>},
      {"Ceil", unary<at::ceil>},
      {"Clip", clip},
      {"Cos", unary<at::cos>},
      {"CumSum", cumulate},
      {"Div", binary<divide>},
      {"Equal", binary<at::eq>},
      {"Erf", unary<at::erf>},
      {"Exp", unary<at::exp>},
      {"Floor", unary<at::floor>},
      {"Greater", binary<at::gt>},
      {"GreaterOrEqual", binary<at::ge>},
      {"IsInf", isInf},
      {"IsNaN", unary<at::isnan>},
      {"Less", binary<at::lt>},
      {"LessOrEqual", binary<at::le>},
      {"Log", unary<at::log>},
      {"Max", folded<at::maximum>},
      {"Mean", mean},
      {"Min", folded<at::minimum>},
      {"Mod", mod},
      {"Mul", binary<at::mul>},
      {"Neg", unary<negate>},
      {"Not", unary<at::logical_not>},
      {"Or", binary<at::logical_or>},
      {"Pow", binary<power>},
      {"Reciprocal", unary<invert>},
      {"Round", unary<roundEven>},
      {"Sign", unary<sign>},
      {"Sin", unary<at::sin>},
      {"Sqrt", unary<root>},
      {"Sub", binary<subtract>},
      {"Sum", folded<add>},
      {"Tan", unary<at::tan>},
      {"Where", where},
      {"Xor", binary<at::logical_xor>},
  };
  return entries;
}

}  // namespace discern::features::onnx
