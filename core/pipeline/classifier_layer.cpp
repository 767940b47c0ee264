#include "core/pipeline/classifier_layer.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/features/base_model.h"
#include "core/networks/checkpoint.h"
#include "core/pipeline/inputs.h"

namespace discern::pipeline {
namespace {

std::vector<float> numbersOf(const torch::Tensor& tensor) {
  const auto plain = tensor.to(torch::kFloat32).contiguous().cpu();
  return {plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel()};
}

}  // namespace

std::optional<ClassifierLayer> classifierLayer(const project::Project& project, const std::string& features,
                                               Progress& progress) {
  const auto table = project.featureTable(features);
  if (!table || project::isImported(*table) || isFlipped(project, features)) return std::nullopt;
  const std::string file = features::absoluteModel(table->model);
  if (!networks::isCheckpoint(file)) return std::nullopt;
  const auto loaded = networks::loadCheckpoint(file);
  const auto weight = loaded.extras.find("head.weight"), bias = loaded.extras.find("head.bias");
  if (loaded.kind != "base" || weight == loaded.extras.end()) return std::nullopt;
  if (std::to_string(features::hashOfModel(file)) !=
      project.setting(settings::featureModel(features)).value_or("")) {
    progress.note(
        fmt::format("{} is not known to be the file that the features '{}' were made by, and its own layer "
                    "takes no part; "
                    "extract them again",
                    file, features));
    return std::nullopt;
  }
  ClassifierLayer layer;
  const auto metadata = parseJson(loaded.metadata, file);
  if (const auto names = metadata.find("class_names"); names != metadata.end() && names->is_array())
    for (const auto& name : *names) layer.classes.push_back(name.is_string() ? name.get<std::string>() : "");
  if (weight->second.dim() != 2 || weight->second.size(0) != std::ssize(layer.classes) ||
      (bias != loaded.extras.end() && bias->second.numel() != std::ssize(layer.classes)))
    fail("{}: its classification layer does not fit its {} classes; train it anew", file,
         layer.classes.size());
  layer.weight = data::Matrix(weight->second.size(0), weight->second.size(1));
  layer.weight.values = numbersOf(weight->second);
  if (bias != loaded.extras.end()) layer.bias = numbersOf(bias->second);
  return layer;
}

}  // namespace discern::pipeline
