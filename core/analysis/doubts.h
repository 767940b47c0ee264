// What of the labels is doubtful: images that look like somebody else, and two identities that look like one
// person. The window asks about them one after the other, `doubts` lists them.
#pragma once

#include <utility>
#include <vector>

#include "core/analysis/roster.h"
#include "core/data/score_table.h"
#include "core/project/pairs.h"

namespace discern::analysis {

// An image whose own identity's centroid is farther than another one's.
struct DoubtfulImage {
  int sample = -1, own = -1, other = -1;  // identities, merges followed
  double cosineOwn = 0, cosineOther = 0;  // to their centroids; of Euclidean D-scores distances
};
// Two identities that are probably one person.
struct DoubtfulPair {
  int from = -1, into = -1;  // `from` has fewer images, so it would be merged
  double cosine = 0;         // of the two centroids
};

// What is said about images and pairs so far.
struct Decided {
  std::vector<std::pair<int, project::Mark>> marks;
  project::PairVerdicts pairs;
};
Decided decidedOf(const project::Project& project);

// Of pairs that scoring noted (results/doubts.h) those that are open: less those of whom one is merged or
// excluded, and those that a person decided about. Nearest first.
std::vector<DoubtfulPair> doubtfulPairs(std::vector<DoubtfulPair> noted, const Who& who,
                                        const std::vector<project::SampleRow>& samples,
                                        const std::vector<project::IdentityRow>& identities,
                                        const Decided& decided);

// Images of a table of D-scores with a ratio below 1 (DDL eq. 1), nearer to another identity, less those
// that a person decided about (verdict, moved or left out), whose own or other one is gone since, and
// degraded copies. Those that are farthest on the other side come first.
std::vector<DoubtfulImage> doubtfulImages(const data::ScoreTable& dscores, const Who& who,
                                          const std::vector<project::SampleRow>& samples,
                                          const std::vector<project::IdentityRow>& identities,
                                          const Decided& decided);

// Originals of an identity as they are counted today, the most typical first: by their ratio in the
// table, those without one last. among: samples to look through, such as an index has them of this identity.
std::vector<int> typicalImages(int identity, std::vector<int> among, const data::ScoreTable& dscores,
                               const Who& who, const std::vector<project::SampleRow>& samples);

}  // namespace discern::analysis
