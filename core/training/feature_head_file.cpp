// A head as a file. Knows no LibTorch.
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/json.h"
#include "core/training/feature_head.h"

namespace discern::training {

using nlohmann::json;

json toJson(const FeatureHead& head) {
  return {{"format", "discern feature head 1"},
          {"model", head.model},
          {"recipe", head.recipe},
          {"bias", head.bias},
          {"norm_weight", head.normWeight},
          {"weight", head.weight}};
}

void saveFeatureHead(const std::filesystem::path& file, const FeatureHead& head,
                     const std::string& optionsJson) {
  json saved = toJson(head);
  saved["options"] = json::parse(optionsJson);
  writeFileAtomically(file, saved.dump(1));
}

FeatureHead loadFeatureHead(const std::filesystem::path& file) {
  const json saved = parseJson(readFile(file));
  try {
    if (saved.at("format") != "discern feature head 1") throw std::invalid_argument("format");
    FeatureHead head;
    head.model = saved.at("model");
    head.recipe = saved.at("recipe");
    head.bias = saved.at("bias");
    head.normWeight = saved.at("norm_weight");
    head.weight = saved.at("weight").get<std::vector<double>>();
    return head;
  } catch (const std::exception&) {
    fail("{}: is no feature head of this program; train a head", file.string());
  }
}

}  // namespace discern::training
