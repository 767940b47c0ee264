// Scores for every image of a project: D-score and the comparators beside it.
#pragma once

#include "core/base/progress.h"
#include "core/jobs/score.h"
#include "core/project/project.h"
#include "core/results/scores.h"

namespace discern::pipeline {

using jobs::ScoreJobOptions;
using results::ScoreJobResult;

// Throws Error when not one image can be scored. dscore also stores the settings kProbablySame and, for
// train-ddnet, scoreOptions. Every method stores scoreModel (analysis/settings.h).
ScoreJobResult score(project::Project& project, const ScoreJobOptions& options, Progress& progress);

}  // namespace discern::pipeline
