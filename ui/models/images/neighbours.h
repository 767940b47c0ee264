// The images nearest to one, by features. Any thread.
#pragma once

#include <vector>

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

}  // namespace discern::ui
