// ONNX graphs that LibTorch runs.
#pragma once

#include <memory>
#include <string>

#include "core/features/internal/blob_model.h"
#include "core/features/internal/opencv_model.h"
#include "core/onnx/graph.h"

namespace discern::features {

struct OpenedOnnx {
  std::unique_ptr<BlobModel> model;
  OpenCvOutput output;  // the same output's names in OpenCV
  std::string note;     // about the choice of output; empty: there was none
};

// Throws onnx::Unsupported, Error.
OpenedOnnx openOnnxInTorch(const std::string& file, onnx::Graph graph, const Recipe& recipe, Device device);

}  // namespace discern::features
