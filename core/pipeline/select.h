// The lambda path of a project's training faces, and what it says about them (SKD, section 3.2).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/jobs/select.h"
#include "core/project/project.h"

namespace discern::pipeline {

using jobs::SelectOptions;

struct SelectPoint {
  double lambda = 0, normalised = 0;  // raw and divided by the number of other centroids
  std::int64_t kept = 0;
  int emptyIdentities = 0;  // identities of several faces with none kept
  // Over identities of which some faces are kept and some discarded: the share
  // of the discarded that are among as many lowest D-scores of their identity,
  // and what chance would give; NaN: no scores, or no such identity.
  double lowScores = 0, lowScoresChance = 0;
  double swappedDropped = 0, cleanDropped = 0;  // shares; NaN: nothing was swapped
};

struct SelectResult {
  std::string name, features, scores;
  std::int64_t faces = 0, neverKept = 0, pairs = 0, clampedPairs = 0, centers = 0, breakpoints = 0,
               swapped = 0;
  int identities = 0;
  double scoreSpearman = 0;  // of -enters with the D-score, mean within identities; NaN: no scores
  double seconds = 0;        // of the path alone
  std::vector<SelectPoint> points;
};

SelectResult select(project::Project& project, const SelectOptions& options, Progress& progress);
std::string toJson(const SelectResult& result);

}  // namespace discern::pipeline
