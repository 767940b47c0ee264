#include "core/features/internal/trace_network.h"

#include <torch/csrc/jit/frontend/tracer.h>
#include <torch/csrc/jit/ir/constants.h>

#include <map>

#include "core/base/error.h"

namespace discern::features {
namespace {

namespace jit = torch::jit;
constexpr int kOpset = 13;
constexpr int kFloatAttribute = 1, kIntAttribute = 2, kIntsAttribute = 7;  // AttributeProto.AttributeType

class Translator {
 public:
  explicit Translator(const at::Tensor& input) {
    graph_.opset = kOpset;
    auto shape = input.sizes().vec();
    shape[0] = -1;
    graph_.inputs = {{"input", onnx::kFloat, shape}};
  }

  onnx::Graph translate(jit::Graph& traced, const at::Tensor& output) {
    names_[traced.inputs()[0]] = "input";
    for (const jit::Node* node : traced.nodes()) translate(*node);
    const std::string last = nameOf(traced.outputs()[0]);
    for (auto& node : graph_.nodes)  // whatever it was called
      for (auto& name : node.outputs)
        if (name == last) name = "output";
    graph_.outputs = {{"output", onnx::kFloat, {-1, output.numel() / output.size(0)}}};
    return std::move(graph_);
  }

 private:
  using Attributes = std::map<std::string, onnx::Attribute, std::less<>>;

  static std::vector<std::int64_t> integers(const jit::Value* value) {
    if (const auto constant = jit::toIValue(value))
      return constant->isInt() ? std::vector<std::int64_t>{constant->toInt()} : constant->toIntVector();
    std::vector<std::int64_t> list;
    for (const jit::Value* item : value->node()->inputs()) list.push_back(jit::toIValue(item)->toInt());
    return list;
  }
  static bool isTrue(const jit::Value* value) { return jit::toIValue(value)->toBool(); }
  static double number(const jit::Value* value) {
    const auto constant = jit::toIValue(value);
    if (constant->isTensor()) return constant->toTensor().item<double>();
    return constant->isInt() ? static_cast<double>(constant->toInt()) : constant->toDouble();
  }
  static bool isNone(const jit::Value* value) {
    const auto constant = jit::toIValue(value);
    return constant && constant->isNone();
  }

  // Of a tensor: what a node gave, or a constant, which becomes an initialiser in `shape` where one is given.
  std::string nameOf(const jit::Value* value, const std::vector<std::int64_t>& shape = {}) {
    if (const auto known = names_.find(value); known != names_.end()) return known->second;
    const auto constant = jit::toIValue(value);
    if (!constant || !constant->isTensor()) unknown(*value->node());
    const auto tensor = constant->toTensor();
    const std::string name = fmt::format("weight{}", graph_.initialisers.size());
    graph_.initialisers.push_back(onnxTensor(name, shape.empty() ? tensor : tensor.reshape(shape)));
    names_[value] = name;
    return name;
  }
  at::Tensor constantOf(const jit::Value* value) { return jit::toIValue(value)->toTensor(); }
  std::string addConstant(double value) {
    const std::string name = fmt::format("weight{}", graph_.initialisers.size());
    graph_.initialisers.push_back(onnxTensor(name, at::full({1}, value)));
    return name;
  }

  std::string add(const char* op, std::vector<std::string> inputs, Attributes attributes = {}) {
    const std::string name = fmt::format("{}{}", op, graph_.nodes.size());
    graph_.nodes.push_back({name, op, "", std::move(inputs), {name}, std::move(attributes)});
    return name;
  }
  [[noreturn]] static void unknown(const jit::Node& node) {
    fail("the network has the operation {}, with which no ONNX file is written; export another network",
         node.kind().toDisplayString());
  }

  // Both ends of each dimension, as ONNX has them.
  static std::vector<std::int64_t> bothEnds(const std::vector<std::int64_t>& padding) {
    auto both = padding;
    both.insert(both.end(), padding.begin(), padding.end());
    return both;
  }
  static std::vector<std::int64_t> each(std::vector<std::int64_t> values, std::size_t dimensions) {
    if (values.size() == 1) values.assign(dimensions, values[0]);
    return values;
  }

