// What is looked at of an ONNX file before a library parses it.
#include "core/features/internal/onnx_header.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  discern::fuzz::readOrRefuse([&] { discern::features::readOnnxHeader(discern::fuzz::textOf(data, size)); });
  return 0;
}
