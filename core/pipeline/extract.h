// Features of every image of a project by one base model; only rows that are missing are computed.
#pragma once

#include "core/base/progress.h"
#include "core/jobs/extract.h"
#include "core/project/project.h"
#include "core/results/data_results.h"

namespace discern::pipeline {

using jobs::ExtractOptions;
using results::ExtractResult;

// Images that were replaced on the disk are made again. Those that cannot be read get a problem in the
// project, those for which only this model gives no finite feature one of the feature table; both are tried
// again by each call. Throws Error when that is all of them, and leaves the project as it was.
// With shards.merge it takes what shards have made, and throws Error that names the one which is missing.
ExtractResult extract(project::Project& project, const ExtractOptions& options, Progress& progress);

// One shard of it (shards.h): the same rows bit for bit. Only reads what is in the project beside that.
results::ShardResult extractShard(const project::Project& project, const ExtractOptions& options,
                                  Progress& progress);

}  // namespace discern::pipeline
