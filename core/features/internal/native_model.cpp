#include "core/features/internal/blob_model.h"
#include "core/features/internal/torch_forward.h"
#include "core/features/internal/torch_models.h"
#include "core/networks/checkpoint.h"
#include "core/networks/cost.h"

namespace discern::features {
namespace {

class NativeModel final : public BlobModel {
 public:
  NativeModel(networks::LoadedNetwork loaded, const Recipe& recipe)
      : BlobModel(recipe), loaded_(std::move(loaded)) {
    macs_ = networks::countCost(*loaded_.network, loaded_.size).macs;
  }

  int dims() const override { return loaded_.dims; }
  double macs() const override { return macs_; }

 protected:
  data::Matrix forward(const std::vector<float>& blob, std::int64_t n) override {
    return forwardInThreads(blob, n, loaded_.size, loaded_.dims, loaded_.device,
                            [this](const at::Tensor& input) { return loaded_.forward(input); });
  }

 private:
  networks::LoadedNetwork loaded_;
  double macs_ = 0;
};
}  // namespace

bool isNative(const std::string& file) { return networks::isCheckpoint(file); }

std::unique_ptr<BaseModel> openNative(const std::string& file, const Recipe& recipe, Device device) {
  networks::LoadedNetwork loaded = networks::loadCheckpoint(file, device == Device::Cuda ? "cuda" : "cpu");
  if (loaded.kind != "base")
    fail("{}: this checkpoint is a {} network, which predicts scores; give one made by training a recogniser",
         file, loaded.kind);
  // Our own networks have one input (core/networks/network.h): another recipe would be a silent error.
  const Recipe& ours = builtInRecipes().front();
  if (recipe.rgb != ours.rgb || recipe.mean != ours.mean || recipe.std != ours.std)
    fail(
        "{}: networks of Discern take the recipe {}; the recipe {} scales or orders the channels in another "
        "way",
        file, ours.name, recipe.name);
  if (recipe.size != loaded.size)
    fail("{}: the network takes faces of {} pixels but the recipe {} makes {}; set size of the recipe", file,
         loaded.size, recipe.name, recipe.size);
  return std::make_unique<NativeModel>(std::move(loaded), recipe);
}

void requireDevice(const std::string& name) { networks::findDevice(name); }

}  // namespace discern::features