  std::string convolution(const jit::Node& node) {
    const auto in = node.inputs();
    if (isTrue(in[6])) unknown(node);  // transposed
    const auto kernel = constantOf(in[1]).sizes().vec();
    const std::size_t dimensions = kernel.size() - 2;
    std::vector<std::string> inputs = {nameOf(in[0]), nameOf(in[1])};
    if (!isNone(in[2])) inputs.push_back(nameOf(in[2]));
    return add("Conv", inputs,
               {{"kernel_shape", integersAttribute({kernel.begin() + 2, kernel.end()})},
                {"strides", integersAttribute(each(integers(in[3]), dimensions))},
                {"pads", integersAttribute(bothEnds(each(integers(in[4]), dimensions)))},
                {"dilations", integersAttribute(each(integers(in[5]), dimensions))},
                {"group", integerAttribute(integers(in[8])[0])}});
  }

  // A norm over vectors is a product and a sum, for readers that know norms of planes alone.
  std::string batchNorm(const jit::Node& node) {
    const auto in = node.inputs();
    const auto mean = constantOf(in[3]), variance = constantOf(in[4]);
    auto scale = isNone(in[1]) ? at::ones_like(mean) : constantOf(in[1]);
    auto shift = isNone(in[2]) ? at::zeros_like(mean) : constantOf(in[2]);
    if (rank(in[0]) == 2) {
      const auto factor = scale.to(at::kDouble) / (variance.to(at::kDouble) + number(in[7])).sqrt();
      const auto product = add("Mul", {nameOf(in[0]), constant(factor)});
      return add("Add", {product, constant(shift.to(at::kDouble) - mean.to(at::kDouble) * factor)});
    }
    return add("BatchNormalization",
               {nameOf(in[0]), constant(scale), constant(shift), constant(mean), constant(variance)},
               {{"epsilon", numberAttribute(number(in[7]))}});
  }
  std::string constant(const at::Tensor& values) {
    const std::string name = fmt::format("weight{}", graph_.initialisers.size());
    graph_.initialisers.push_back(onnxTensor(name, values));
    return name;
  }
  static std::size_t rank(const jit::Value* value) {
    const auto type = value->type()->cast<c10::TensorType>();
    return type && type->dim() ? *type->dim() : 0;
  }

  // x W^T + b, which LibTorch calls in several ways; bias: null: none.
  std::string linear(const jit::Value* x, const jit::Value* weight, const jit::Value* bias, bool transposed) {
    std::vector<std::string> inputs = {nameOf(x), nameOf(weight)};
    if (bias != nullptr && !isNone(bias)) inputs.push_back(nameOf(bias));
    return add("Gemm", inputs, {{"transB", integerAttribute(transposed ? 1 : 0)}});
  }
  std::string product(const jit::Node& node, const jit::Value* x, const jit::Value* weight,
                      const jit::Value* bias) {
    if (rank(x) != 2) unknown(node);
    const auto turned = transposed_.find(weight);
    return turned == transposed_.end() ? linear(x, weight, bias, false)
                                       : linear(x, turned->second, bias, true);
  }
  std::string addmm(const jit::Node& node) {
    const auto in = node.inputs();
    if (number(in[3]) != 1 || number(in[4]) != 1) unknown(node);
    return product(node, in[1], in[2], in[0]);
  }

  // x + alpha y; y may be a number.
  std::string sum(const jit::Node& node, const char* op) {
    const auto in = node.inputs();
    if (number(in[2]) != 1) unknown(node);
    return add(op, {nameOf(in[0]), operand(in[1])});
  }
  std::string operand(const jit::Value* value) {
    const auto constant = jit::toIValue(value);
    if (constant && !constant->isTensor()) return addConstant(number(value));
    if (constant && constant->toTensor().dim() == 0) return addConstant(number(value));
    return nameOf(value);
  }

  std::string mean(const jit::Node& node) {
    const auto in = node.inputs();
    const std::size_t dimensions = rank(in[0]);
    auto over = integers(in[1]);
    for (auto& d : over) d = d < 0 ? d + static_cast<std::int64_t>(dimensions) : d;
    std::vector<std::int64_t> all;
    for (std::size_t d = 2; d < dimensions; ++d) all.push_back(static_cast<std::int64_t>(d));
    if (over != all) unknown(node);
    const auto pooled = add("GlobalAveragePool", {nameOf(in[0])});
    return isTrue(in[2]) ? pooled : add("Flatten", {pooled}, {{"axis", integerAttribute(1)}});
  }

  std::string maxPool(const jit::Node& node) {
    const auto in = node.inputs();
    const auto kernel = each(integers(in[1]), 2);
    auto strides = integers(in[2]);
    if (strides.empty()) strides = kernel;
    return add("MaxPool", {nameOf(in[0])},
               {{"kernel_shape", integersAttribute(kernel)},
                {"strides", integersAttribute(each(strides, 2))},
                {"pads", integersAttribute(bothEnds(each(integers(in[3]), 2)))},
                {"ceil_mode", integerAttribute(isTrue(in[5]) ? 1 : 0)}});
  }

