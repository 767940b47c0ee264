// ONNX files through OpenCV dnn, one single-threaded network for each of our threads.
#pragma once

#include <memory>
#include <string>

#include "core/features/internal/blob_model.h"
#include "core/features/internal/onnx_header.h"

namespace discern::features {

// In this process, as openTorchScript does.
std::unique_ptr<BlobModel> openOnnx(const std::string& file, const std::string& bytes,
                                    const OnnxHeader& header, const Recipe& recipe);

}  // namespace discern::features
