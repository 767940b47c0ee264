// What evaluate and sweep read of a project, checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/aggregation/aggregate.h"
#include "core/analysis/only_kept.h"
#include "core/analysis/protocol_today.h"
#include "core/base/progress.h"
#include "core/data/npy.h"
#include "core/data/score_table.h"
#include "core/pipeline/inputs.h"
#include "core/project/project.h"

namespace discern::pipeline {

using analysis::PairCounts;

// `given` if not empty, else the operating point's (which is the newest where it names none), with a note
// where there are several. Throws Error where there is none.
std::string chosenProtocol(const project::Project& project, const std::string& given, Progress& progress);

// The protocol as it is compared today (analysis/protocol_today.h), with notes of what that changes.
data::Protocol protocolToday(const project::Project& project, const std::string& name, const Roster& roster,
                             PairCounts& counts, Progress& progress);

struct ComparisonNames {
  std::string protocol;  // empty: the operating point's
  std::string features;  // empty: the newest
  std::string scores;    // empty: the newest; of evaluate none, where every template is one image
  std::string weights;   // empty: none

  bool operator==(const ComparisonNames&) const = default;
};

struct ComparisonInputs {
  ComparisonNames names;  // what was taken; scores: empty where there are none
  Roster roster;
  data::Protocol protocol;     // today's, without what has no usable feature
  std::int64_t templates = 0;  // of it, those without a usable feature included
  bool single = false;         // no template has two images: there is nothing to aggregate
  PairCounts pairs;            // what became of them
  data::MappedNpy features;
  data::ScoreTable scores, weights;  // a row a feature; of none: empty
  // Features of kept images alone: leaveOutUnkept() is to be called before anything is compared.
  std::optional<analysis::OnlyKept> onlyKept = {};
};

// Throws Error that says what is missing or does not fit; notes what is older than the features. needsScores:
// there is nothing to do without. Features of kept images alone are refused unless `knowsKept`: only what is
// kept at one threshold can be compared by them.
ComparisonInputs readComparison(const project::Project& project, const ComparisonNames& names,
                                bool needsScores, Progress& progress, bool knowsKept = false);
// Of features of kept images alone (of others nothing): what cannot be compared when `scores` keep images at
// `threshold`. Throws Error: they were kept otherwise.
void leaveOutUnkept(ComparisonInputs& in, double threshold, Progress& progress);
// Throws Error: there are features of kept images alone, and the method takes others, too.
void requireKeptAlone(const ComparisonInputs& in, aggregation::Method method);

// Whose each template is today (analysis/protocol_today.h).
std::vector<int> ownersOf(const ComparisonInputs& in);

// Whether such scores are told from the labels of the images themselves, as no system in use could.
bool areTrueScores(const data::ScoreTable& scores);

}  // namespace discern::pipeline
