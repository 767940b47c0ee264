// What selecting faces and laying them out on a map leave.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/data/lengths.h"

namespace discern::results {

struct SelectPoint {
  double lambda = 0, normalised = 0;  // raw and divided by the number of other centroids
  std::int64_t kept = 0;
  double share = 0;         // kept, of those that can be kept; NaN: of an older version, not known
  int emptyIdentities = 0;  // identities of several faces with none kept
  // Over identities of which some faces are kept and some discarded: the share
  // of the discarded that are among as many lowest D-scores of their identity,
  // and what chance would give; NaN: no scores, or no such identity.
  double lowScores = 0, lowScoresChance = 0;
  double swappedDropped = 0, cleanDropped = 0;  // shares; NaN: nothing was swapped
};
struct SelectResult {
  static constexpr const char* kJob = "select";
  std::string name, features, scores;
  std::int64_t faces = 0, neverKept = 0, pairs = 0, clampedPairs = 0, centers = 0, breakpoints = 0,
               swapped = 0;
  int identities = 0;
  std::string method = "path";                  // SelectMethod
  data::Lengths lengths = data::Lengths::Unit;  // of the features that centroids are means of
  std::string published;                        // how far this is what SKD published
  double scoreSpearman = 0;  // of -enters with the D-score, mean within identities; NaN: no scores
  double seconds = 0;        // of the path alone
  std::vector<SelectPoint> points;
};

// Beside the options of a stored selection (selections.options).
struct SelectedBy {
  std::string model;  // hash of the model that made its features; empty: not recorded
  bool pool = false;  // people of the pool were others too
};

struct MapResult {
  static constexpr const char* kJob = "tsne";
  std::string name, features;
  std::int64_t faces = 0, of = 0;  // on the map, and there were
  double kl = 0, seconds = 0;
  int iterations = 0;
};

// A stored map's options (maps.options), written anew while it is being made.
struct MapProgress {
  double perplexity = 0;  // as it was used
  int iteration = 0, iterations = 0;
  std::uint64_t seed = 0;
  std::int64_t faces = 0, of = 0;
  std::string role;
};

template <class V>
void describe(V& v, SelectPoint& r) {
  v("lambda", r.lambda);
  v("normalised", r.normalised);
  v("kept", r.kept);
  v.since("share", r.share, std::numeric_limits<double>::quiet_NaN());
  v("empty_identities", r.emptyIdentities);
  v("low_scores", r.lowScores);
  v("low_scores_chance", r.lowScoresChance);
  v("swapped_dropped", r.swappedDropped);
  v("clean_dropped", r.cleanDropped);
}
template <class V>
void describe(V& v, SelectResult& r) {
  v("selection", r.name);
  v("features", r.features);
  v("scores", r.scores);
  v("faces", r.faces);
  v("identities", r.identities);
  v("never_kept", r.neverKept);
  v("centers", r.centers);
  v("pairs", r.pairs);
  v("clamped_pairs", r.clampedPairs);
  v("breakpoints", r.breakpoints);
  v("swapped", r.swapped);
  v("score_spearman", r.scoreSpearman);
  v("seconds", r.seconds);
  v("points", r.points);
  v("method", r.method);
  v("lengths", r.lengths);
  v.ifAny("published", r.published);
}
template <class V>
void describe(V& v, SelectedBy& r) {
  v("model", r.model);
  v("pool", r.pool);
}
template <class V>
void describe(V& v, MapResult& r) {
  v("map", r.name);
  v("features", r.features);
  v("faces", r.faces);
  v("of", r.of);
  v("kl", r.kl);
  v("iterations", r.iterations);
  v("seconds", r.seconds);
}
template <class V>
void describe(V& v, MapProgress& r) {
  v("perplexity", r.perplexity);
  v("iterations", r.iterations);
  v("iteration", r.iteration);
  v("seed", r.seed);
  v("faces", r.faces);
  v("of", r.of);
  v("role", r.role);
}

}  // namespace discern::results
