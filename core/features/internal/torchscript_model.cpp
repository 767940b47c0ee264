#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include <charconv>

#include "core/base/files.h"
#include "core/features/internal/blob_model.h"
#include "core/features/internal/torch_archive.h"
#include "core/features/internal/torch_forward.h"
#include "core/features/internal/torch_models.h"

namespace discern::features {
namespace {

// LibTorch's messages carry a stack trace; the last line that says something is enough.
std::string reason(const std::exception& e) {
  std::string text = e.what();
  if (const auto at = text.find("\nException raised from"); at != std::string::npos) text.resize(at);
  if (const auto at = text.find("RuntimeError: "); at != std::string::npos) text = text.substr(at + 14);
  text.resize(std::min({text.size(), text.find('\n'), std::size_t{160}}));
  return text;
}

class TorchScriptModel final : public BlobModel {
 public:
  TorchScriptModel(std::string file, const Recipe& recipe, Device device)
      : BlobModel(recipe), file_(std::move(file)), device_(device == Device::Cuda ? at::kCUDA : at::kCPU) {
    try {
      checkTorchArchive(file_);
      module_ = torch::jit::load(file_, device_);
      module_.eval();
      chooseType();
    } catch (const Error&) {
      throw;
    } catch (const std::exception& e) {
      fail(
          "{}: this is a zip archive but no whole TorchScript module ({}); save it with "
          "torch.jit.trace(model, image)"
          ".save(...), a file of weights alone has no network",
          file_, reason(e));
    }
    dims_ = measureDims();
  }

  int dims() const override { return dims_; }
  RunMemory memory(std::int64_t faces) override {
    return {bytesOf(module_.parameters()) + bytesOf(module_.buffers()),
            workspaceInThreads(faces, recipe().shape(), device_, [this](const at::Tensor& input) {
              return oneByOne_ ? eachAlone(input.to(type_)) : run(input.to(type_));
            })};
  }

 protected:
  data::Matrix forward(const std::vector<float>& blob, std::int64_t n) override {
    return forwardInThreads(blob, n, recipe().shape(), dims_, device_, [this](const at::Tensor& input) {
      return oneByOne_ ? eachAlone(input.to(type_)) : run(input.to(type_));
    });
  }

 private:
  // Half precision is computed in single: LibTorch has few of its operators on the CPU. A module of double
  // precision is given doubles.
  void chooseType() {
    for (const auto& weight : module_.parameters()) {
      if (!at::isFloatingType(weight.scalar_type())) continue;
      if (weight.scalar_type() == at::kDouble) type_ = at::kDouble;
      if (weight.scalar_type() == at::kHalf || weight.scalar_type() == at::kBFloat16) {
        module_.to(at::kFloat);
        wasHalf_ = true;
      }
      return;
    }
  }

  at::Tensor blank(std::int64_t n) const {
    return at::zeros(recipe().shape().tensor(n), at::TensorOptions().device(device_).dtype(type_));
  }

  int measureDims() {
    const c10::InferenceMode inference;
    const at::Tensor one = run(blank(1));
    if (one.dim() == 0) fail("{}: the output is a single number, expected a vector", file_);
    const int length = vectorLength(file_, one.sizes().vec(), "export the layer that gives the feature");
    // A network that was traced for one image may know its batch by heart; one that gives no batch back mixes
    // its images up.
    at::Tensor two;
    try {
      two = run(blank(2));
    } catch (const Error&) {
      oneByOne_ = true;
      return length;
    }
    oneByOne_ = two.dim() > 1 && two.size(0) == 1 && one.dim() > 1;
    if (!oneByOne_ && (two.dim() == 0 || two.size(0) != 2))
      fail("{}: the output for two images is {}, expected 2 x dims; trace the model with a free batch size",
           file_, two.dim() == 0 ? "a single number" : shapeText(two.sizes().vec()));
    return length;
  }

  at::Tensor eachAlone(const at::Tensor& input) {
    std::vector<at::Tensor> rows;
    for (std::int64_t i = 0; i < input.size(0); ++i)
      rows.push_back(run(input.narrow(0, i, 1)).reshape({1, -1}));
    return at::cat(rows);
  }

  at::Tensor run(const at::Tensor& input) {
    c10::IValue out;
    try {
      out = module_.forward({input});
    } catch (const std::exception& e) {
      if (wasHalf_)
        fail(
            "{}: was saved in half precision and cannot be computed in single ({}); export it after "
            "model.float()",
            file_, reason(e));
      fail("{}: the model cannot take {} ({}); check the recipe's size", file_, toString(recipe().shape()),
           reason(e));
    }
    return choose(out);
  }

  // A tensor; of a tuple or list the element numbered output_layer
  // (the last one when empty); of a dictionary its key.
  at::Tensor choose(const c10::IValue& out) const {
    const std::string& wanted = recipe().outputLayer;
    if (out.isTensor()) return out.toTensor();
    c10::IValue chosen;
    if (out.isGenericDict()) {
      const auto dictionary = out.toGenericDict();
      if (dictionary.contains(wanted)) chosen = dictionary.at(wanted);
    } else if (out.isTuple() || out.isList()) {
      const std::vector<c10::IValue> items =
          out.isTuple() ? std::vector<c10::IValue>(out.toTupleRef().elements()) : out.toListRef().vec();
      std::size_t index = items.size() - 1;
      if (!wanted.empty()) std::from_chars(wanted.data(), wanted.data() + wanted.size(), index);
      if (index < items.size()) chosen = items[index];
    }
    if (!chosen.isTensor())
      fail("{}: the model's output has no tensor {}; set output_layer of the recipe to its number or key",
           file_, wanted.empty() ? "at its end" : wanted);
    return chosen.toTensor();
  }

  std::string file_;
  at::Device device_;
  torch::jit::Module module_;
  at::ScalarType type_ = at::kFloat;
  bool wasHalf_ = false, oneByOne_ = false;
  int dims_ = 0;
};
}  // namespace

std::unique_ptr<BlobModel> openTorchScript(const std::string& file, const Recipe& recipe, Device device) {
  return std::make_unique<TorchScriptModel>(file, recipe, device);
}

// A pickle that begins with the number that marked these files.
void refuseOldWeights(const std::string& file) {
  const std::string mark("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 14);
  if (readStart(file, mark.size()) != mark) return;
  fail(
      "{}: is what torch.save wrote before PyTorch 1.6, weights without a network; build the network in "
      "Python, load "
      "them with load_state_dict and export it with torch.onnx.export or torch.jit.trace(model, image).save",
      file);
}

void wakeDevice() { at::zeros({1}, at::TensorOptions().device(at::kCUDA)); }

}  // namespace discern::features
