#include <cctype>
#include <map>
#include <set>

#include "core/features/onnx/operators.h"

namespace discern::features::onnx {
namespace {

// alpha A' B' + beta C, each turned only where its attribute says so.
Values gemm(Call& call) {
  at::Tensor a = call.at(0), b = call.at(1);
  if (a.dim() != 2 || b.dim() != 2) fail("multiplies tensors of {} and {} dimensions", a.dim(), b.dim());
  if (call.integer("transA", 0) != 0) a = a.t();
  if (call.integer("transB", 0) != 0) b = b.t();
  if (a.size(1) != b.size(0))
    fail("multiplies {} x {} by {} x {}", a.size(0), a.size(1), b.size(0), b.size(1));
  const double alpha = call.number("alpha", 1), beta = call.number("beta", 1);
  if (!call.has(2) || beta == 0) {
    const at::Tensor product = at::mm(a, b);
    return {alpha == 1 ? product : product * alpha};
  }
  const at::Tensor& c = call.at(2);
  if (c.dim() > 2) fail("adds a tensor of {} dimensions to a matrix", c.dim());
  if (!at::isFloatingType(a.scalar_type())) return {at::mm(a, b) * alpha + c * beta};
  return {at::addmm(c, a, b, beta, alpha)};
}

Values matMul(Call& call) {
  at::Tensor a = call.at(0), b = call.at(1);
  together(a, b);
  return {at::matmul(a, b)};
}

// Throws where the sum over all letters would be larger than any tensor.
void checkEinsum(const std::string& equation, const Values& inputs) {
  std::map<char, std::int64_t> sizes;
  std::size_t i = 0, d = 0;
  for (const char c : equation.substr(0, equation.find("->"))) {
    if (c == ',') {
      ++i;
      d = 0;
    } else if (c == '.') {
      return;  // LibTorch matches what the dots stand for
    } else if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      if (i >= inputs.size() || d >= static_cast<std::size_t>(inputs[i].dim()))
        fail("has the equation '{}' for other inputs", equation.substr(0, 80));
      sizes[c] = std::max(sizes[c], inputs[i].size(static_cast<std::int64_t>(d++)));
    }
  }
}

Values einsum(Call& call) {
  const std::string equation = call.text("equation", "");
  if (equation.size() > 200) fail("has an equation of {} letters", equation.size());
  for (std::size_t i = 0; i < call.in.size(); ++i) {
    call.at(i);
    together(call.in[0], call.in[i]);
  }
  checkEinsum(equation, call.in);
  return {at::einsum(equation, call.in)};
}

}  // namespace

const std::vector<Entry>& products() {
  static const std::vector<Entry> entries = {{"Einsum", einsum}, {"Gemm", gemm}, {"MatMul", matMul}};
  return entries;
}

}  // namespace discern::features::onnx
