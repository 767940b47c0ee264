// Random faces of several identities, some in clusters, with u.
#pragma once

#include <cmath>
#include <vector>

#include "core/base/rng.h"
#include "core/selection/selection.h"

namespace discern::selection {

struct RandomFaces {
  data::Matrix features;
  std::vector<int> identity;
  std::vector<float> others;
  int identities = 0;

  SelectionInput input() const { return {features.view(), identity, identities, others}; }
};

// Identities of the given sizes, in mixed order; every other one falls into clusters. Few dimensions: cosines
// of all signs and sizes.
inline RandomFaces randomFaces(std::uint64_t seed, const std::vector<int>& sizes, int dims) {
  Rng rng(seed);
  RandomFaces faces;
  faces.identities = static_cast<int>(sizes.size());
  for (std::size_t c = 0; c < sizes.size(); ++c)
    faces.identity.insert(faces.identity.end(), static_cast<std::size_t>(sizes[c]), static_cast<int>(c));
  rng.shuffle(faces.identity);
  faces.features = data::Matrix(static_cast<std::int64_t>(faces.identity.size()), dims);
  for (std::int64_t i = 0; i < faces.features.rows; ++i) {
    const auto c = static_cast<std::uint64_t>(faces.identity[static_cast<std::size_t>(i)]);
    const auto cluster = c % 2 == 0 ? 0 : static_cast<std::uint64_t>(rng.below(3));
    Rng centre(mixSeed(seed, 1000 * c + cluster));
    const double spread = centre.uniform(0.3, 1.2), scale = rng.uniform(0.1, 30);
    for (float& v : faces.features.row(i))
      v = static_cast<float>(scale * (centre.normal() + spread * rng.normal()));
    faces.others.push_back(static_cast<float>(10 * std::exp(rng.normal() * centre.uniform(0, 1))));
  }
  return faces;
}

}  // namespace discern::selection
