// Decisions about images and people: each is saved at once with its time, stands until it is taken back, and
// can be made again. One history a project, whoever adds to it: the window, the command line, another window.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/project/mark.h"
#include "core/project/project.h"

namespace discern::project {

// What a person decides about an identity.
struct Standing {
  Role role = Role::Train;
  bool excluded = false;
  int mergedInto = -1;

  bool operator==(const Standing&) const = default;
};
inline Standing standingOf(const IdentityRow& row) { return {row.role, row.excluded, row.mergedInto}; }

// Marks that differ from that of an image nobody looked at, by sample, ascending.
std::vector<std::pair<int, Mark>> marks(const Project& project);

// What the marks (as marks() gives them) make of samples that are as imported or as other marks left them: a
// copy is as its original, unless it was decided on itself.
void applyMarks(std::vector<SampleRow>& samples, const std::vector<std::pair<int, Mark>>& marks);

// A text that is another one when a job may have changed something since, and the same after decisions: what
// they change is read quickly (identities, marks, history). Empty: no such text can be told now.
std::string workDone(const Project& project);

// When each marked sample was decided on last (ISO 8601, UTC), by the decisions that stand.
std::map<int, std::string> markTimes(const Project& project);

struct Decision {
  int id = -1;
  std::string time;  // ISO 8601, UTC
  std::string what;  // "leave out of everything: 3 images"
  bool undone = false;
  bool replaced = false;                // undone, and another decision came in its place
  std::int64_t images = 0, people = 0;  // that it changed
};
// Oldest first. What was undone and replaced by another decision stays listed, and cannot be redone.
std::vector<Decision> history(const Project& project);

struct Change {
  std::string what;
  std::vector<std::pair<int, Mark>> marks;           // by sample
  std::vector<std::pair<int, Standing>> identities;  // by identity
  // Goes into the newest decision where that says the same of the same images, and less than a minute has
  // passed: one step for a note that is typed.
  bool continues = false;
};
// A project whose decisions can be written: for reading like Mode::Read, but brought up to this version first
// where an older one made it, for which no job may be running. Throws Error.
Project openForDecisions(const std::filesystem::path& folder);
// One transaction, without the job lock: a job that runs sees what it read when it began. Nothing is kept of
// what changes nothing; none: all of it did. Throws Error for a sample or identity that is not there, a merge
// into a merged or the same identity, and a move to an identity that is merged or excluded.
std::optional<Decision> decide(Project& project, const Change& change);
std::optional<Decision> setRole(Project& project, const std::vector<int>& identities, Role role);
std::optional<Decision> setExcluded(Project& project, const std::vector<int>& identities, bool excluded);
// into -1: take a merge back. Into a merged identity is into the one that this went into.
std::optional<Decision> mergeIdentities(Project& project, int from, int into);
// The newest decision that stands, or the oldest after it that does not; none: there is none.
std::optional<Decision> undo(Project& project);
std::optional<Decision> redo(Project& project);
// What undo and redo would take.
const Decision* undoable(const std::vector<Decision>& history);
const Decision* redoable(const std::vector<Decision>& history);

// Who is who by decisions, as one short text: empty where all is as it was imported. Scores, selections and
// runs keep the text of their day; where it is another one today, they are old, and after an undo they are
// not.
std::string decisionsToday(const Project& project);

}  // namespace discern::project
