// An evaluation as the rows of a table and the list of its switches, for the page and the report. No widgets.
#pragma once

#include <QStringList>
#include <vector>

#include "ui/models/results/run_results.h"

namespace discern::ui {

struct EvaluationCell {
  QString text, tooltip;
  bool supported = true;  // false: greyed, too few impostors
};
struct EvaluationTable {
  QStringList columns;
  std::vector<std::vector<EvaluationCell>> rows;  // one an aggregation; the first cell is its name
};
EvaluationTable evaluationTable(const EvaluationRun& run);

// "far_rule: at most", one a line: everything that a number of the table depends on.
QStringList evaluationSwitches(const EvaluationRun& run);

}  // namespace discern::ui
