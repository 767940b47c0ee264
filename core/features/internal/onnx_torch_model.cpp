#include "core/features/internal/onnx_torch_model.h"

#include "core/base/error.h"
#include "core/features/internal/torch_forward.h"
#include "core/features/onnx/network.h"
#include "core/features/onnx/outputs.h"

namespace discern::features {
namespace {

const char* const kHint = "choose another with output_layer of the recipe";

class OnnxTorchModel final : public BlobModel {
 public:
  OnnxTorchModel(std::string file, onnx::Graph graph, const Recipe& recipe, Device device)
      : BlobModel(recipe),
        file_(std::move(file)),
        device_(device == Device::Cuda ? at::kCUDA : at::kCPU),
        type_(onnx::scalarOf(graph.inputs.at(0).type)),
        possible_(onnx::possibleOutputs(graph)),
        network_(std::move(graph), file_,
                 recipe.outputLayer.empty() ? possible_ : std::vector{recipe.outputLayer}, device_) {
    const auto& shape = network_.graph().inputs[0].shape;
    batch_ = shape.empty() || shape[0] < 1 ? 0 : shape[0];
    const c10::InferenceMode inference;
    const onnx::Values inputs = {faces(std::max<std::int64_t>(1, batch_))};
    choose(network_.run(inputs));
    macs_ = network_.macs(inputs) / static_cast<double>(std::max<std::int64_t>(1, batch_));
    if (batch_ == 0 && !takesTwo()) batch_ = 1;
  }

  int dims() const override { return dims_; }
  double macs() const override { return macs_; }
  double parameters() const override { return network_.parameters(); }
  RunMemory memory(std::int64_t faces) override {
    return {network_.constantBytes(), workspaceInThreads(faces, recipe().shape(), device_,
                                                         [this](const at::Tensor& x) { return run(x); })};
  }
  OpenCvOutput output() const { return openCvOutput(network_.graph(), chosen_.name); }
  const std::string& note() const { return chosen_.note; }

  data::Matrix forward(const std::vector<float>& blob, std::int64_t n) override {
    return forwardInThreads(blob, n, recipe().shape(), dims_, device_,
                            [this](const at::Tensor& x) { return run(x); });
  }

 private:
  at::Tensor faces(std::int64_t n) const {
    return at::zeros(recipe().shape().tensor(n), at::TensorOptions().device(device_).dtype(type_));
  }

  // One of what is possible, by the shapes for one batch.
  void choose(const onnx::Values& outputs) {
    if (!recipe().outputLayer.empty()) {
      chosen_.name = recipe().outputLayer;
      dims_ = vectorLength(file_, ofOne(outputs[0]), kHint);
      return;
    }
    std::vector<onnx::Candidate> candidates;
    for (std::size_t k = 0; k < possible_.size(); ++k)
      candidates.push_back({possible_[k], ofOne(outputs[k])});
    chosen_ = onnx::chooseOutput(network_.graph(), candidates, file_);
    for (const auto& candidate : candidates)
      if (candidate.name == chosen_.name) dims_ = vectorLength(file_, candidate.shape, kHint);
    network_.keepOnly(chosen_.name);
  }

  // The shape that one image has.
  std::vector<std::int64_t> ofOne(const at::Tensor& out) const {
    std::vector<std::int64_t> shape = out.sizes().vec();
    if (batch_ > 1 && !shape.empty() && shape[0] == batch_) shape[0] = 1;
    return shape;
  }

  // A shape that was written down for one image is found here and not in the results.
  bool takesTwo() const {
    try {
      const at::Tensor out = network_.run({faces(2)})[0];
      return out.dim() > 0 && out.size(0) == 2 && out.numel() == 2 * std::int64_t{dims_};
    } catch (const onnx::Unsupported&) {
      throw;
    } catch (const Error&) {
      return false;
    }
  }

  at::Tensor run(const at::Tensor& given) const {
    const at::Tensor x = given.to(type_);
    const std::int64_t n = x.size(0);
    if (batch_ == 0) return network_.run({x})[0].reshape({n, -1});
    std::vector<at::Tensor> parts;
    for (std::int64_t at = 0; at < n; at += batch_) {
      at::Tensor part = x.narrow(0, at, std::min(batch_, n - at));
      const std::int64_t there = part.size(0);
      if (there < batch_) part = at::cat({part, faces(batch_ - there)});
      parts.push_back(network_.run({part})[0].reshape({batch_, -1}).narrow(0, 0, there));
    }
    return at::cat(parts);
  }

  std::string file_;
  at::Device device_;
  at::ScalarType type_;
  std::vector<std::string> possible_;  // outputs
  onnx::Network network_;
  onnx::Choice chosen_;
  std::int64_t batch_ = 0;  // 0: any
  int dims_ = 0;
  double macs_ = 0;
};

}  // namespace

OpenedOnnx openOnnxInTorch(const std::string& file, onnx::Graph graph, const Recipe& recipe, Device device) {
  auto model = std::make_unique<OnnxTorchModel>(file, std::move(graph), recipe, device);
  OpenedOnnx opened{nullptr, model->output(), model->note()};
  opened.model = std::move(model);
  return opened;
}

}  // namespace discern::features
