// What the Inspector works out from features, off the
// window's thread: nearest images, and dropping one image.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/data/lengths.h"
#include "core/data/matrix.h"

namespace discern::ui {

struct Neighbour {
  int sample = -1;
  double cosine = 0;
};

// The `k` of `candidates` nearest to `sample` by cosine, nearest
// first; unusable features and `sample` itself left out.
std::vector<Neighbour> nearestOf(data::MatrixView features, int sample, const std::vector<int>& candidates,
                                 int k);

// A template matched against the rest of its identity and
// against the most-confused identity, by one aggregation.
struct Match {
  double own = 0;    // cosine to the centroid of the identity's other images; NaN: there are none
  double rival = 0;  // cosine to the rival's centroid; NaN: no rival
  double margin() const { return own - rival; }
};
struct WhatIfRow {
  std::string aggregation;  // "average", "ddl rescale=auto", ...
  Match with, without;
};
struct WhatIf {
  std::string problem;  // why it cannot be worked out, a sentence; empty: it could
  int templateSize = 0, referenceSize = 0, rivalSize = 0;
  std::vector<WhatIfRow> rows;
};

// `members`: the template, with `sample` among them. `reference`: other
// images of the same identity. `rival`: images of the most-confused identity,
// may be empty. `scores`: one a sample, or empty (then only what needs none).
// The plain mean comes first, then what drops by the threshold.
WhatIf whatIf(data::MatrixView features, int sample, const std::vector<int>& members,
              const std::vector<int>& reference, const std::vector<int>& rival, std::span<const float> scores,
              double atThreshold, data::Lengths lengths = data::Lengths::Unit);

// Without a protocol: the identity's images dealt in turn, `sample` in the template; repeatable.
void splitIdentity(const std::vector<int>& images, int sample, std::vector<int>& members,
                   std::vector<int>& reference);

}  // namespace discern::ui
