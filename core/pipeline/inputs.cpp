#include "core/pipeline/inputs.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "core/analysis/defaults.h"
#include "core/analysis/only_kept.h"
#include "core/base/field_error.h"
#include "core/base/json.h"
#include "core/base/json_text.h"
#include "core/data/no_picture.h"

namespace discern::pipeline {

const data::GroupKind& kindOf(const project::Project& project) {
  return imaging::findGroupKind(project.groupKind());
}

std::vector<int> classesOf(const Roster& roster, const data::GroupKind& kind) {
  std::vector<int> classes(roster.identities.size());
  std::iota(classes.begin(), classes.end(), 0);
  if (!kind.areClasses) return classes;
  std::map<std::string, int> trained;
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (roster.part[i] == data::Part::Train) trained.emplace(roster.identities[i].name, classes[i]);
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (const auto found = trained.find(roster.identities[i].name); found != trained.end())
      classes[i] = found->second;
  return classes;
}

std::string chosenOrNewest(const std::string& given, const std::vector<std::string>& names, const char* what,
                           const char* make) {
  std::string name = analysis::orNewest(given, names);
  if (name.empty()) fail("this project has no {} yet; {}", what, make);
  return name;
}

void noteOtherModel(const project::Project& project, const std::string& what, const std::string& features,
                    const std::string& hash, const char* again, Progress& progress) {
  const auto now = project.setting(settings::featureModel(features));
  if (!hash.empty() && now && *now != hash)
    progress.note(
        fmt::format("{} is older than the features '{}', which another model has made since; {} again", what,
                    features, again));
}

std::string newestFeatures(const project::Project& project, const std::string& given) {
  return chosenOrNewest(given, analysis::namesOf(project.featureTables()), "features", "extract them first");
}

bool isFlipped(const project::Project& project, const std::string& features) {
  const auto table = project.featureTable(features);
  if (!table || table->recipe.empty()) return false;
  const auto recipe = parseJson(table->recipe);
  return recipe.is_object() && recipe.contains("flip") && recipe["flip"] == true;
}

data::MappedNpy storedFeatures(const project::Project& project, const std::string& name) {
  if (!project.featureTable(name)) return project.features(name);  // which says what there is
  try {
    return project.features(name);
  } catch (const Error& e) {
    fail("{}; extract the features '{}' again, which makes them anew", e.what(), name);
  }
}

data::MappedNpy completeFeatures(const project::Project& project, const std::string& name,
                                 std::size_t samples) {
  data::MappedNpy features = storedFeatures(project, name);
  if (features.view().rows < static_cast<std::int64_t>(samples) &&
      project::isImported(*project.featureTable(name)))
    fail(
        "features '{}' cover {} of {} images and were imported; import what is missing with 'add', or all "
        "again",
        name, features.view().rows, samples);
  if (features.view().rows < static_cast<std::int64_t>(samples))
    fail("features '{}' cover {} of {} images; extract them again to add the rest", name,
         features.view().rows, samples);
  return features;
}

void noteOnlyKept(const project::Project& project, const std::string& features, Progress& progress) {
  if (const auto kept = analysis::onlyKeptOf(project, features))
    progress.note(analysis::sentence(features, *kept) + " and take no part");
}

void requirePictures(const std::vector<project::SampleRow>& samples, const char* work) {
  std::size_t there = 0, pictures = 0;
  for (const auto& row : samples) {
    there += row.removed() ? 0 : 1;
    pictures += !row.removed() && data::hasPicture(row.image) ? 1 : 0;
  }
  if (there > 0 && pictures == 0)
    fail(
        "{} needs pixels, but none of the {} samples has a picture: they came with features alone; import "
        "their "
        "images, or say where they are with repoint",
        work, there);
}

void requireSet(const project::Project& project, const std::string& set) {
  const auto sets = project.sets();
  if (std::ranges::find(sets, set) == sets.end())
    failField("set", set, "there is no such set in this project; {}",
              sets.empty()
                  ? "import one"
                  : fmt::format("there {} {}", sets.size() == 1 ? "is" : "are", fmt::join(sets, ", ")));
}

void requireFreeName(const project::Project& project, const std::string& name, const std::string& kind,
                     const nlohmann::json& asked, bool replace) {
  project::requireFileName("name", name);
  const auto row = project.model(name);
  if (row && row->kind != kind)
    failField("name", name, "is a {} of this project already, not a {}; choose another name", row->kind,
              kind);
  if (row && !replace) {
    const auto stored = parseJson(row->options);
    const auto wanted = parseJson(textOf(asked));  // as it would have been stored
    for (const auto& [key, value] : wanted.items())
      if (!stored.is_object() || !stored.contains(key) || stored[key] != value)
        failField("name", name,
                  "is a finished {} of this project that was made with other options ({} among them); choose "
                  "another "
                  "name, or say that it is to be replaced",
                  kind, key);
  }
  if (!row && project.featureTable(name))  // extract --model NAME would take the network for what made them
    failField("name", name, "is the name of features of this project; choose another name for the {}", kind);
}

}  // namespace discern::pipeline
