#include "core/networks/import_weights.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/catalog/networks.h"
#include "core/networks/checkpoint.h"
#include "core/networks/npz.h"

namespace discern::networks {
namespace {

// Size and dims follow from the weights where an architecture leaves them open.
NetworkOptions optionsFor(const std::string& architecture,
                          const std::map<std::string, torch::Tensor>& tensors) {
  auto options = usualOptions(architecture);
  const auto& info = catalog::networks().find(architecture);
  const auto rows = [&](const std::string& name, int fallback) {
    const auto found = tensors.find(name);
    return found != tensors.end() && found->second.dim() == 2 ? static_cast<int>(found->second.size(0))
                                                              : fallback;
  };
  options.dims = rows(info.dimsTensor, options.dims);
  options.identityDims = rows(info.identityTensor, options.identityDims);
  return options;
}

}  // namespace

ImportResult importWeights(const std::string& architecture, const std::filesystem::path& npz,
                           const std::filesystem::path& checkpoint) {
  const auto kind = networkKind(architecture);
  if (kind == "ddnet") fail("{} is no recogniser; its weights come from training", architecture);
  auto tensors = loadNpz(npz);
  const auto options = optionsFor(architecture, tensors);
  ImportResult result{.architecture = architecture,
                      .recipe = networkRecipe(architecture),
                      .size = options.size,
                      .dims = options.dims,
                      .parameters = 0,
                      .leftOut = {}};
  const auto& classifier = catalog::networks().find(architecture).classifier;
  for (auto at = tensors.begin(); at != tensors.end();) {
    const bool drop = !classifier.empty() && at->first.starts_with(classifier);
    if (drop) result.leftOut.push_back(at->first);
    at = drop ? tensors.erase(at) : std::next(at);
  }
  for (const auto& [name, tensor] : tensors)
    if (!torch::isfinite(tensor).all().item<bool>())
      fail("{}: the tensor \"{}\" holds values that are not finite", npz.string(), name);
  const auto network = makeNetwork(architecture, options);
  for (const auto& item : network->named_buffers())
    if (item.key().ends_with("num_batches_tracked"))
      tensors.try_emplace(item.key(), torch::zeros({}, torch::kInt64));
  setTensors(*network, tensors, npz.string());
  for (const auto& parameter : network->parameters()) result.parameters += parameter.numel();
  saveCheckpoint(checkpoint, *network, architecture, options,
                 nlohmann::json{{"imported_from", npz.filename().string()}}.dump());
  return result;
}

}  // namespace discern::networks
