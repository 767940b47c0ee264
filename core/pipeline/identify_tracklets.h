// The benchmark of tracklets: those of a protocol searched for among those of another, by MARS's rules.
#pragma once

#include "core/pipeline/identify.h"

namespace discern::pipeline {

// Fills result.tracklets, a row for each aggregation that can be made, and the common numbers from that of
// options.aggregation. Throws Error, or FieldError of galleries, probes and aggregation.
void searchTracklets(const project::Project& project, const IdentifyOptions& options, IdentifyResult& result,
                     Progress& progress);

}  // namespace discern::pipeline
