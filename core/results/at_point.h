// What jobs that compare templates at one operating point say first: by what.
#pragma once

#include <string>

#include "core/results/evaluate.h"

namespace discern::results {

struct AtPoint {
  std::string protocol, features, scores, weights;  // scores, weights: empty where they take no part
  std::string aggregation;
  data::Lengths lengths = data::Lengths::Unit;  // of the features that were averaged
  double threshold = 0, far = 0;
  double accept = kUnknown;  // similarity that is accepted at the FAR, of all comparisons
};

template <class V>
void describe(V& v, AtPoint& r) {
  v("protocol", r.protocol);
  v("features", r.features);
  v.ifAny("scores", r.scores);
  v.ifAny("weights", r.weights);
  v("aggregation", r.aggregation);
  v("lengths", r.lengths);
  v("threshold", r.threshold);
  v("far", r.far);
  v("accept", r.accept);
}

}  // namespace discern::results
