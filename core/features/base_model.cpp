#include "core/features/base_model.h"

#include <opencv2/core/utility.hpp>

#include "core/base/field_error.h"
#include "core/base/files.h"
#include "core/base/rng.h"
#include "core/features/internal/ensemble_model.h"
#include "core/features/internal/hosted_model.h"
#include "core/features/internal/torch_models.h"
#include "core/features/resources.h"
#include "core/onnx/read_graph.h"

namespace discern::features {
namespace {

constexpr const char* kDemo = "demo";

std::string fileOf(const std::string& model) {
  namespace fs = std::filesystem;
  if (model == kDemo) return resource("demo_base.safetensors").string();
  // A checkpoint that was converted since this path was noted.
  const fs::path path(model), converted = fs::path(model).replace_extension(".safetensors");
  return path.extension() == ".pt" && !fs::exists(path) && fs::exists(converted) ? converted.string() : model;
}

std::string absoluteFile(const std::string& model) {
  if (model.empty()) failField("model", "", "is empty, expected a model file");
  return model == kDemo ? model
                        : std::filesystem::weakly_canonical(std::filesystem::absolute(model)).string();
}

// Files that an ONNX model keeps its weights in.
std::vector<std::filesystem::path> weightsBeside(const std::string& file) {
  std::vector<std::filesystem::path> files;
  if (isNative(file) || readStart(file, 2) == "PK") return files;
  if (const auto graph = onnx::readGraph(readFile(file)))
    for (const auto& name : onnx::externalFiles(*graph)) files.push_back(onnx::externalFile(file, name));
  return files;
}

}  // namespace

std::string absoluteModel(const std::string& model) {
  if (!isEnsemble(model)) return absoluteFile(model);
  std::string all;
  for (const auto& member : ensembleMembers(model))
    all += (all.empty() ? "ensemble:" : ",") + absoluteFile(member.file) +
           (member.recipe.empty() ? "" : "@" + member.recipe);
  return all;
}

std::uint64_t hashOfModel(const std::string& model) {
  if (!isEnsemble(model)) {
    const std::string file = fileOf(model);
    const auto original = hashBeforeConversion(file);
    if (original) return *original;
    std::uint64_t hash = hashOfFile(file);
    for (const auto& weights : weightsBeside(file)) hash = mixSeed(hash, hashOfFile(weights));
    return hash;
  }
  std::uint64_t hash = 0;
  for (const auto& member : ensembleMembers(model))
    hash = mixSeed(mixSeed(hash, hashOfModel(member.file)), member.recipe);
  return hash;
}

std::unique_ptr<BaseModel> openBaseModel(const std::string& model, const Recipe& recipe, Device device) {
  requireDevice(device);
  if (isEnsemble(model)) return openEnsemble(model, recipe, device);
  const std::string file = fileOf(model);
  if (std::filesystem::is_directory(file)) fail("{} is a folder, expected a model file", file);
  if (readFile(file, 0, 1).empty()) fail("{} is empty, expected a model file", file);
  if (isNative(file)) return openNative(file, recipe, device);
  refuseOldNative(file);
  if (readStart(file, 2) == "PK") return openHosted(file, {}, recipe, device);
  if (const auto graph = onnx::readGraph(readFile(file))) {
    cv::setNumThreads(1);  // as in the process that runs it: faces are decoded by our own threads
    std::vector<std::filesystem::path> weights;
    for (const auto& name : onnx::externalFiles(*graph)) weights.push_back(onnx::externalFile(file, name));
    return openHosted(file, weights, recipe, device);
  }
  refuseOldWeights(file);
  fail(
      "{} is not a model, or was cut off; expected an ONNX file, a TorchScript module or a checkpoint of "
      "Discern",
      file);
}

}  // namespace discern::features
