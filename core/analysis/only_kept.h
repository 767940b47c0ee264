// Features of a set that is too large to extract whole: of the images alone that scores keep.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/protocol_today.h"
#include "core/analysis/roster.h"
#include "core/data/matrix.h"
#include "core/data/score_table.h"
#include "core/project/project.h"

namespace discern::analysis {

// What a feature table holds: images that `scores` keep at `threshold`, and what was there before.
struct OnlyKept {
  std::string scores;
  double threshold = 0;
  std::int64_t leftOut = 0;  // images without a feature, for that reason
};
template <class V>
void describe(V& v, OnlyKept& kept) {
  v("scores", kept.scores);
  v("threshold", kept.threshold);
  v("left_out", kept.leftOut);
}

// Nothing: features of every image were asked for.
std::optional<OnlyKept> onlyKeptOf(const project::Project& project, const std::string& features);
void putOnlyKept(project::Project& project, const std::string& features, const std::optional<OnlyKept>& kept);
// "features 'f' hold only the images that scores 's' keep above 0.3; 120 others have none"
std::string sentence(const std::string& features, const OnlyKept& kept);
// Throws Error that says what the table holds and how to add the rest, unless it holds every image that was
// asked for: for what compares images that scores do not keep, too.
void requireEveryImage(const project::Project& project, const std::string& features);

// One a sample: kept by some template of `protocols` (as they are today), or, of those in none, by its
// identity. Each of these keeps what is above the threshold, and its best image where nothing is
// (analysis/kept.h).
std::vector<bool> keptSamples(const std::vector<data::Protocol>& protocols, const Roster& roster,
                              const data::ScoreTable& scores, double threshold);

// As leaveOutUnusable, of features that only kept images have: what the threshold drops stays in its template
// (it is counted, and DDL takes nothing of it), a kept image without a feature does not: what to tell of
// those; empty: there are none. Throws Error when more of the kept ones lack a feature than requireFeatures
// allows: they were kept by other scores, or at another threshold.
std::string leaveOutUnusable(data::Protocol& protocol, data::MatrixView features,
                             const std::string& featureTable, const OnlyKept& kept,
                             const data::ScoreTable& scores, double threshold, PairCounts& counts);

}  // namespace discern::analysis
