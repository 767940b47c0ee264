// The little of an ONNX file that must be known before a
// library parses it: that it is one, whole, and what it takes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace discern::data {

struct OnnxTensor {
  std::string name;
  std::vector<std::int64_t> shape;  // -1: not fixed; empty: not declared
};

struct OnnxHeader {
  std::vector<OnnxTensor> inputs;  // those a caller feeds: without initialisers
  std::vector<OnnxTensor> outputs;
  std::string problem;  // a tensor that may not be read, and why; empty: none
};

// Empty when the bytes are not a whole ONNX model (another format, text, cut off): protobuf has no magic
// number, so every length of the outer messages is checked instead.
std::optional<OnnxHeader> readOnnxHeader(std::string_view bytes);

}  // namespace discern::data
