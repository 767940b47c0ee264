// How well scores order images as their D-scores do.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/roster.h"
#include "core/data/score_table.h"

namespace discern::analysis {

// Rank correlation (Spearman) of a score table's raw values with the true D-score, on test identities alone:
// a report must not flatter a network with people it was trained on. NaN: too few images.
struct Agreement {
  std::string scores, truth;                // tables
  double within = 0, global = 0;            // all test images, degraded copies included
  double withinClean = 0, globalClean = 0;  // originals alone
  double withinDegraded = 0, globalDegraded = 0;
  std::int64_t images = 0, clean = 0;
  int identities = 0;  // with enough images for `within`
};

// Every table against the newest D-score table of `features`; without one, nothing. Tables
// with fewer than ten test images in common with it are left out. tables: oldest first.
std::vector<Agreement> agreements(const std::vector<data::ScoreTable>& tables, const Who& who,
                                  const std::string& features);

}  // namespace discern::analysis
