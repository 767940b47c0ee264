// What is looked at of an ONNX file before a library parses it.
#include "core/onnx/read_graph.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  discern::fuzz::readOrRefuse([&] { discern::onnx::readGraph(discern::fuzz::textOf(data, size)); });
  return 0;
}
