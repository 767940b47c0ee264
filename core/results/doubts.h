// Labels to look at, as `doubts` prints them and as scoring noted them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/doubts.h"

namespace discern::results {

struct DoubtfulImageResult {
  std::int64_t sample = -1;
  std::string file, identity, other;  // identities as SET/NAME
  double own = 0, hardest = 0;        // to their centroids
};
struct DoubtfulPairResult {
  std::string from, into;  // SET/NAME; the first has fewer images
  double cosine = 0;
};
struct DoubtsResult {
  std::string scores;
  std::int64_t images = 0, pairs = 0;  // how many there are
  std::vector<DoubtfulImageResult> imageRows;
  std::vector<DoubtfulPairResult> pairRows;
};

template <class V>
void describe(V& v, DoubtfulImageResult& r) {
  v("sample", r.sample);
  v("file", r.file);
  v("identity", r.identity);
  v("other", r.other);
  v("own", r.own);
  v("hardest", r.hardest);
}
template <class V>
void describe(V& v, DoubtfulPairResult& r) {
  v("from", r.from);
  v("into", r.into);
  v("cosine", r.cosine);
}
template <class V>
void describe(V& v, DoubtsResult& r) {
  v("scores", r.scores);
  v("images", r.images);
  v("pairs", r.pairs);
  v("image_rows", r.imageRows);
  v("pair_rows", r.pairRows);
}

// The pairs of the setting kProbablySame whose identities are there; none for a text that is no such list.
std::vector<analysis::DoubtfulPair> notedPairs(const std::string& probablySame,
                                               const std::vector<project::IdentityRow>& identities);

}  // namespace discern::results
