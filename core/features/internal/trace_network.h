// A network of LibTorch as an ONNX graph, by what it does: one call is traced, and each operation becomes a
// node. Includes LibTorch.
#pragma once

#include <ATen/ATen.h>

#include <functional>

#include "core/onnx/graph.h"

namespace discern::features {

// input: an example; its first dimension is any number in the graph. forward: calls the network, whose
// parameters need no gradients. The graph has the input "input" and the output "output", operator set 13.
// Throws Error that names an operation which no node stands for.
onnx::Graph traceNetwork(const std::function<at::Tensor(const at::Tensor&)>& forward,
                         const at::Tensor& input);

onnx::Tensor onnxTensor(const std::string& name, const at::Tensor& values);  // float32
onnx::Attribute integerAttribute(std::int64_t value);
onnx::Attribute integersAttribute(std::vector<std::int64_t> values);
onnx::Attribute numberAttribute(double value);

}  // namespace discern::features
