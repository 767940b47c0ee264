// Features of every image of a project by one base model; only rows that are missing are computed.
#pragma once

#include <string>

#include "core/base/progress.h"
#include "core/project/project.h"

namespace discern::pipeline {

struct ExtractOptions {
  // "demo", a network trained in this project, or a path to ONNX, TorchScript or a checkpoint. Empty: that of
  // the table `name`, or of the newest, with its recipe, so that images that came later get their features;
  // where there is none, demo.
  std::string model;
  std::string recipe = "insightface";  // built-in name or .toml
  std::string layer;  // output of the model; empty: the recipe's, else the last. Students: identity or mimic
  std::string name;   // of the feature table; empty: the model's stem, and the layer's name
  std::string device = "cpu";
  int batch = 32;
  bool checkRecipe = true;  // try other channel orders and scales on a few faces and say when one fits better
};

struct ExtractResult {
  std::string name;
  std::int64_t images = 0, skipped = 0, failed = 0, dims = 0;
  double imagesPerSecond = 0, macs = 0, milliseconds = 0;
};

// Images that cannot be read, or for which the model gives no finite feature, get a problem in the project
// and are tried again by each call. Throws Error when that is all of them, and leaves the project as it was.
ExtractResult extract(project::Project& project, const ExtractOptions& options, Progress& progress);

}  // namespace discern::pipeline
