#include "core/networks/import_weights.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/catalog/networks.h"
#include "core/networks/checkpoint.h"
#include "core/networks/feature_network.h"
#include "core/networks/npz.h"

namespace discern::networks {
namespace {

using Tensors = std::map<std::string, torch::Tensor>;

// What DataParallel puts before every name.
Tensors withoutModule(Tensors tensors) {
  const std::string prefix = "module.";
  const auto starts = [&](const auto& item) { return item.first.starts_with(prefix); };
  if (tensors.empty() || !std::ranges::all_of(tensors, starts)) return tensors;
  Tensors bare;
  for (auto& [name, tensor] : tensors) bare[name.substr(prefix.size())] = std::move(tensor);
  return bare;
}

// The names of what was left out.
std::vector<std::string> dropClassifier(Tensors& tensors, const std::string& classifier) {
  std::vector<std::string> names;
  for (auto at = tensors.begin(); at != tensors.end();) {
    const bool drop = !classifier.empty() && at->first.starts_with(classifier);
    if (drop) names.push_back(at->first);
    at = drop ? tensors.erase(at) : std::next(at);
  }
  return names;
}

// Size, dims and width follow from the weights where an architecture leaves them open.
NetworkOptions optionsFor(const std::string& architecture, const Tensors& tensors, const std::string& trunk) {
  auto options = usualOptions(architecture);
  const auto& info = catalog::networks().find(architecture);
  const auto rows = [&](const std::string& name, int fallback) {
    const auto found = tensors.find(name);
    return found != tensors.end() && found->second.dim() > 1 ? static_cast<int>(found->second.size(0))
                                                             : fallback;
  };
  options.dims = rows(info.dimsTensor, options.dims);
  options.identityDims = rows(info.identityTensor, options.identityDims);
  options.width = rows(trunk + info.widthTensor, 64) / 64.0;
  options.average = info.average && !tensors.contains(info.dimsTensor);
  if (options.average) options.dims = 0;
  return options;
}

}  // namespace

ImportResult importWeights(const std::string& architecture, const std::filesystem::path& npz,
                           const std::filesystem::path& checkpoint, int size, int frames) {
  const auto kind = networkKind(architecture);
  if (kind == "ddnet") fail("{} is no recogniser; its weights come from training", architecture);
  const auto& info = catalog::networks().find(architecture);
  auto tensors = withoutModule(loadNpz(npz));
  // Published weights have no name for what we call the trunk, and a classifier in place of what is behind
  // it.
  const std::string trunk = "trunk.";
  const bool bare = info.average && std::ranges::none_of(tensors, [&](const auto& item) {
                      return item.first.starts_with(trunk);
                    });
  ImportResult result;
  result.architecture = architecture;
  result.recipe = bare ? info.importedRecipe : networkRecipe(architecture);
  if (bare || !info.average) result.leftOut = dropClassifier(tensors, info.classifier);
  for (const auto& [name, tensor] : tensors)
    if (!torch::isfinite(tensor).all().item<bool>())
      fail("{}: the tensor \"{}\" holds values that are not finite", npz.string(), name);
  auto options = optionsFor(architecture, tensors, bare ? "" : trunk);
  if (size > 0) options.size = size;
  if (frames > 0) options.frames = frames;
  const auto network = makeNetwork(architecture, options);
  const auto parts = network->named_children();
  torch::nn::Module* const target = bare ? parts["trunk"].get() : network.get();
  for (const auto& item : target->named_buffers())
    if (item.key().ends_with("num_batches_tracked"))
      tensors.try_emplace(item.key(), torch::zeros({}, torch::kInt64));
  setTensors(*target, tensors, npz.string());
  if (const auto* made = dynamic_cast<const FeatureNetwork*>(network.get())) options.dims = made->dims();
  result.size = options.size;
  result.frames = options.frames;
  result.dims = options.dims;
  for (const auto& parameter : network->parameters()) result.parameters += parameter.numel();
  saveCheckpoint(
      checkpoint, *network, architecture, options,
      nlohmann::json{{"imported_from", npz.filename().string()}, {"recipe", result.recipe}}.dump());
  return result;
}

}  // namespace discern::networks
