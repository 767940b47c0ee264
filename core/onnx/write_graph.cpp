#include "core/onnx/write_graph.h"

#define ONNX_NAMESPACE onnx  // as the library was built
#define ONNX_ML 1
#include <onnx/onnx_pb.h>

#include "core/base/error.h"

namespace discern::onnx {
namespace {

constexpr int kIrVersion = 7;  // of ONNX 1.8: what every reader of these operator sets knows

void put(const Tensor& tensor, ::onnx::TensorProto& proto) {
  if (!tensor.file.empty()) fail("the tensor '{}' lies in another file, which is not written", tensor.name);
  proto.set_name(tensor.name);
  proto.set_data_type(tensor.type);
  for (const auto size : tensor.dims) proto.add_dims(size);
  proto.set_raw_data(tensor.bytes);
}

void put(const Attribute& attribute, ::onnx::AttributeProto& proto) {
  using Proto = ::onnx::AttributeProto;
  const auto type = static_cast<Proto::AttributeType>(attribute.type);
  proto.set_type(type);
  if (type == Proto::FLOAT) proto.set_f(attribute.number);
  if (type == Proto::INT) proto.set_i(attribute.integer);
  if (type == Proto::STRING) proto.set_s(attribute.text);
  if (type == Proto::TENSOR) put(attribute.tensor, *proto.mutable_t());
  if (type == Proto::FLOATS)
    for (const float number : attribute.numbers) proto.add_floats(number);
  if (type == Proto::INTS)
    for (const auto integer : attribute.integers) proto.add_ints(integer);
}

void put(const Node& node, ::onnx::NodeProto& proto) {
  proto.set_name(node.name);
  proto.set_op_type(node.op);
  if (!node.domain.empty()) proto.set_domain(node.domain);
  for (const auto& name : node.inputs) proto.add_input(name);
  for (const auto& name : node.outputs) proto.add_output(name);
  for (const auto& [name, attribute] : node.attributes) {
    auto* to = proto.add_attribute();
    to->set_name(name);
    put(attribute, *to);
  }
}

void put(const Value& value, ::onnx::ValueInfoProto& proto) {
  proto.set_name(value.name);
  auto* tensor = proto.mutable_type()->mutable_tensor_type();
  tensor->set_elem_type(value.type);
  for (const auto size : value.shape) {
    auto* dim = tensor->mutable_shape()->add_dim();
    if (size < 0)
      dim->set_dim_param("N");
    else
      dim->set_dim_value(size);
  }
}

}  // namespace

std::string writeGraph(const Graph& graph) {
  ::onnx::ModelProto model;
  model.set_ir_version(kIrVersion);
  model.set_producer_name("Discern");
  model.add_opset_import()->set_version(graph.opset);
  for (const auto& [key, value] : graph.metadata) {
    auto* entry = model.add_metadata_props();
    entry->set_key(key);
    entry->set_value(value);
  }
  auto& proto = *model.mutable_graph();
  proto.set_name("discern");
  for (const auto& tensor : graph.initialisers) put(tensor, *proto.add_initializer());
  for (const auto& node : graph.nodes) put(node, *proto.add_node());
  for (const auto& value : graph.inputs) put(value, *proto.add_input());
  for (const auto& value : graph.outputs) put(value, *proto.add_output());
  std::string bytes;
  if (!model.SerializeToString(&bytes))
    fail("the network is too large for one ONNX file, which holds at most 2 GB");
  return bytes;
}

}  // namespace discern::onnx
