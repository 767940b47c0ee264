// ONNX files: the engine that runs one, and the two of them against each other.
#pragma once

#include <memory>
#include <string>

#include "core/features/internal/blob_model.h"
#include "core/onnx/graph.h"

namespace discern::features {

// In this process, as openTorchScript does. LibTorch reads the graph; OpenCV, where it knows all operators
// too, must give the same features to 1e-3 of the largest number, of made-up faces here and of the first real
// ones. Where they agree OpenCV runs the model on the CPU, which it does faster; where they do not, LibTorch
// does (it is held to ONNX's own tests), unless it alone fails what checkFeatures asks for, and takeNotes()
// says so. A graph that LibTorch's reader lacks an operator of runs in OpenCV, on the CPU. Throws Error.
std::unique_ptr<BlobModel> openOnnx(const std::string& file, const std::string& bytes, onnx::Graph graph,
                                    const Recipe& recipe, Device device);

}  // namespace discern::features
