// What comparing two sides of a protocol leaves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/results/evaluate.h"

namespace discern::results {

struct ComparedSide {
  std::string features, scores, weights;        // scores, weights: empty where they take no part
  std::string aggregation;                      // "ddl rescale=auto"
  data::Lengths lengths = data::Lengths::Unit;  // of the features that were averaged
  double auc = kUnknown;
  double accuracy = kUnknown;             // NaN unless the protocol has two folds or more
  std::vector<evaluation::RocPoint> roc;  // increasing FAR; thresholds are not kept
  // By the side's scores, at the FAR of the flips; empty without scores, or where some are older than images.
  std::vector<evaluation::EdcPoint> edc;
};

struct ComparedTar {
  double far = 0, tarA = kUnknown, tarB = kUnknown;
  double thresholdA = kUnknown, thresholdB = kUnknown;
  double difference = kUnknown, low = kUnknown, high = kUnknown;  // B - A and its 95 % interval
  bool beyondChance = false, supported = true;
  std::int64_t gained = 0, lost = 0;                // genuine pairs that only B, only A accepts
  std::int64_t falselyGained = 0, falselyLost = 0;  // impostor pairs
};

// A pair that one side accepts and the other does not.
struct FlippedPair {
  std::string change;  // "gained", "lost", "falsely gained", "falsely lost": what B does to it
  std::string a, b;    // templates
  double scoreA = kUnknown, scoreB = kUnknown;  // of side A, of side B
  std::string fileA, fileB;                     // the first image of each template
  // The same by its number: several share a file in a container. -1: an older version did not state it.
  std::int64_t sampleA = -1, sampleB = -1;
};

struct CompareResult {
  static constexpr const char* kJob = "compare";
  std::string protocol;
  std::int64_t genuine = 0, impostor = 0;
  int folds = 0;
  int bootstraps = 0;
  std::uint64_t seed = 0;
  ComparedSide a, b;
  // Of the folds' accuracies, B - A: mean and standard error; NaN without folds.
  double accuracyDifference = kUnknown, accuracyError = kUnknown;
  std::vector<ComparedTar> tar;
  double flipsFar = 0;
  std::vector<FlippedPair> flips;  // at it, up to 20 of each change, those that changed most first
};

template <class V>
void describe(V& v, ComparedSide& r) {
  v("features", r.features);
  v.ifAny("scores", r.scores);
  v.ifAny("weights", r.weights);
  v("aggregation", r.aggregation);
  v("lengths", r.lengths);
  v("auc", r.auc);
  v("accuracy", r.accuracy);
  v.ifAny("roc", r.roc);
  v.ifAny("edc", r.edc);
}
template <class V>
void describe(V& v, ComparedTar& r) {
  v("far", r.far);
  v("tar_a", r.tarA);
  v("tar_b", r.tarB);
  v("threshold_a", r.thresholdA);
  v("threshold_b", r.thresholdB);
  v("difference", r.difference);
  v("low", r.low);
  v("high", r.high);
  v("beyond_chance", r.beyondChance);
  v("supported", r.supported);
  v("gained", r.gained);
  v("lost", r.lost);
  v("falsely_gained", r.falselyGained);
  v("falsely_lost", r.falselyLost);
}
template <class V>
void describe(V& v, FlippedPair& r) {
  v("change", r.change);
  v("a", r.a);
  v("b", r.b);
  v("score_a", r.scoreA);
  v("score_b", r.scoreB);
  v("file_a", r.fileA);
  v("file_b", r.fileB);
  v("sample_a", r.sampleA);
  v("sample_b", r.sampleB);
}
template <class V>
void describe(V& v, CompareResult& r) {
  v("protocol", r.protocol);
  v("genuine", r.genuine);
  v("impostor", r.impostor);
  v("folds", r.folds);
  v("bootstraps", r.bootstraps);
  v("seed", r.seed);
  v("a", r.a);
  v("b", r.b);
  v("accuracy_difference", r.accuracyDifference);
  v("accuracy_se", r.accuracyError);
  v("tar", r.tar);
  v("flips_far", r.flipsFar);
  v("flips", r.flips);
}

}  // namespace discern::results
