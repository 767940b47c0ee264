#include "core/onnx/read_graph.h"

#define ONNX_NAMESPACE onnx  // as the library was built
#define ONNX_ML 1
#include <onnx/onnx_pb.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"

namespace discern::onnx {
namespace {

constexpr std::int64_t kMostNumbers = std::int64_t{1} << 40;  // of one tensor
constexpr int kMostDimensions = 32;

// What cannot be right in a tensor or node: the graph keeps it as its problem.
struct Problem {
  std::string text;
};

template <typename To, typename From>
std::string packed(const From& values) {
  std::string bytes(static_cast<std::size_t>(values.size()) * sizeof(To), '\0');
  for (int i = 0; i < values.size(); ++i) {
    const auto value = static_cast<To>(values.Get(i));
    std::memcpy(bytes.data() + static_cast<std::size_t>(i) * sizeof(To), &value, sizeof value);
  }
  return bytes;
}

// Numbers that are not raw lie in a list of the next larger kind.
std::string listed(const ::onnx::TensorProto& proto) {
  switch (proto.data_type()) {
    case kFloat:
      return packed<float>(proto.float_data());
    case kDouble:
      return packed<double>(proto.double_data());
    case kInt64:
      return packed<std::int64_t>(proto.int64_data());
    case kUint64:
      return packed<std::uint64_t>(proto.uint64_data());
    case kUint32:
      return packed<std::uint32_t>(proto.uint64_data());
    case kInt32:
      return packed<std::int32_t>(proto.int32_data());
    case kUint8:
    case kInt8:
    case kBool:
      return packed<std::uint8_t>(proto.int32_data());
    default:
      return packed<std::uint16_t>(proto.int32_data());
  }
}

std::int64_t wholeNumber(const std::string& text) {
  std::int64_t value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0)
    throw Problem{"is said to be at '" + text.substr(0, 40) + "' of another file, expected a whole number"};
  return value;
}

void readPlace(const ::onnx::TensorProto& proto, std::int64_t bytes, Tensor& tensor) {
  for (const auto& entry : proto.external_data()) {
    if (entry.key() == "location") tensor.file = entry.value();
    if (entry.key() == "offset") tensor.offset = wholeNumber(entry.value());
    if (entry.key() == "length") tensor.length = wholeNumber(entry.value());
  }
  if (tensor.file.empty()) throw Problem{"is kept in another file that is not named"};
  if (tensor.length < 0) tensor.length = bytes;
  if (tensor.length != bytes) throw Problem{"takes more or fewer bytes of another file than its shape says"};
}

// Takes the numbers out of `proto`.
Tensor takeTensor(::onnx::TensorProto& proto) {
  Tensor tensor;
  tensor.name = proto.name();
  tensor.type = proto.data_type();
  tensor.dims.assign(proto.dims().begin(), proto.dims().end());
  if (proto.dims_size() > kMostDimensions) throw Problem{"has more dimensions than any tensor"};
  std::int64_t count = 1;
  for (const std::int64_t size : tensor.dims) {
    if (size < 0 || size > kMostNumbers || (size > 0 && count > kMostNumbers / size))
      throw Problem{"has a shape that no tensor has; the file is damaged"};
    count *= size;
  }
  if (tensor.type == kText) return tensor;  // text: not read
  if (bytesOf(tensor.type) == 0) {
    if (count == 0) return tensor;
    throw Problem{"has values of an unknown kind; the file is damaged, or newer than this program"};
  }
  const std::int64_t bytes = count * bytesOf(tensor.type);
  if (proto.data_location() == ::onnx::TensorProto::EXTERNAL) {
    readPlace(proto, bytes, tensor);
    return tensor;
  }
  tensor.bytes = proto.has_raw_data() && !proto.raw_data().empty() ? std::move(*proto.mutable_raw_data())
                                                                   : listed(proto);
  if (static_cast<std::int64_t>(tensor.bytes.size()) != bytes)
    throw Problem{"holds more or fewer values than its shape says; the file is damaged"};
  return tensor;
}

Attribute takeAttribute(::onnx::AttributeProto& proto) {
  Attribute attribute;
  attribute.type = proto.type();
  attribute.number = proto.f();
  attribute.integer = proto.i();
  attribute.text = proto.s();
  attribute.numbers.assign(proto.floats().begin(), proto.floats().end());
  attribute.integers.assign(proto.ints().begin(), proto.ints().end());
  try {
    if (proto.has_t()) attribute.tensor = takeTensor(*proto.mutable_t());
    for (auto& tensor : *proto.mutable_tensors()) takeTensor(tensor);
  } catch (const Problem& problem) {
    throw Problem{"a constant " + problem.text};
  }
  return attribute;
}

Node takeNode(::onnx::NodeProto& proto) {
  Node node;
  node.name = proto.name();
  node.op = proto.op_type();
  node.domain = proto.domain() == "ai.onnx" ? "" : proto.domain();
  node.inputs.assign(proto.input().begin(), proto.input().end());
  node.outputs.assign(proto.output().begin(), proto.output().end());
  for (auto& attribute : *proto.mutable_attribute())
    node.attributes[attribute.name()] = takeAttribute(attribute);
  return node;
}

Value readValue(const ::onnx::ValueInfoProto& proto) {
  Value value;
  value.name = proto.name();
  value.type = proto.type().tensor_type().elem_type();
  for (const auto& dim : proto.type().tensor_type().shape().dim()) {
    const std::int64_t size = dim.has_dim_value() ? dim.dim_value() : -1;
    value.shape.push_back(size > 0 && size < (std::int64_t{1} << 32) ? size : -1);
  }
  return value;
}

// OpenCV 4.10 crashes where a node takes what nothing gives.
void checkNames(const Graph& graph, const ::onnx::GraphProto& proto) {
  std::set<std::string_view> given;
  for (const auto& tensor : graph.initialisers) given.insert(tensor.name);
  for (const auto& sparse : proto.sparse_initializer()) given.insert(sparse.values().name());
  for (const auto& input : graph.inputs) given.insert(input.name);
  for (const Node& node : graph.nodes) {
    for (const auto& name : node.inputs)
      if (!name.empty() && !given.contains(name))
        throw Problem{"a node takes the tensor '" + name +
                      "', which nothing before it gives; the file is damaged"};
    for (const auto& name : node.outputs)
      if (!name.empty() && !given.insert(name).second)
        throw Problem{"the tensor '" + name + "' is given twice; the file is damaged"};
  }
  for (const auto& output : graph.outputs)
    if (!given.contains(output.name))
      throw Problem{"nothing gives the output '" + output.name + "'; the file is damaged"};
}

void takeGraph(::onnx::GraphProto& proto, Graph& graph) {
  for (const auto& output : proto.output()) graph.outputs.push_back(readValue(output));
  std::set<std::string_view> initialised;
  for (const auto& tensor : proto.initializer()) initialised.insert(tensor.name());
  for (const auto& input : proto.input())
    if (!initialised.contains(input.name())) graph.inputs.push_back(readValue(input));
  try {
    for (auto& tensor : *proto.mutable_initializer()) {
      try {
        graph.initialisers.push_back(takeTensor(tensor));
      } catch (const Problem& problem) {
        throw Problem{"the tensor '" + tensor.name() + "' " + problem.text};
      }
    }
    for (auto& node : *proto.mutable_node()) graph.nodes.push_back(takeNode(node));
    checkNames(graph, proto);
  } catch (const Problem& problem) {
    graph.problem = problem.text;
  }
}

}  // namespace

