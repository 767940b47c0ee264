#include "ui/models/images/neighbours.h"

#include <algorithm>

namespace discern::ui {
namespace {

bool usable(data::MatrixView features, int sample) {
  return sample >= 0 && sample < features.rows && data::isFinite(features.row(sample)) &&
         data::norm(features.row(sample)) > 0;
}

}  // namespace

std::vector<Neighbour> nearestOf(data::MatrixView features, int sample, const std::vector<int>& candidates,
                                 int k) {
  std::vector<Neighbour> found;
  if (!usable(features, sample)) return found;
  for (int candidate : candidates)
    if (candidate != sample && usable(features, candidate))
      found.push_back({candidate, data::cosine(features.row(sample), features.row(candidate))});
  const auto count = std::min(found.size(), static_cast<std::size_t>(std::max(0, k)));
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end(),
                    [](const Neighbour& a, const Neighbour& b) {
                      return a.cosine != b.cosine ? a.cosine > b.cosine : a.sample < b.sample;
                    });
  found.resize(count);
  return found;
}

}  // namespace discern::ui
