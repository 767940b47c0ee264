// What a job starts from: who is who, and the tables it was given or, where it was not, the newest.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/analysis/roster.h"
#include "core/analysis/settings.h"
#include "core/base/progress.h"
#include "core/imaging/sample.h"
#include "core/project/project.h"

namespace discern::pipeline {

namespace settings = analysis::settings;
using analysis::readRoster;
using analysis::Roster;

// What the project's samples are.
const data::GroupKind& kindOf(const project::Project& project);

// Of each identity the one that stands for its class: where the kind's identities are classes, the first
// training identity of its name; else, and where there is none, itself.
std::vector<int> classesOf(const Roster& roster, const data::GroupKind& kind);

// `given` if not empty, else the newest of `names`; Error that says how to make one when there is none.
std::string chosenOrNewest(const std::string& given, const std::vector<std::string>& names, const char* what,
                           const char* make);
// Says when `what` was made from `features` of the model `hash` and these are another model's by now.
void noteOtherModel(const project::Project& project, const std::string& what, const std::string& features,
                    const std::string& hash, const char* again, Progress& progress);
std::string newestFeatures(const project::Project& project, const std::string& given);
// Whether the table's features have those of the mirrored images added.
bool isFlipped(const project::Project& project, const std::string& features);
// Of a table that is there; Error that says how to make its file again when that is damaged.
data::MappedNpy storedFeatures(const project::Project& project, const std::string& name);
// Features that have a row for each of `samples` images; Error that says how to add the missing ones.
data::MappedNpy completeFeatures(const project::Project& project, const std::string& name,
                                 std::size_t samples);

// Says when features were extracted of kept images alone: the others take no part.
void noteOnlyKept(const project::Project& project, const std::string& features, Progress& progress);

// Throws Error when none of the samples that are there has a picture; `work` is what needs one.
void requirePictures(const std::vector<project::SampleRow>& samples, const char* work);

// Throws Error that lists the imported sets when `set` is none of them.
void requireSet(const project::Project& project, const std::string& set);

// Networks and heads share their names, and what is new takes none of a feature table, which a network's own
// may have later. Throws Error when `name` is one of another kind, or of features, and, unless `replace`,
// when one of that kind was made otherwise than `asked` says (the options that matter, in JSON): that one is
// finished, and its place is not taken without a word.
void requireFreeName(const project::Project& project, const std::string& name, const std::string& kind,
                     const nlohmann::json& asked, bool replace);

}  // namespace discern::pipeline
