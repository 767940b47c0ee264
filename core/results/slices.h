// The error rates of parts of a protocol.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/results/at_point.h"

namespace discern::results {

struct SliceResult {
  std::string name;
  std::int64_t images = 0;                   // in the protocol's templates
  double score = kUnknown, kept = kUnknown;  // their mean score; share of them that is kept
  std::int64_t genuine = 0, impostor = 0;    // comparisons inside it
  double tar = kUnknown, tarLow = kUnknown, tarHigh = kUnknown;
  double far = kUnknown, farLow = kUnknown, farHigh = kUnknown;
  // Error versus discard by the scores, to 20 %, with its 95 % interval.
  double pauc = kUnknown, paucLow = kUnknown, paucHigh = kUnknown;
  std::vector<evaluation::EdcPoint> edc;  // the same as a curve, while comparisons enough are left
  bool supported = false;                 // comparisons enough
  // Comparisons a bin, from SlicesResult::spreadLow to spreadHigh.
  std::vector<std::int64_t> genuineSpread, impostorSpread;
};
struct SlicesResult : AtPoint {
  static constexpr const char* kJob = "slices";
  std::string column, metadata;  // metadata: the file's name; empty: the project itself
  double tar = kUnknown;         // of all comparisons
  bool supported = true;         // by their impostors, at this FAR
  double spreadLow = kUnknown, spreadHigh = kUnknown;
  std::vector<SliceResult> slices;
  std::int64_t across = 0;    // comparisons of two parts, or of something that nobody knows
  std::string worst;          // the part with the lowest TAR; empty: fewer than two have comparisons enough
  bool beyondChance = false;  // it is lower than that of the others by more than chance
};

template <class V>
void describe(V& v, SliceResult& r) {
  v("name", r.name);
  v("images", r.images);
  v("score", r.score);
  v("kept", r.kept);
  v("genuine", r.genuine);
  v("impostor", r.impostor);
  v("tar", r.tar);
  v("tar_low", r.tarLow);
  v("tar_high", r.tarHigh);
  v("far", r.far);
  v("far_low", r.farLow);
  v("far_high", r.farHigh);
  v("pauc", r.pauc);
  v.since("pauc_low", r.paucLow, kUnknown);
  v.since("pauc_high", r.paucHigh, kUnknown);
  v.ifAny("edc", r.edc);
  v("supported", r.supported);
  v.ifAny("genuine_spread", r.genuineSpread);
  v.ifAny("impostor_spread", r.impostorSpread);
}
template <class V>
void describe(V& v, SlicesResult& r) {
  v("column", r.column);
  v.ifAny("metadata", r.metadata);
  describe(v, static_cast<AtPoint&>(r));
  v("tar", r.tar);
  v.since("supported", r.supported, true);
  v("spread_low", r.spreadLow);
  v("spread_high", r.spreadHigh);
  v("slices", r.slices);
  v("across", r.across);
  v.ifAny("worst", r.worst);
  v("beyond_chance", r.beyondChance);
}

}  // namespace discern::results
