// What a project holds gets another name, another place, or leaves.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "core/project/project.h"

namespace discern::project {

enum class Entry { Set, Features, Scores, Protocol, Network, Selection, Map, Run };
inline const auto& namesOf(Entry) {
  static constexpr std::array<Named<Entry>, 8> kNames{
      {{Entry::Set, "set", "Images and identities that were imported at once"},
       {Entry::Features, "features", "A feature table"},
       {Entry::Scores, "scores", "A score table"},
       {Entry::Protocol, "protocol", "Templates and pairs"},
       {Entry::Network, "network", "A trained network or head, with its file"},
       {Entry::Selection, "selection", "A lambda path"},
       {Entry::Map, "map", "A map of two dimensions"},
       {Entry::Run, "run", "One row of what was run, by its number"}}};
  return kNames;
}

// Names of what there is, and an Error that lists them for one that is not there.
std::vector<std::string> entriesOf(const Project& project, Entry entry);

struct Made {
  Entry entry = Entry::Scores;
  std::string name;
  bool operator==(const Made&) const = default;
};
// What was made of an entry itself, and leaves before it: scores, selections and maps of features, scores and
// features that a network told.
std::vector<Made> madeOf(const Project& project, Entry entry, const std::string& name);

// What else speaks of it (features of scores, the operating point) follows. Throws Error where there is no
// such thing or the new name is taken; runs have numbers and keep them.
void renameEntry(Project& project, Entry entry, const std::string& from, const std::string& to);

// Throws Error where something else was made of it. Images of a set stay on the disk and leave the project:
// their rows are empty from then on, since the others keep their numbers; templates lose them, and pairs
// their empty templates.
void removeEntry(Project& project, Entry entry, const std::string& name);

struct Repointed {
  int files = 0, samples = 0;
  std::vector<std::string> missing;  // by their old paths; these stay as they are
};
// The image files of a set are at `to` now: what is below the folder that they had in common is below that
// one, whose level is found by what is there. A container (.rec, .bin) may be named itself. Samples without a
// picture that are found there have one from then on. Throws Error
// where not one of them is there.
Repointed repoint(Project& project, const std::string& set, const std::filesystem::path& to);

}  // namespace discern::project
