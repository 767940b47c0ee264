// extract: features of every image by a base model.
#pragma once

#include <limits>
#include <string>

#include "core/base/device.h"
#include "core/base/field.h"
#include "core/jobs/choices.h"
#include "core/jobs/shards.h"

namespace discern::jobs {

struct ExtractOptions {
  // "demo", a network trained in this project, or a path to ONNX, TorchScript or a checkpoint. Empty: that of
  // the table `name`, or of the newest, with its recipe, so that images that came later get their features;
  // where there is none, demo.
  std::string model;
  std::string recipe = "insightface";  // built-in name or .toml
  std::string layer;  // output of the model; empty: the recipe's, else the last. Students: identity or mimic
  bool flip = false;  // add the mirrored image's feature, whatever the recipe says
  std::string name;   // of the feature table; empty: the model's stem, the layer's name, "flip"
  Device device = Device::Cpu;
  int batch = 32;
  bool checkRecipe = true;  // try other channel orders and scales on a few faces and say when one fits better
  // Only images that these scores keep at this threshold: of every template, and of every identity's other
  // images, those above it, and the best one where there is none. Empty, NaN: the operating point's.
  bool onlyKept = false;
  std::string scores;
  double threshold = std::numeric_limits<double>::quiet_NaN();
  ShardOptions shards;
};
const Fields<ExtractOptions>& extractFields();

// Which base model, as every job that runs one is told.
template <class O>
void addModelFields(Fields<O>& f) {
  f.add("model", &O::model, "Base model",
        "demo, a network of this project, or a file: ONNX, TorchScript, Discern checkpoint")
      .whenEmpty("the one that features were made by, else demo")
      .from(FieldSource::Recognisers)
      .oneOf([] {
        return std::vector<FieldChoice>{{"demo", "The small recogniser that comes along"}};
      })
      .orOther()
      .file();
  f.add("recipe", &O::recipe, "Input recipe",
        "How pixels become the model's input, by name or a .toml file; a wrong one is the most common "
        "silent error. A file that says its own needs none")
      .oneOf(recipes)
      .orOther()
      .file();
  f.add("layer", &O::layer, "Output layer", "Output of the model; a student has identity and mimic")
      .whenEmpty("the recipe's, else the last one")
      .expert();
}

}  // namespace discern::jobs
