#include "core/pipeline/chosen_model.h"

#include <optional>

#include "core/base/field_error.h"
#include "core/features/base_model.h"
#include "core/features/export_onnx.h"
#include "core/jobs/extract.h"
#include "core/networks/checkpoint.h"
#include "core/pipeline/inputs.h"

namespace discern::pipeline {
namespace {

// A name of a network trained in this project stands for its checkpoint.
std::string modelPath(const project::Project& project, const std::string& model) {
  if (const auto row = project.model(model)) return row->file.string();
  return features::absoluteModel(model);
}

}  // namespace

ChosenModel chooseModel(const project::Project& project, const std::string& model, const std::string& recipe,
                        const std::string& layer, const std::string& name) {
  const std::string usual = jobs::ExtractOptions().recipe;
  ChosenModel chosen{model, {}, name, features::findRecipe(recipe), {}};
  bool known = false;  // the recipe is that of features which are there
  if (model.empty()) {
    auto tables = project.featureTables();
    std::erase_if(tables, project::isImported);
    const auto table = !name.empty()    ? project.featureTable(name)
                       : tables.empty() ? std::nullopt
                                        : std::optional(tables.back());
    chosen.model = "demo";
    if (table && recipe == usual && layer.empty()) {
      chosen.model = table->model;
      chosen.name = table->name;
      chosen.recipe = features::recipeFromJson(table->recipe);
      known = true;
    }
  }
  chosen.path = modelPath(project, chosen.model);
  const bool isFile = std::filesystem::is_regular_file(chosen.path);
  if (const auto exported = isFile ? features::readExported(chosen.path) : std::nullopt) {
    if (exported->kind == "ddnet" || exported->kind == "head")
      failField("model", chosen.model,
                "is a {} that export-model wrote, which tells scores; a recogniser was expected",
                exported->kind);
    if (exported->recipe && !known && recipe == usual) {
      chosen.recipe = *exported->recipe;
      chosen.note = fmt::format("{}: says its recipe itself ({}, {} pixels), and is fed by that", chosen.path,
                                chosen.recipe.name, chosen.recipe.size);
    } else if (exported->recipe && !known) {
      chosen.note = fmt::format("{}: says that its recipe is {}, but is fed by {} as it was asked for",
                                chosen.path, exported->recipe->name, recipe);
    }
  }
  if (!known && networks::isCheckpoint(chosen.path)) {  // a network takes its own size
    const auto loaded = networks::loadCheckpoint(chosen.path);
    if (loaded.kind == "base" && loaded.recipe == recipe) {
      chosen.recipe.size = loaded.shape.width;
      chosen.recipe.height = loaded.shape.height == loaded.shape.width ? 0 : loaded.shape.height;
      chosen.recipe.frames = loaded.shape.frames;
    }
  }
  if (!layer.empty()) chosen.recipe.outputLayer = layer;
  chosen.recipe = features::inFormOf(chosen.recipe, kindOf(project).shape);
  return chosen;
}

}  // namespace discern::pipeline
