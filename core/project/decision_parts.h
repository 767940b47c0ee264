// What a decision says, in its parts. The engine makes one English sentence of them, which the history keeps
// and the command line tells; who tells it in other words reads the parts of that sentence back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/project/mark.h"
#include "core/project/pairs.h"
#include "core/project/project.h"

namespace discern::project {

enum class Deed {
  // About images, of which several may be in one decision, in this order; MarksOf is one alone.
  TakeImagesIn,
  LeaveOutOfTemplates,
  LeaveOutOfEverything,
  MoveTo,  // names: the identity
  MoveBack,
  MarkRight,
  MarkWrong,
  MarkUnsure,
  NoVerdict,
  Tag,    // names: the tags, as one list
  Untag,  // the same
  Note,
  ClearNote,
  MarksOf,  // names: the file that they were read from
  // About identities.
  RoleTrain,
  RoleTest,
  RolePool,
  Exclude,
  TakeIdentitiesIn,
  // About identities by their names.
  Merge,          // names: who, into whom
  TakeMergeBack,  // names: who
  Different,      // names: one and the other
  UnsurePair,     // the same
  NoPairVerdict,  // the same
};
constexpr int kDeeds = static_cast<int>(Deed::NoPairVerdict) + 1;

enum class DeedOf { Images, Identities, Names };
DeedOf subjectOf(Deed deed);

Deed deedOf(LeftOut leftOut);
Deed deedOf(Verdict verdict);
Deed deedOf(Role role);
Deed deedOf(PairVerdict verdict);

struct DecisionPart {
  Deed deed = Deed::Note;
  std::vector<std::string> names = {};

  bool operator==(const DecisionPart&) const = default;
};
struct DecisionParts {
  std::vector<DecisionPart> parts;
  std::int64_t count = 0;  // of the images or identities that were named; 0 where names say who

  bool operator==(const DecisionParts&) const = default;
};

// "move to bob, mark wrong: 1 image".
std::string textOf(const DecisionParts& said);

// Of Decision::what. None for a sentence that textOf does not make: one of another version, say. A name that
// holds words of such a sentence may be cut elsewhere; all of it is in the parts even then.
std::optional<DecisionParts> partsOf(const std::string& what);

}  // namespace discern::project
