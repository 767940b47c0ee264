// Who is who in a project, as the engine's tables want it: merges followed, exclusions left out.
#pragma once

#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/discriminability/dscore.h"
#include "core/project/project.h"

namespace discern::pipeline {

struct Roster {
  std::vector<project::SampleRow> samples;
  std::vector<project::IdentityRow> identities;
  std::vector<int> identity;                 // per sample, merges followed; -1: excluded or unknown
  std::vector<discriminability::Part> part;  // per identity
  std::vector<unsigned char> votes;          // per sample: 0 for degraded copies

  bool isPart(int sample, discriminability::Part which) const {
    const int i = identity[static_cast<std::size_t>(sample)];
    return i >= 0 && part[static_cast<std::size_t>(i)] == which;
  }
};

Roster readRoster(const project::Project& project);

// `given` if not empty, else the newest of `names`; Error that says how to make one when there is none.
std::string chosenOrNewest(const std::string& given, const std::vector<std::string>& names, const char* what,
                           const char* make);
// Setting that keeps features::hashOfModel of the model that a feature table was made by.
inline std::string modelHashKey(const std::string& table) { return "feature_model/" + table; }
// Setting that keeps what modelHashKey held for the features
// of a score table when it was made; empty: unknown.
inline std::string scoreModelKey(const std::string& scores) { return "score_model/" + scores; }
// Says when `what` was made from `features` of the model `hash` and these are another model's by now.
void noteOtherModel(const project::Project& project, const std::string& what, const std::string& features,
                    const std::string& hash, const char* again, Progress& progress);
std::string newestFeatures(const project::Project& project, const std::string& given);
// Of a table that is there; Error that says how to make its file again when that is damaged.
data::MappedNpy storedFeatures(const project::Project& project, const std::string& name);
// Features that have a row for each of `samples` images; Error that says how to add the missing ones.
data::MappedNpy completeFeatures(const project::Project& project, const std::string& name,
                                 std::size_t samples);

// Throws Error that lists the imported sets when `set` is none of them.
void requireSet(const project::Project& project, const std::string& set);

// Networks and heads share their names, and what is new takes none of a feature table, which a network's own
// may have later. Throws Error when `name` is one of another kind, or of features.
void requireFreeName(const project::Project& project, const std::string& name, const std::string& kind);

}  // namespace discern::pipeline
