// The lambda path of a project's training faces, and what it says about them (SKD).
#pragma once

#include "core/base/progress.h"
#include "core/jobs/select.h"
#include "core/project/project.h"
#include "core/results/data_results.h"
#include "core/results/selection.h"

namespace discern::pipeline {

using jobs::SelectOptions;
using results::SelectPoint;
using results::SelectResult;

// With shards.merge it takes what shards have found, and throws Error that names the one which is missing.
SelectResult select(project::Project& project, const SelectOptions& options, Progress& progress);

// One shard of it (shards.h): its share of the identities; the selection is the same bit for bit. Only reads
// what is in the project beside that. Throws FieldError for a method that puts all faces in one order.
results::ShardResult selectShard(const project::Project& project, const SelectOptions& options,
                                 Progress& progress);

}  // namespace discern::pipeline
