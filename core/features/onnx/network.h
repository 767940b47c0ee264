// An ONNX graph that LibTorch runs.
#pragma once

#include <ATen/ATen.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/features/onnx/operators.h"
#include "core/onnx/graph.h"

namespace discern::features::onnx {

class Network {
 public:
  // Of a graph without a problem; `file` is named in errors and has its external files beside it. `outputs`:
  // the tensors that run() gives, by their names or by that of the node they come from; what they do not
  // need is left out. What does not depend on the inputs is computed here, batch norms go into the
  // convolutions before them. Throws Unsupported: an operator that is not implemented; Error: a node cannot
  // be right, weights are missing, there is no such output (the sentence lists those there are).
  Network(Graph graph, std::filesystem::path file, std::vector<std::string> outputs, at::Device device);

  // `inputs` in the graph's order, of its kinds. From several threads at once. Throws Unsupported, Error: one
  // sentence that names file and node; std::bad_alloc.
  Values run(const Values& inputs) const;

  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  void keepOnly(const std::string& output);  // of those it was made with
  const Graph& graph() const { return graph_; }
  double parameters() const { return parameters_; }  // learned numbers
  double macs(const Values& inputs) const;           // multiply-accumulates
  double constantBytes() const;                      // what is kept between runs
  static std::vector<std::string> outputNames(const Graph& graph);

 private:
  struct Step {
    const Node* node = nullptr;
    Operator run = nullptr;
    std::vector<int> inputs, outputs;  // -1: none
    std::vector<int> spent;            // values that nobody needs behind it
  };
  using Observer = std::function<void(const Step&, const Values& in, const Values& out)>;

  int idOf(const std::string& name);
  void readConstants();
  int findOutput(const std::string& wanted) const;
  void keepNeeded();
  void countParameters();
  void fold();
  void foldBatchNorms();
  bool foldInto(Step& convolution, const Step& norm);
  int addConstant(at::Tensor value);
  void findSpent();
  void moveTo(at::Device device);
  Values runStep(const Step& step, Values inputs) const;
  Values runAll(const Values& inputs, const Observer& observer) const;
  at::Tensor external(const Tensor& tensor) const;

  Graph graph_;
  std::filesystem::path file_;
  std::map<std::string, int, std::less<>> ids_;
  Values constants_;  // by id; undefined: computed
  std::vector<Step> steps_;
  std::vector<int> inputIds_, outputIds_;
  at::Device device_;
  double parameters_ = 0;
};

}  // namespace discern::features::onnx
