#include "core/features/onnx/preparation.h"

#include <cmath>
#include <cstring>
#include <optional>

#include "core/base/error.h"

namespace discern::features::onnx {
namespace {

// The mean of a constant of one number or one a channel.
std::optional<double> meanOf(const Graph& graph, const std::string& name) {
  const auto ofTensor = [](const Tensor& tensor) -> std::optional<double> {
    const auto count = tensor.bytes.size() / sizeof(float);
    if (tensor.type != kFloat || (count != 1 && count != 3)) return std::nullopt;
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      float value;
      std::memcpy(&value, tensor.bytes.data() + i * sizeof value, sizeof value);
      sum += value;
    }
    return sum / static_cast<double>(count);
  };
  for (const Tensor& tensor : graph.initialisers)
    if (tensor.name == name) return ofTensor(tensor);
  for (const Node& node : graph.nodes) {
    const auto value = node.attributes.find("value");
    if (node.op == "Constant" && !node.outputs.empty() && node.outputs[0] == name &&
        value != node.attributes.end())
      return ofTensor(value->second.tensor);
  }
  return std::nullopt;
}

// The input as factor * x + shift, as far as that goes.
struct Line {
  double factor = 1, shift = 0;
  int steps = 0;
};

Line lineOf(const Graph& graph) {
  Line line;
  std::string at = graph.inputs.empty() ? "" : graph.inputs[0].name;
  for (const Node& node : graph.nodes) {
    const bool takes = !node.inputs.empty() && node.inputs[0] == at;
    if (!takes || node.outputs.size() != 1) continue;
    if (node.op == "Cast" || node.op == "Identity") {
      at = node.outputs[0];
      continue;
    }
    if (node.op != "Sub" && node.op != "Mul" && node.op != "Div" && node.op != "Add") break;
    const auto value = meanOf(graph, node.inputs.size() > 1 ? node.inputs[1] : "");
    if (!value || !std::isfinite(*value)) break;
    const double by = node.op == "Mul" ? *value : node.op == "Div" ? 1 / *value : 1;
    line.factor *= by;
    line.shift = line.shift * by + (node.op == "Add" ? *value : node.op == "Sub" ? -*value : 0);
    ++line.steps;
    at = node.outputs[0];
  }
  return line;
}

}  // namespace

std::string preparationHint(const Graph& graph, const Recipe& recipe) {
  const Line line = lineOf(graph);
  if (line.steps == 0 || line.factor == 0 || !std::isfinite(line.factor)) return "";
  // Networks compute with numbers around 0 and of about 1.
  const double middle = -line.shift / line.factor, width = 1 / std::abs(line.factor);
  const bool bytes = width > 16 || middle > 16;
  if (!bytes && (middle < 0.2 || middle > 0.8)) return "";
  const double dark = (0 - recipe.mean[0]) / recipe.std[0], bright = (255 - recipe.mean[0]) / recipe.std[0];
  const double wanted = bytes ? 255 : 1;
  if (std::abs(dark) < 0.02 * wanted && std::abs(bright - wanted) < 0.02 * wanted) return "";
  return fmt::format(
      "the model begins with x * {:.4g} {} {:.4g} and so expects pixels from 0 to {}, but the recipe {} "
      "gives {:.3g} to "
      "{:.3g}; a recipe with mean 0 and std {} is right for it",
      line.factor, line.shift < 0 ? "-" : "+", std::abs(line.shift), wanted, recipe.name, dark, bright,
      bytes ? 1 : 255);
}

}  // namespace discern::features::onnx
