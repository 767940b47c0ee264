// What scoring leaves, whoever tells the scores.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/data/lengths.h"

namespace discern::results {

struct ScoreJobResult {
  static constexpr const char* kJob = "score";
  std::string name, features;
  std::int64_t scored = 0;
  std::int64_t notScored = 0;                    // asked for, but without a number: see statuses
  std::map<std::string, std::int64_t> statuses;  // images per ScoreStatus
  double mean = 0, sigma = 0;                    // of the ratio
  double scoreAtZero =
      0;  // sigmoid(-mean / sigma), of a raw value of 0: few thresholds below it drop anything
  data::Lengths lengths = data::Lengths::Unit;  // of the features that centroids are means of
  std::string published;                        // how far this is the paper's score; empty: another score
  std::int64_t probablySame = 0;                // pairs of identities; which: ProbablySame
};

// Probably one person under two names: a list of them is the setting kProbablySame (analysis/settings.h).
struct ProbablySame {
  std::string a, aSet, b, bSet;
  int aId = -1, bId = -1;
  double cosine = 0;  // of the two centroids
};

struct PredictResult {
  static constexpr const char* kJob = "predict";
  std::string name;
  std::int64_t images = 0, failed = 0;
  double imagesPerSecond = 0;
};

template <class V>
void describe(V& v, ScoreJobResult& r) {
  v("scores", r.name);
  v("features", r.features);
  v("scored", r.scored);
  v("not_scored", r.notScored);
  v("statuses", r.statuses);
  v("mean", r.mean);
  v("sigma", r.sigma);
  v("score_at_zero", r.scoreAtZero);
  v("probably_same", r.probablySame);
  v("lengths", r.lengths);
  v.ifAny("published", r.published);
}
template <class V>
void describe(V& v, ProbablySame& r) {
  v("a", r.a);
  v("a_set", r.aSet);
  v("b", r.b);
  v("b_set", r.bSet);
  v("a_id", r.aId);
  v("b_id", r.bId);
  v("cosine", r.cosine);
}
template <class V>
void describe(V& v, PredictResult& r) {
  v("scores", r.name);
  v("images", r.images);
  v("failed", r.failed);
  v("images_per_second", r.imagesPerSecond);
}

}  // namespace discern::results
