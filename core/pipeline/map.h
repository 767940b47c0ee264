// A t-SNE map of a project's faces, stored while it is being made so that a window can draw it live.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/progress.h"
#include "core/jobs/select.h"
#include "core/project/project.h"

namespace discern::pipeline {

using jobs::MapOptions;

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