  std::string prelu(const jit::Node& node) {
    const auto in = node.inputs();
    std::vector<std::int64_t> shape = {constantOf(in[1]).numel()};
    for (std::size_t d = 2; d < rank(in[0]); ++d) shape.push_back(1);
    return add("PRelu", {nameOf(in[0]), nameOf(in[1], shape)});
  }

  std::string concatenation(const jit::Node& node) {
    std::vector<std::string> parts;
    for (const jit::Value* part : node.inputs()[0]->node()->inputs()) parts.push_back(nameOf(part));
    return add("Concat", parts, {{"axis", integerAttribute(integers(node.inputs()[1])[0])}});
  }

  std::string flatten(const jit::Node& node) {
    if (integers(node.inputs()[1])[0] != 1 || integers(node.inputs()[2])[0] != -1) unknown(node);
    return add("Flatten", {nameOf(node.inputs()[0])}, {{"axis", integerAttribute(1)}});
  }

  void translate(const jit::Node& node) {
    const std::string kind = node.kind().toQualString();
    if (kind.starts_with("prim::")) return;  // constants and lists: looked up where they are taken
    if (kind == "aten::t") {
      transposed_[node.outputs()[0]] = node.inputs()[0];
      return;
    }
    const auto name = [&]() -> std::string {
      if (kind == "aten::_convolution") return convolution(node);
      if (kind == "aten::batch_norm") return batchNorm(node);
      if (kind == "aten::linear") return linear(node.inputs()[0], node.inputs()[1], node.inputs()[2], true);
      if (kind == "aten::addmm") return addmm(node);
      if (kind == "aten::matmul" || kind == "aten::mm")
        return product(node, node.inputs()[0], node.inputs()[1], nullptr);
      if (kind == "aten::prelu") return prelu(node);
      if (kind == "aten::relu") return add("Relu", {nameOf(node.inputs()[0])});
      if (kind == "aten::sigmoid") return add("Sigmoid", {nameOf(node.inputs()[0])});
      if (kind == "aten::add") return sum(node, "Add");
      if (kind == "aten::sub") return sum(node, "Sub");
      if (kind == "aten::mul") return add("Mul", {nameOf(node.inputs()[0]), operand(node.inputs()[1])});
      if (kind == "aten::mean") return mean(node);
      if (kind == "aten::max_pool2d") return maxPool(node);
      if (kind == "aten::cat") return concatenation(node);
      if (kind == "aten::flatten") return flatten(node);
      if (kind == "aten::dropout" || kind == "aten::contiguous") return nameOf(node.inputs()[0]);
      unknown(node);
    };
    names_[node.outputs()[0]] = name();
  }

  onnx::Graph graph_;
  std::map<const jit::Value*, std::string> names_;
  std::map<const jit::Value*, const jit::Value*> transposed_;
};

}  // namespace

onnx::Tensor onnxTensor(const std::string& name, const at::Tensor& values) {
  const auto plain = values.detach().to(at::kCPU, at::kFloat).contiguous();
  onnx::Tensor tensor;
  tensor.name = name;
  tensor.type = onnx::kFloat;
  tensor.dims = plain.sizes().vec();
  tensor.bytes.assign(reinterpret_cast<const char*>(plain.data_ptr<float>()), plain.nbytes());
  return tensor;
}

onnx::Attribute integerAttribute(std::int64_t value) {
  onnx::Attribute attribute;
  attribute.type = kIntAttribute;
  attribute.integer = value;
  return attribute;
}

onnx::Attribute integersAttribute(std::vector<std::int64_t> values) {
  onnx::Attribute attribute;
  attribute.type = kIntsAttribute;
  attribute.integers = std::move(values);
  return attribute;
}

onnx::Attribute numberAttribute(double value) {
  onnx::Attribute attribute;
  attribute.type = kFloatAttribute;
  attribute.number = static_cast<float>(value);
  return attribute;
}

onnx::Graph traceNetwork(const std::function<at::Tensor(const at::Tensor&)>& forward,
                         const at::Tensor& input) {
  const at::NoGradGuard noGradients;
  at::Tensor output;
  const auto traced = jit::tracer::trace(
      {input},
      [&](jit::Stack inputs) -> jit::Stack {
        output = forward(inputs[0].toTensor());
        return {output};
      },
      [](const at::Tensor&) { return std::string(); }, false, true);
  return Translator(input).translate(*traced.first->graph, output);
}

}  // namespace discern::features
