// What an ONNX file says, as plain structs: no protobuf and no LibTorch.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace discern::onnx {

// TensorProto.DataType
enum Type {
  kUnknown = 0,
  kFloat = 1,
  kUint8 = 2,
  kInt8 = 3,
  kUint16 = 4,
  kInt16 = 5,
  kInt32 = 6,
  kInt64 = 7,
  kText = 8,
  kBool = 9,
  kHalf = 10,
  kDouble = 11,
  kUint32 = 12,
  kUint64 = 13,
  kBfloat16 = 16
};

// How many bytes a number takes; 0: not a number, or one that is not read.
int bytesOf(int type);

struct Tensor {
  std::string name;
  int type = kUnknown;
  std::vector<std::int64_t> dims;
  std::string bytes;  // the numbers one behind the other, little-endian; empty when they are in a file
  std::string file;   // beside the model, by its name there
  std::int64_t offset = 0, length = -1;  // in that file; -1: to its end
};

struct Attribute {
  int type = 0;  // AttributeProto.AttributeType
  float number = 0;
  std::int64_t integer = 0;
  std::string text;
  Tensor tensor;
  std::vector<float> numbers;
  std::vector<std::int64_t> integers;
};

struct Node {
  std::string name, op, domain;              // domain empty: ONNX's own
  std::vector<std::string> inputs, outputs;  // empty: an optional one that is not there
  std::map<std::string, Attribute, std::less<>> attributes;
};

struct Value {
  std::string name;
  int type = kUnknown;
  std::vector<std::int64_t> shape;  // -1: not fixed; empty: not declared
};

struct Graph {
  int opset = 0;
  std::vector<Node> nodes;  // each takes what is given or an earlier one gives
  std::vector<Tensor> initialisers;
  std::vector<Value> inputs;  // those a caller feeds: without initialisers
  std::vector<Value> outputs;
  std::map<std::string, std::string> metadata;  // metadata_props: what the file says of itself
  std::string problem;                          // why it may not be run, a clause; empty: none
};

}  // namespace discern::onnx
