// Writes ONNX files with protobuf; the one file that knows it is write_graph.cpp.
#pragma once

#include <string>

#include "core/onnx/graph.h"

namespace discern::onnx {

// The model's bytes. Tensors hold their numbers themselves (none lies in another file); a shape of an input
// or output that says -1 is any number, called N.
std::string writeGraph(const Graph& graph);

}  // namespace discern::onnx