int bytesOf(int type) {
  constexpr int kBytes[] = {0, 4, 1, 1, 2, 2, 4, 8, 0, 1, 2, 8, 4, 8, 0, 0, 2};
  return type < 0 || type >= static_cast<int>(std::size(kBytes)) ? 0 : kBytes[type];
}

std::optional<Graph> readGraph(std::string_view bytes) {
  ::onnx::ModelProto model;
  if (bytes.size() > std::numeric_limits<int>::max() ||
      !model.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return std::nullopt;
  // Protobuf has no magic number, and takes what it does not know for a newer version's: the parts that every
  // model has are asked for.
  if (!model.has_ir_version() || !model.has_graph() || model.graph().node_size() == 0 ||
      model.graph().output_size() == 0)
    return std::nullopt;
  Graph graph;
  for (const auto& set : model.opset_import())
    if (set.domain().empty() || set.domain() == "ai.onnx")
      graph.opset = static_cast<int>(std::clamp<std::int64_t>(set.version(), 0, 1000));
  for (const auto& entry : model.metadata_props()) graph.metadata[entry.key()] = entry.value();
  takeGraph(*model.mutable_graph(), graph);
  return graph;
}

Tensor readTensor(std::string_view bytes) {
  ::onnx::TensorProto proto;
  if (bytes.size() > std::numeric_limits<int>::max() ||
      !proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    fail("this is no ONNX tensor; the file is damaged");
  try {
    return takeTensor(proto);
  } catch (const Problem& problem) {
    fail("the tensor '{}' {}", proto.name(), problem.text);
  }
}

std::vector<std::string> externalFiles(const Graph& graph) {
  std::set<std::string> files;
  for (const auto& tensor : graph.initialisers) files.insert(tensor.file);
  for (const Node& node : graph.nodes)
    for (const auto& [name, attribute] : node.attributes) files.insert(attribute.tensor.file);
  files.erase("");
  return {files.begin(), files.end()};
}

std::filesystem::path externalFile(const std::filesystem::path& model, const std::string& name) {
  namespace fs = std::filesystem;
  const fs::path given(name);
  if (given.is_absolute() || std::ranges::find(given, fs::path("..")) != given.end() ||
      name.find('\0') != std::string::npos)
    fail("{}: keeps weights in {}, outside of its folder, where none is read; save the model again",
         model.string(), name.substr(0, name.find('\0')));
  const fs::path folder = fs::weakly_canonical(fs::absolute(model).parent_path());
  const fs::path file = fs::weakly_canonical(folder / given);
  if (const auto inside = fs::relative(file, folder); inside.empty() || *inside.begin() == "..")
    fail("{}: keeps weights in {}, a link to outside of its folder, where none is read; copy the file there",
         model.string(), name);
  if (!fs::exists(file))
    fail("{}: its weights are in {}, which is not beside it; put the file there", model.string(), name);
  requirePlainFile(file);
  return file;
}

}  // namespace discern::onnx
