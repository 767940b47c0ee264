// How the scores of a SampleTable are distributed, and who is at their ends; for any thread.
#pragma once

#include <QString>
#include <string>
#include <utility>
#include <vector>

#include "ui/models/images/sample_table.h"

namespace discern::ui {

// Of the samples that are shown.
struct ScoreOverview {
  struct Distribution {
    QString name;
    std::vector<float> scores;
  };
  std::vector<Distribution> distributions;                  // by role, when there are several
  std::vector<int> worst, best;                             // samples, most extreme first
  int scored = 0, scoredCopies = 0;                         // of the scored: degraded copies
  std::vector<std::pair<data::ScoreStatus, int>> unscored;  // how many, by reason
};

ScoreOverview scoreOverview(const SampleTable& table, int extremes);

}  // namespace discern::ui
