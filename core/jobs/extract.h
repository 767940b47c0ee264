// extract: features of every image by a base model.
#pragma once

#include <string>

#include "core/base/device.h"
#include "core/base/field.h"

namespace discern::jobs {

struct ExtractOptions {
  // "demo", a network trained in this project, or a path to ONNX, TorchScript or a checkpoint. Empty: that of
  // the table `name`, or of the newest, with its recipe, so that images that came later get their features;
  // where there is none, demo.
  std::string model;
  std::string recipe = "insightface";  // built-in name or .toml
  std::string layer;  // output of the model; empty: the recipe's, else the last. Students: identity or mimic
  std::string name;   // of the feature table; empty: the model's stem, and the layer's name
  Device device = Device::Cpu;
  int batch = 32;
  bool checkRecipe = true;  // try other channel orders and scales on a few faces and say when one fits better
};
const Fields<ExtractOptions>& extractFields();

}  // namespace discern::jobs
