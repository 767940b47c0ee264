#include "core/features/onnx/outputs.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"

namespace discern::features::onnx {
namespace {

constexpr std::int64_t kFewest = 64, kMost = 4096;

// The node that gives each tensor.
std::map<std::string_view, const Node*> giversOf(const Graph& graph) {
  std::map<std::string_view, const Node*> givers;
  for (const Node& node : graph.nodes)
    for (const auto& name : node.outputs) givers[name] = &node;
  return givers;
}

// All tensors that `name` is computed from.
std::set<std::string_view> sourcesOf(const Graph& graph, std::string_view name) {
  const auto givers = giversOf(graph);
  std::set<std::string_view> sources;
  std::vector<std::string_view> open = {name};
  while (!open.empty()) {
    const auto giver = givers.find(open.back());
    open.pop_back();
    if (giver == givers.end()) continue;
    for (const auto& input : giver->second->inputs)
      if (sources.insert(input).second) open.push_back(input);
  }
  return sources;
}

// Back from an output over what changes a vector number by number.
struct End {
  bool softmax = false;
  std::string productInput;  // empty: no matrix product
};
End endOf(const Graph& graph, std::string_view name) {
  const std::set<std::string_view> plain = {"Softmax", "LogSoftmax", "Sigmoid", "Identity", "Add",    "Mul",
                                            "Div",     "Reshape",    "Flatten", "Cast",     "Dropout"};
  const auto givers = giversOf(graph);
  End end;
  for (auto giver = givers.find(name); giver != givers.end();) {
    const Node& node = *giver->second;
    if (node.inputs.empty()) return end;
    if (node.op == "Gemm" || node.op == "MatMul") {
      end.productInput = node.inputs[0];
      return end;
    }
    if (!plain.contains(node.op)) return end;
    end.softmax = end.softmax || node.op == "Softmax" || node.op == "LogSoftmax";
    giver = givers.find(node.inputs[0]);
  }
  return end;
}

// 0: not a vector.
std::int64_t lengthOf(const std::vector<std::int64_t>& shape) {
  std::int64_t length = 1;
  for (const std::int64_t size : shape) {
    if (size == 1) continue;
    if (length != 1) return 0;
    length = size;
  }
  return length > 1 ? length : 0;
}

std::string listed(const std::vector<const Candidate*>& candidates) {
  std::string text;
  for (const Candidate* one : candidates) {
    std::string shape;
    for (const std::int64_t size : one->shape) shape += (shape.empty() ? "" : " x ") + std::to_string(size);
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", one->name,
                        shape.empty() ? "of unknown shape" : shape);
  }
  return text;
}

Choice ofSingle(const Graph& graph, const std::vector<Candidate>& candidates, const std::string& file) {
  const Candidate& output = candidates.front();
  const std::int64_t length = lengthOf(output.shape);
  if (candidates.size() < 2 || (length <= kMost && !endOf(graph, output.name).softmax))
    return {output.name, ""};
  const std::int64_t before = lengthOf(candidates[1].shape);
  if (before < kFewest || before > kMost) return {output.name, ""};
  return {candidates[1].name,
          fmt::format(
              "{}: its output {} of {} numbers looks like class scores; the feature is {} of {}, from which "
              "they are computed (output_layer of the recipe names another)",
              file, output.name, length, candidates[1].name, before)};
}

}  // namespace

std::vector<std::string> possibleOutputs(const Graph& graph) {
  std::vector<std::string> names;
  for (const Value& output : graph.outputs) names.push_back(output.name);
  if (names.size() != 1) return names;
  if (auto input = endOf(graph, names[0]).productInput; !input.empty()) names.push_back(std::move(input));
  return names;
}

Choice chooseOutput(const Graph& graph, const std::vector<Candidate>& candidates, const std::string& file) {
  if (graph.outputs.size() == 1) return ofSingle(graph, candidates, file);
  std::vector<const Candidate*> all, vectors, left;
  for (const Candidate& one : candidates) {
    all.push_back(&one);
    const std::int64_t length = lengthOf(one.shape);
    if (length >= kFewest && length <= kMost) vectors.push_back(&one);
  }
  if (vectors.empty())
    std::ranges::copy_if(all, std::back_inserter(vectors),
                         [](const Candidate* one) { return lengthOf(one->shape) > 0; });
  if (vectors.empty())
    fail(
        "{}: none of its outputs, {}, is one vector for one image; name a layer that is with output_layer of "
        "the recipe",
        file, listed(all));
  for (const Candidate* one : vectors) {
    const auto sources = sourcesOf(graph, one->name);
    const bool derived =
        std::ranges::any_of(vectors, [&](const Candidate* other) { return sources.contains(other->name); });
    if (!derived) left.push_back(one);
  }
  if (left.size() != 1)
    fail("{}: its outputs {} could each be the feature; name one with output_layer of the recipe", file,
         listed(left));
  return {left[0]->name,
          fmt::format("{}: of its outputs, {}, the feature is {} (output_layer of the recipe names another)",
                      file, listed(all), left[0]->name)};
}

}  // namespace discern::features::onnx
