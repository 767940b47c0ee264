// A protocol as it is compared today: after merges and
// exclusions, without what has no usable feature.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/roster.h"
#include "core/data/dataset.h"
#include "core/data/matrix.h"
#include "core/data/score_table.h"

namespace discern::analysis {

// What became of a protocol's pairs.
struct PairCounts {
  std::int64_t relabelled = 0;      // another truth since identities were merged
  std::int64_t excluded = 0;        // left out with an excluded identity
  std::int64_t contradicted = 0;    // imported as impostors, though the two are merged: they stay impostors
  std::int64_t emptyTemplates = 0;  // without an image that has a usable feature
  std::int64_t empty = 0;           // left out with an empty template
  std::int64_t leftOutImages = 0;   // of templates, by a person
  std::int64_t movedImages = 0;     // of templates of somebody whom a person says they are not of
  std::int64_t trained = 0;         // templates of training identities: a network may know them by heart
  bool lostFolds = false;           // what is left is of one fold: no fold accuracy
};

// The truth that this project's merges and exclusions give a protocol that Discern drew; an imported one
// keeps its own. Images that came after the roster was read are nobody's.
data::Protocol protocolToday(data::Protocol protocol, const std::vector<project::IdentityRow>& identities,
                             const Who& who, PairCounts& counts);

std::int64_t impostorsOf(const data::Protocol& protocol);  // its pairs that are

// Whose each template is: whose its first image is; -1: it has none, or nobody's.
std::vector<int> ownersOf(const data::Protocol& protocol, const Who& who);
// How many of its templates are of training identities.
std::int64_t trainingTemplates(const data::Protocol& protocol, const Who& who);

// Leaves out samples without a usable feature, and what cannot be compared without them.
void leaveOutUnusable(data::Protocol& protocol, data::MatrixView features, PairCounts& counts);

// Throws Error where images of the protocol have no features yet (their pairs would silently be left out), or
// came after the scores (they would count as the worst). features, featureTable: the table's rows and name.
void requireFeatures(const data::Protocol& protocol, data::MatrixView features,
                     const std::string& featureTable);
void requireScores(const data::Protocol& protocol, const data::ScoreTable& scores);

// A sentence for each thing that `counts` say, for a note beside a result. templates: of the protocol before
// any was left out.
std::vector<std::string> sentences(const PairCounts& counts, const std::string& protocol,
                                   std::size_t templates, const std::string& featureTable);

}  // namespace discern::analysis
