#include <algorithm>

#include "core/base/parallel.h"
#include "core/features/internal/blob_model.h"
#include "core/features/internal/torch_forward.h"
#include "core/features/internal/torch_models.h"
#include "core/networks/checkpoint.h"
#include "core/networks/convert.h"
#include "core/networks/cost.h"
#include "core/networks/student.h"

namespace discern::features {
namespace {

class NativeModel final : public BlobModel {
 public:
  NativeModel(networks::LoadedNetwork loaded, const Recipe& recipe)
      : BlobModel(recipe), loaded_(std::move(loaded)) {
    cost_ = networks::countCost(*loaded_.network, loaded_.shape);
  }

  int dims() const override { return loaded_.dims; }
  double macs() const override { return cost_.macs; }
  double parameters() const override { return cost_.parameters; }
  RunMemory memory(std::int64_t faces) override {
    return {bytesOf(loaded_.network->parameters()) + bytesOf(loaded_.network->buffers()),
            workspaceInThreads(faces, loaded_.shape, loaded_.device,
                               [this](const at::Tensor& input) { return loaded_.forward(input); })};
  }

 protected:
  data::Matrix forward(const std::vector<float>& blob, std::int64_t n) override {
    return forwardInThreads(blob, n, loaded_.shape, loaded_.dims, loaded_.device,
                            [this](const at::Tensor& input) { return loaded_.forward(input); });
  }

 private:
  networks::LoadedNetwork loaded_;
  networks::Cost cost_;
};

// A student on the CPU: batch norm folded, its two linear layers merged for identity features, each of our
// threads calling the engine for a few faces.
class StudentModel final : public BlobModel {
 public:
  StudentModel(const networks::Student& student, networks::StudentOutput output, double macs,
               const Recipe& recipe)
      : BlobModel(recipe), engine_(student.weights(), output), macs_(macs) {}

  int dims() const override { return engine_.dims(); }
  double macs() const override { return macs_; }
  RunMemory memory(std::int64_t faces) override {
    const auto parts = (faces + kFacesPerThread - 1) / kFacesPerThread;
    return {static_cast<double>(engine_.weightBytes()),
            static_cast<double>(engine_.workspaceBytes(std::min(faces, kFacesPerThread)) *
                                std::min<std::int64_t>(parts, threadCount()))};
  }

 protected:
  data::Matrix forward(const std::vector<float>& blob, std::int64_t n) override {
    data::Matrix features(n, dims());
    parallelFor(n, kFacesPerThread, [&](std::int64_t begin, std::int64_t end) {
      engine_.run(blob.data() + begin * pixels(), end - begin, features.row(begin).data());
    });
    return features;
  }

 private:
  static constexpr std::int64_t kFacesPerThread = 16;
  networks::StudentEngine engine_;
  double macs_;
};

// The same through LibTorch, for other devices.
class StudentOnDevice final : public BlobModel {
 public:
  StudentOnDevice(networks::LoadedNetwork loaded, networks::StudentOutput output, double macs,
                  const Recipe& recipe)
      : BlobModel(recipe), loaded_(std::move(loaded)), output_(output), macs_(macs) {}

  int dims() const override {
    return output_ == networks::StudentOutput::Mimic ? loaded_.dims : loaded_.identityDims;
  }
  double macs() const override { return macs_; }
  RunMemory memory(std::int64_t faces) override {
    return {bytesOf(loaded_.network->parameters()) + bytesOf(loaded_.network->buffers()),
            workspaceInThreads(faces, loaded_.shape, loaded_.device,
                               [this](const at::Tensor& input) { return run(input); })};
  }

 protected:
  data::Matrix forward(const std::vector<float>& blob, std::int64_t n) override {
    return forwardInThreads(blob, n, loaded_.shape, dims(), loaded_.device,
                            [this](const at::Tensor& input) { return run(input); });
  }

 private:
  at::Tensor run(const at::Tensor& input) {
    auto& student = dynamic_cast<networks::Student&>(*loaded_.network);
    const auto mimic = student.mimic(input);
    return output_ == networks::StudentOutput::Mimic ? mimic : student.identity(mimic);
  }

  networks::LoadedNetwork loaded_;
  networks::StudentOutput output_;
  double macs_;
};

std::unique_ptr<BaseModel> openStudent(const std::string& file, networks::LoadedNetwork loaded,
                                       Recipe recipe) {
  if (!recipe.outputLayer.empty() && recipe.outputLayer != "mimic" && recipe.outputLayer != "identity")
    fail("{}: a student has the outputs mimic and identity; the recipe {} asks for {}", file, recipe.name,
         recipe.outputLayer);
  const auto output =
      recipe.outputLayer == "mimic" ? networks::StudentOutput::Mimic : networks::StudentOutput::Identity;
  recipe.size = loaded.size;
  recipe.height = 0;
  recipe.frames = 1;
  double macs = networks::countCost(*loaded.network, loaded.shape).macs;
  if (output == networks::StudentOutput::Mimic) macs -= double{1} * loaded.dims * loaded.identityDims;
  if (!loaded.device.is_cpu())
    return std::make_unique<StudentOnDevice>(std::move(loaded), output, macs, recipe);
  return std::make_unique<StudentModel>(dynamic_cast<networks::Student&>(*loaded.network), output, macs,
                                        recipe);
}

// Another recipe than the one a network was trained with would be a silent error.
void checkRecipeOf(const std::string& file, const networks::LoadedNetwork& loaded, const Recipe& recipe) {
  const Recipe ours = findRecipe(loaded.recipe);
  if (recipe.rgb != ours.rgb || recipe.mean != ours.mean || recipe.std != ours.std)
    fail(
        "{}: this network takes the recipe {}; the recipe {} scales or orders the channels in another "
        "way",
        file, ours.name, recipe.name);
}
}  // namespace

bool isNative(const std::string& file) { return networks::isCheckpoint(file); }

void refuseOldNative(const std::string& file) { networks::refuseOld(file); }

std::optional<std::uint64_t> hashBeforeConversion(const std::string& file) {
  return networks::hashOfOriginal(file);
}

std::unique_ptr<BaseModel> openNative(const std::string& file, const Recipe& recipe, Device device) {
  networks::LoadedNetwork loaded = networks::loadCheckpoint(file, device);
  if (loaded.kind == "ddnet")
    fail("{}: this checkpoint is a {} network, which predicts scores; give one made by training a recogniser",
         file, loaded.kind);
  checkRecipeOf(file, loaded, recipe);
  if (loaded.kind == "student") return openStudent(file, std::move(loaded), recipe);
  if (recipe.shape() != loaded.shape)
    fail("{}: the network takes {} but the recipe {} makes {}; set size, height and frames of the recipe",
         file, toString(loaded.shape), recipe.name, toString(recipe.shape()));
  return std::make_unique<NativeModel>(std::move(loaded), recipe);
}

void requireDevice(Device device) { networks::findDevice(device); }

}  // namespace discern::features
