// Templates with planted truth: each sample is its identity's
// direction plus noise, and its score tells how much.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/rng.h"
#include "core/data/dataset.h"
#include "core/data/matrix.h"

namespace discern::sweep {

struct Planted {
  data::Matrix features;
  std::vector<float> scores;
  data::Protocol protocol;
};

struct PlantedOptions {
  int templates = 60, identities = 20, dims = 48;
  int smallest = 8, largest = 20;
  int pairs = 800;
  int scoreSteps = 0;  // 0: continuous, else scores on a grid
  double noise = 12;   // at score 0
  std::uint64_t seed = 1;
};

inline Planted planted(const PlantedOptions& options) {
  Rng rng(options.seed);
  Planted p;
  p.features.cols = options.dims;
  std::vector<std::vector<double>> directions(static_cast<std::size_t>(options.identities));
  for (auto& direction : directions)
    for (int j = 0; j < options.dims; ++j) direction.push_back(rng.normal());
  for (int t = 0; t < options.templates; ++t) {
    data::Template group;
    group.identity = t % options.identities;
    const auto n = options.smallest + static_cast<int>(rng.below(options.largest - options.smallest + 1));
    for (int i = 0; i < n; ++i) {
      double score = 0.02 + 0.96 * rng.uniform();
      if (options.scoreSteps > 0) score = std::ceil(score * options.scoreSteps) / (options.scoreSteps + 1);
      group.samples.push_back(static_cast<int>(p.scores.size()));
      p.scores.push_back(static_cast<float>(score));
      const double length = 1 + 10 * rng.uniform();  // the evaluator must not be misled by norms
      for (const double d : directions[static_cast<std::size_t>(group.identity)])
        p.features.values.push_back(
            static_cast<float>(length * (d + options.noise * (1 - score) * rng.normal())));
    }
    p.protocol.templates.push_back(std::move(group));
  }
  p.features.rows = static_cast<std::int64_t>(p.scores.size());
  for (int i = 0; i < options.pairs; ++i) {
    data::Pair pair;
    pair.a = static_cast<int>(rng.below(options.templates));
    const int same = options.templates / options.identities;
    pair.b = i % 4 == 0 ? pair.a % options.identities + options.identities * static_cast<int>(rng.below(same))
                        : static_cast<int>(rng.below(options.templates));
    pair.genuine = pair.a % options.identities == pair.b % options.identities;
    pair.fold = i % 10;
    p.protocol.pairs.push_back(pair);
  }
  p.protocol.folds = 10;
  return p;
}

}  // namespace discern::sweep
