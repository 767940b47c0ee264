// The layer that a recogniser of this project was trained with, where it was kept (training/train_base.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/matrix.h"
#include "core/project/project.h"

namespace discern::pipeline {

struct ClassifierLayer {
  data::Matrix weight;      // a row a class
  std::vector<float> bias;  // empty: it has none, and compares directions
  std::vector<std::string> classes;
};
// Of the network that made a feature table; nothing where that is another model, keeps no layer, or sees
// mirrored samples too, and, with a note, where it was trained anew since.
std::optional<ClassifierLayer> classifierLayer(const project::Project& project, const std::string& features,
                                               Progress& progress);

}  // namespace discern::pipeline
