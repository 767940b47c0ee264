#include "core/pipeline/roster.h"

#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/error.h"

namespace discern::pipeline {

Roster readRoster(const project::Project& project) {
  using discriminability::Part;
  Roster roster;
  roster.samples = project.samples();
  roster.identities = project.identities();
  roster.part.reserve(roster.identities.size());
  for (const auto& row : roster.identities) {
    Part part = row.role == project::Role::Train  ? Part::Train
                : row.role == project::Role::Test ? Part::Test
                                                  : Part::Pool;
    if (row.excluded || row.mergedInto >= 0) part = Part::Out;
    roster.part.push_back(part);
  }
  for (const auto& sample : roster.samples) {
    int identity = sample.identity;
    if (identity >= 0) {
      const auto& row = roster.identities[static_cast<std::size_t>(identity)];
      if (row.excluded)
        identity = -1;
      else if (row.mergedInto >= 0)
        identity = row.mergedInto;
    }
    if (identity >= 0 && roster.part[static_cast<std::size_t>(identity)] == Part::Out) identity = -1;
    roster.identity.push_back(identity);
    roster.votes.push_back(sample.parent < 0 ? 1 : 0);
  }
  return roster;
}

std::string chosenOrNewest(const std::string& given, const std::vector<std::string>& names, const char* what,
                           const char* make) {
  if (!given.empty()) return given;
  if (names.empty()) fail("this project has no {} yet; {}", what, make);
  return names.back();
}

void noteOtherModel(const project::Project& project, const std::string& what, const std::string& features,
                    const std::string& hash, const char* again, Progress& progress) {
  const auto now = project.setting(modelHashKey(features));
  if (!hash.empty() && now && *now != hash)
    progress.note(fmt::format(
        "{} is older than the features '{}', which another model has made since; run 'discern {}' again",
        what, features, again));
}

std::string newestFeatures(const project::Project& project, const std::string& given) {
  std::vector<std::string> names;
  for (const auto& row : project.featureTables()) names.push_back(row.name);
  return chosenOrNewest(given, names, "features", "run 'discern extract' first");
}

data::MappedNpy storedFeatures(const project::Project& project, const std::string& name) {
  if (!project.featureTable(name)) return project.features(name);  // which says what there is
  try {
    return project.features(name);
  } catch (const Error& e) {
    fail("{}; run 'discern extract --name {}' again, which makes them anew", e.what(), name);
  }
}

data::MappedNpy completeFeatures(const project::Project& project, const std::string& name,
                                 std::size_t samples) {
  data::MappedNpy features = storedFeatures(project, name);
  if (features.view().rows < static_cast<std::int64_t>(samples))
    fail("features '{}' cover {} of {} images; run 'discern extract' again to add the rest", name,
         features.view().rows, samples);
  return features;
}

void requireSet(const project::Project& project, const std::string& set) {
  const auto sets = project.sets();
  if (std::ranges::find(sets, set) == sets.end())
    fail("--set {}: there is no such set in this project; {}", set,
         sets.empty() ? "import one with 'discern import'"
                      : fmt::format("there {} {}", sets.size() == 1 ? "is" : "are", fmt::join(sets, ", ")));
}

void requireFreeName(const project::Project& project, const std::string& name, const std::string& kind) {
  project::requireFileName("--name", name);
  const auto row = project.model(name);
  if (row && row->kind != kind)
    fail("--name {}: is a {} of this project already, not a {}; choose another name", name, row->kind, kind);
  if (!row && project.featureTable(name))  // extract --model NAME would take the network for what made them
    fail("--name {}: is the name of features of this project; choose another name for the {}", name, kind);
}

}  // namespace discern::pipeline
