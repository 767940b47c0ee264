// The benchmark of actions: videos of a protocol put into the classes that were trained on, by their clips.
#pragma once

#include "core/pipeline/identify.h"

namespace discern::pipeline {

// Fills result.actions: a row for each aggregation that can be made, by the nearest centroid of the training
// clips; behind them the same by the trained network's own layer, where it is of this project and has one.
// A class is known by its name: of the training identity, and of the video's. Throws Error, or FieldError of
// galleries, probes and aggregation.
void classifyActions(const project::Project& project, const IdentifyOptions& options, IdentifyResult& result,
                     Progress& progress);

}  // namespace discern::pipeline
