// What the Scores page shows, worked out from a SampleTable in any thread.
#pragma once

#include <QString>
#include <memory>
#include <string>
#include <vector>

#include "ui/models/images/sample_table.h"

namespace discern::ui {

enum class RowOrder { WorstFirst, BestFirst, Name, MostImages };

struct ScoreOverview {
  struct Row {
    int identity = -1;
    QString name;
    std::vector<int> samples;  // lowest score first; those without one at the end
    std::vector<float> scores;
    double mean = 0;  // NaN: none scored
  };
  struct Distribution {
    QString name;
    std::vector<float> scores;
  };
  std::vector<Row> rows;                                    // identities with at least one scored image
  std::vector<Distribution> distributions;                  // by role, when there are several
  std::vector<int> worst, best;                             // samples, most extreme first
  int scored = 0, scoredCopies = 0;                         // of the scored: degraded copies
  std::vector<std::pair<data::ScoreStatus, int>> unscored;  // how many, by reason
};

ScoreOverview scoreOverview(const SampleTable& table, RowOrder order, int extremes);

}  // namespace discern::ui
