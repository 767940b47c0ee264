// Which base model a job was told to run, and how it is fed.
#pragma once

#include <string>

#include "core/features/recipe.h"
#include "core/project/project.h"

namespace discern::pipeline {

struct ChosenModel {
  std::string model;        // as it was named, or as the features' table says
  std::string path;         // by which features::openBaseModel finds it
  std::string name;         // of the feature table, where that said the model; else as given
  features::Recipe recipe;  // in the form of the project's samples
  std::string note;         // a sentence; empty: none
};
// model: "demo", a network of the project, or a file; empty: that of the table `name`, or of the newest, with
// its recipe; where there is none, demo. A file that says its recipe (features/export_onnx.h) is fed by that,
// unless another one than the default is asked for. Throws Error: the file is a DDNet's or a head's.
ChosenModel chooseModel(const project::Project& project, const std::string& model, const std::string& recipe,
                        const std::string& layer, const std::string& name);

}  // namespace discern::pipeline
