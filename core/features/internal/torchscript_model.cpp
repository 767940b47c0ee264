#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include <charconv>

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

 protected:
  data::Matrix forward(const std::vector<float>& blob, std::int64_t n) override {
    return forwardInThreads(blob, n, recipe().size, dims_, device_,
                            [this](const at::Tensor& input) { return run(input); });
  }

 private:
  int measureDims() {
    const c10::InferenceMode inference;
    const int size = recipe().size;
    // Two images: a network that mixes up its batch shows here and not in the results.
    const at::Tensor out = run(at::zeros({2, 3, size, size}, at::TensorOptions().device(device_)));
    if (out.dim() == 0 || out.size(0) != 2)
      fail("{}: the output for two images is {}, expected 2 x dims; trace the model with a free batch size",
           file_, out.dim() == 0 ? "a single number" : shapeText(out.sizes().vec()));
    return vectorLength(file_, out.narrow(0, 0, 1).sizes().vec(), "export the layer that gives the feature");
  }

  at::Tensor run(const at::Tensor& input) {
    c10::IValue out;
    try {
      out = module_.forward({input});
    } catch (const std::exception& e) {
      fail("{}: the model cannot take faces of {} x {} pixels ({}); check the recipe's size", file_,
           recipe().size, recipe().size, reason(e));
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
  int dims_ = 0;
};
}  // namespace

std::unique_ptr<BlobModel> openTorchScript(const std::string& file, const Recipe& recipe, Device device) {
  return std::make_unique<TorchScriptModel>(file, recipe, device);
}

void wakeDevice() { at::zeros({1}, at::TensorOptions().device(at::kCUDA)); }

}  // namespace discern::features
