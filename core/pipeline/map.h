// A t-SNE map of a project's faces, stored while it is being made so that a window can draw it live.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/progress.h"
#include "core/embedding/tsne.h"
#include "core/project/project.h"

namespace discern::pipeline {

struct MapOptions {
  std::string features;  // feature table; empty: the newest
  std::string name = "tsne";
  project::Role role = project::Role::Train;
  std::int64_t limit = 10'000;  // at most so many faces, drawn evenly at random; 0: all
  double storeSeconds = 0.4;    // between two intermediate layouts in the project
  embedding::TsneOptions tsne;  // its seed draws the sample too
};

struct MapResult {
  std::string name, features;
  std::int64_t faces = 0, of = 0;  // on the map, and there were
  double kl = 0, perplexity = 0, seconds = 0;
  int iterations = 0;
};

// Originals of identities of that role with a usable feature,
// as unit vectors. A cancelled call leaves the last layout.
MapResult makeMap(project::Project& project, const MapOptions& options, Progress& progress);

}  // namespace discern::pipeline
