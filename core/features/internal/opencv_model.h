// ONNX files through OpenCV dnn, one single-threaded network for each of our threads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/features/internal/blob_model.h"
#include "core/onnx/graph.h"

namespace discern::features {

// One tensor of a graph, by the names that versions of OpenCV give it.
struct OpenCvOutput {
  std::string tensor;              // empty: not known which
  std::vector<std::string> names;  // the first that there is
  bool isLast = false;             // the graph's only output: whatever OpenCV calls it
};
// `wanted`: a tensor, or a node that gives it first.
OpenCvOutput openCvOutput(const onnx::Graph& graph, const std::string& wanted);

// In this process, as openTorchScript does.
std::unique_ptr<BlobModel> openOnnxInOpenCv(const std::string& file, const std::string& bytes,
                                            const OpenCvOutput& output, const Recipe& recipe);

}  // namespace discern::features
