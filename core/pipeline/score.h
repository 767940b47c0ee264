// Scores for every image of a project: D-score and the comparators beside it.
#pragma once

#include <string>

#include "core/base/progress.h"
#include "core/discriminability/dscore.h"
#include "core/jobs/score.h"
#include "core/project/project.h"

namespace discern::pipeline {

using jobs::ScoreJobOptions;

struct ScoreJobResult {
  std::string name, features;
  std::int64_t scored = 0;
  std::int64_t notScored = 0;  // asked for, but without a number: see statuses
  std::vector<std::pair<std::string, std::int64_t>> statuses;  // per ScoreStatus
  double mean = 0, sigma = 0;                                  // of the ratio
  double scoreAtZero =
      0;  // sigmoid(-mean / sigma), of a raw value of 0: few thresholds below it drop anything
  std::vector<discriminability::SamePerson> probablySame;
};

// Throws Error when not one image can be scored. dscore also stores the settings kProbablySame and, for
// train-ddnet, scoreOptions. Every method stores scoreModel (analysis/settings.h).
ScoreJobResult score(project::Project& project, const ScoreJobOptions& options, Progress& progress);

}  // namespace discern::pipeline
