#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/described.h"
#include "core/base/error.h"
#include "core/base/field_json.h"
#include "core/base/json_text.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/train.h"
#include "core/pipeline/training_set.h"

namespace discern::pipeline {
using nlohmann::json;

TrainHeadResult trainHead(project::Project& project, const TrainHeadOptions& options, Progress& progress) {
  jobs::trainHeadFields().check(options);
  requireFreeName(project, options.name, "head", fingerprintJson(jobs::trainHeadFields(), options),
                  options.replace);
  const TrainingSet set = readTrainingSet(project, options.scores, options.copies, options.seed, options.name,
                                          options.device, options.batch, progress);
  const auto model = project.setting(settings::featureModel(set.featureTable));
  if (!model)
    fail("which model the features '{}' were made by was not recorded; extract them again", set.featureTable);
  TrainHeadResult result;
  result.fit = training::fitFeatureHead({set.features.view(), set.target, set.identity, set.clean},
                                        options.seed, progress);
  result.fit.head.model = *model;
  result.fit.head.recipe = project.featureTable(set.featureTable).value().recipe;
  result.originals = set.originals;
  result.copies = static_cast<std::int64_t>(set.images.size()) - set.originals;
  result.name = options.name;
  result.ridge = result.fit.ridge;
  result.validationSpearman = result.fit.spearman;
  result.validationSpearmanClean = result.fit.spearmanClean;
  result.dims = std::ssize(result.fit.head.weight);
  json saved = modelJson(jobs::trainHeadFields(), options);
  saved.update(
      toJson(results::LearnedScores{set.featureTable, set.mean, set.sigma, result.fit.ridge, std::nullopt}));
  const auto file = project.folder() / "checkpoints" / (options.name + ".json");
  training::saveFeatureHead(file, result.fit.head, textOf(saved));
  const auto numbers = static_cast<double>(result.fit.head.weight.size()) + 2;
  project.putModel({options.name, "head", "linear", file, numbers - 1, numbers, 0, textOf(saved)});
  return result;
}

training::FeatureHead openHead(const project::Project& project, const std::string& name) {
  const auto row = project.model(name);
  if (row && row->kind != "head")
    failField("teacher", name, "is a {} network, a head was expected; train a head first", row->kind);
  if (!row && !std::filesystem::exists(name))
    failField("teacher", name, "is neither a head of this project nor a file; train a head first");
  return training::loadFeatureHead(row ? row->file : std::filesystem::path(name));
}

std::string featuresFor(const project::Project& project, const training::FeatureHead& head,
                        const std::string& name) {
  const auto tables = project.featureTables();
  for (auto table = tables.rbegin(); table != tables.rend(); ++table)
    if (fits(project, head, *table)) return table->name;
  fail(
      "{}: no features of this project are by the model and recipe that this head was fitted on; "
      "extract such features, or fit the head again",
      name);
}

bool fits(const project::Project& project, const training::FeatureHead& head,
          const project::FeatureTableRow& table) {
  return project.setting(settings::featureModel(table.name)) == head.model && table.recipe == head.recipe;
}

}  // namespace discern::pipeline
