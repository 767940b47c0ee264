// Writes small ONNX files for tests. Knows no LibTorch.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace discern::features::onnx {

class SmallGraph {
 public:
  explicit SmallGraph(int opset = 13);
  ~SmallGraph();
  SmallGraph(SmallGraph&&) noexcept;

  // A dimension below 0 is not fixed. `type`: TensorProto's, 1 is float.
  SmallGraph& input(const std::string& name, const std::vector<std::int64_t>& shape, int type = 1);
  SmallGraph& output(const std::string& name, const std::vector<std::int64_t>& shape = {});
  SmallGraph& constant(const std::string& name, const std::vector<std::int64_t>& shape,
                       const std::vector<float>& values);
  SmallGraph& halves(const std::string& name, const std::vector<std::int64_t>& shape,
                     const std::vector<std::uint16_t>& bits);
  SmallGraph& integers(const std::string& name, const std::vector<std::int64_t>& values);
  SmallGraph& external(const std::string& name, const std::vector<std::int64_t>& shape,
                       const std::string& file, std::int64_t offset, std::int64_t bytes);
  // The attributes that follow belong to it.
  SmallGraph& node(const std::string& op, const std::vector<std::string>& inputs,
                   const std::vector<std::string>& outputs);
  SmallGraph& set(const std::string& name, std::int64_t value);
  SmallGraph& set(const std::string& name, double value);
  SmallGraph& set(const std::string& name, const std::string& value);
  SmallGraph& set(const std::string& name, const std::vector<std::int64_t>& values);

  std::string bytes() const;

 private:
  struct Model;
  std::unique_ptr<Model> model_;
};

}  // namespace discern::features::onnx
