#include "tests/core/features/onnx/small_graph.h"

#define ONNX_NAMESPACE onnx
#define ONNX_ML 1
#include <onnx/onnx_pb.h>

namespace discern::features::onnx {
namespace {

::onnx::TensorProto& tensorOf(::onnx::TensorProto& tensor, const std::string& name, int type,
                              const std::vector<std::int64_t>& shape) {
  tensor.set_name(name);
  tensor.set_data_type(type);
  for (const std::int64_t size : shape) tensor.add_dims(size);
  return tensor;
}

void describe(::onnx::ValueInfoProto& value, const std::string& name, const std::vector<std::int64_t>& shape,
              int type) {
  value.set_name(name);
  auto& tensor = *value.mutable_type()->mutable_tensor_type();
  tensor.set_elem_type(type);
  for (const std::int64_t size : shape) {
    auto& dim = *tensor.mutable_shape()->add_dim();
    if (size < 0)
      dim.set_dim_param("n");
    else
      dim.set_dim_value(size);
  }
}

}  // namespace

struct SmallGraph::Model {
  ::onnx::ModelProto proto;
  ::onnx::GraphProto& graph() { return *proto.mutable_graph(); }
  ::onnx::AttributeProto& attribute(const std::string& name, ::onnx::AttributeProto::AttributeType type) {
    auto& added = *graph().mutable_node(graph().node_size() - 1)->add_attribute();
    added.set_name(name);
    added.set_type(type);
    return added;
  }
};

SmallGraph::SmallGraph(int opset) : model_(std::make_unique<Model>()) {
  model_->proto.set_ir_version(8);
  model_->proto.set_producer_name("pytorch");  // what computes must not depend on it
  model_->proto.add_opset_import()->set_version(opset);
  model_->graph().set_name("small");
}
SmallGraph::~SmallGraph() = default;
SmallGraph::SmallGraph(SmallGraph&&) noexcept = default;

SmallGraph& SmallGraph::input(const std::string& name, const std::vector<std::int64_t>& shape, int type) {
  describe(*model_->graph().add_input(), name, shape, type);
  return *this;
}
SmallGraph& SmallGraph::output(const std::string& name, const std::vector<std::int64_t>& shape) {
  describe(*model_->graph().add_output(), name, shape, 1);
  return *this;
}
SmallGraph& SmallGraph::constant(const std::string& name, const std::vector<std::int64_t>& shape,
                                 const std::vector<float>& values) {
  auto& tensor = tensorOf(*model_->graph().add_initializer(), name, ::onnx::TensorProto::FLOAT, shape);
  for (const float value : values) tensor.add_float_data(value);
  return *this;
}
SmallGraph& SmallGraph::halves(const std::string& name, const std::vector<std::int64_t>& shape,
                               const std::vector<std::uint16_t>& bits) {
  auto& tensor = tensorOf(*model_->graph().add_initializer(), name, ::onnx::TensorProto::FLOAT16, shape);
  tensor.set_raw_data(bits.data(), bits.size() * sizeof(std::uint16_t));
  return *this;
}
SmallGraph& SmallGraph::integers(const std::string& name, const std::vector<std::int64_t>& values) {
  auto& tensor = tensorOf(*model_->graph().add_initializer(), name, ::onnx::TensorProto::INT64,
                          {static_cast<std::int64_t>(values.size())});
  for (const std::int64_t value : values) tensor.add_int64_data(value);
  return *this;
}
SmallGraph& SmallGraph::external(const std::string& name, const std::vector<std::int64_t>& shape,
                                 const std::string& file, std::int64_t offset, std::int64_t bytes) {
  auto& tensor = tensorOf(*model_->graph().add_initializer(), name, ::onnx::TensorProto::FLOAT, shape);
  tensor.set_data_location(::onnx::TensorProto::EXTERNAL);
  for (const auto& [key, value] : {std::pair<std::string, std::string>{"location", file},
                                   {"offset", std::to_string(offset)},
                                   {"length", std::to_string(bytes)}}) {
    auto& entry = *tensor.add_external_data();
    entry.set_key(key);
    entry.set_value(value);
  }
  return *this;
}

SmallGraph& SmallGraph::node(const std::string& op, const std::vector<std::string>& inputs,
                             const std::vector<std::string>& outputs) {
  auto& node = *model_->graph().add_node();
  node.set_name(outputs.at(0) + "_node");
  node.set_op_type(op);
  for (const auto& name : inputs) node.add_input(name);
  for (const auto& name : outputs) node.add_output(name);
  return *this;
}
SmallGraph& SmallGraph::set(const std::string& name, std::int64_t value) {
  model_->attribute(name, ::onnx::AttributeProto::INT).set_i(value);
  return *this;
}
SmallGraph& SmallGraph::set(const std::string& name, double value) {
  model_->attribute(name, ::onnx::AttributeProto::FLOAT).set_f(static_cast<float>(value));
  return *this;
}
SmallGraph& SmallGraph::set(const std::string& name, const std::string& value) {
  model_->attribute(name, ::onnx::AttributeProto::STRING).set_s(value);
  return *this;
}
SmallGraph& SmallGraph::set(const std::string& name, const std::vector<std::int64_t>& values) {
  auto& attribute = model_->attribute(name, ::onnx::AttributeProto::INTS);
  for (const std::int64_t value : values) attribute.add_ints(value);
  return *this;
}

std::string SmallGraph::bytes() const { return model_->proto.SerializeAsString(); }

}  // namespace discern::features::onnx
