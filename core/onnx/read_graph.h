// Reads ONNX files with protobuf; the one file that knows it is read_graph.cpp.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/onnx/graph.h"

namespace discern::onnx {

// Empty when the bytes are not a whole ONNX model (another format, text, cut off). In a graph without a
// problem every tensor holds as many numbers as its shape says, every name is given once, and before it is
// taken: what reads it behind this need not check again.
std::optional<Graph> readGraph(std::string_view bytes);

// A single tensor as ONNX keeps them in files of their own (.pb). Throws Error.
Tensor readTensor(std::string_view bytes);

// Files that tensors of the graph lie in, by their names beside the model.
std::vector<std::string> externalFiles(const Graph& graph);
// Where such a file of a model is. Throws Error: outside of the model's folder, no plain file.
std::filesystem::path externalFile(const std::filesystem::path& model, const std::string& name);

}  // namespace discern::onnx
