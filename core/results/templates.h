// How each template of a protocol matches.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/results/at_point.h"

namespace discern::results {

// A template by the operating point's aggregation, and by the plain average of all its images.
struct MatchedTemplate {
  std::string name, identity;  // identity: empty where nobody knows
  std::int64_t images = 0;
  double kept = kUnknown;                                   // share of them
  double worstGenuine = kUnknown, bestImpostor = kUnknown;  // NaN: it is not compared so
  std::string genuineWith, impostorWith;                    // the other template
  std::int64_t genuine = 0, genuineAccepted = 0, impostor = 0, impostorAccepted = 0;
  std::int64_t rank = 0;  // 0: none
  double plainGenuine = kUnknown, plainImpostor = kUnknown;
  std::int64_t plainRank = 0;
};

struct TemplatesResult : AtPoint {
  static constexpr const char* kJob = "templates";
  double plainAccept = kUnknown;  // by the plain average
  bool supported = true;
  std::int64_t templates = 0;
  bool ranked = true;
  std::string sort;
  std::vector<MatchedTemplate> rows;  // the worst
};

template <class V>
void describe(V& v, MatchedTemplate& r) {
  v("name", r.name);
  v.ifAny("identity", r.identity);
  v("images", r.images);
  v("kept", r.kept);
  v("worst_genuine", r.worstGenuine);
  v.ifAny("genuine_with", r.genuineWith);
  v("best_impostor", r.bestImpostor);
  v.ifAny("impostor_with", r.impostorWith);
  v("genuine", r.genuine);
  v("genuine_accepted", r.genuineAccepted);
  v("impostor", r.impostor);
  v("impostor_accepted", r.impostorAccepted);
  v("rank", r.rank);
  v("plain_genuine", r.plainGenuine);
  v("plain_impostor", r.plainImpostor);
  v("plain_rank", r.plainRank);
}
template <class V>
void describe(V& v, TemplatesResult& r) {
  describe(v, static_cast<AtPoint&>(r));
  v("plain_accept", r.plainAccept);
  v("supported", r.supported);
  v("templates", r.templates);
  v("ranked", r.ranked);
  v("sort", r.sort);
  v("rows", r.rows);
}

}  // namespace discern::results
