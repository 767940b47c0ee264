// Scores for every image of a project: D-score and the comparators beside it.
#pragma once

#include "core/base/progress.h"
#include "core/jobs/score.h"
#include "core/project/project.h"
#include "core/results/data_results.h"
#include "core/results/scores.h"

namespace discern::pipeline {

using jobs::ScoreJobOptions;
using results::ScoreJobResult;

// Throws Error when not one image can be scored. dscore also stores the settings kProbablySame and, for
// train-ddnet, scoreOptions. Every method stores scoreModel (analysis/settings.h).
// With shards.merge it takes what shards have compared, and throws Error that names the one which is missing.
ScoreJobResult score(project::Project& project, const ScoreJobOptions& options, Progress& progress);

// One shard of it (shards.h): its share of the images against all centroids; the scores are the same bit for
// bit. Only reads what is in the project beside that.
results::ShardResult scoreShard(const project::Project& project, const ScoreJobOptions& options,
                                Progress& progress);

}  // namespace discern::pipeline
