// The rows of the heat map: the templates of a protocol or the identities, an image a cell; for any thread.
#pragma once

#include <QString>
#include <limits>
#include <memory>
#include <vector>

#include "core/analysis/template_match.h"
#include "ui/models/images/sample_table.h"

namespace discern::ui {

enum class HeatRowsOf { Templates, Identities };
enum class CellOrder { LowestFirst, AsTheyAre };
// What rows are sorted by; the worst (or the first by name) come first.
enum class RowSort { Mean, Images, Name, Kept, WorstGenuine, BestImpostor, Rank };

struct HeatRow {
  QString name;
  int key = -1;                        // index of the template or identity
  std::vector<int> samples;            // that are shown
  std::vector<float> values, leaving;  // colour; from which threshold on it is dropped
  double mean = 0;                     // of the values; NaN: there is none
  analysis::TemplateRow match;         // empty until addMatches
  double kept = std::numeric_limits<double>::quiet_NaN();
};

struct HeatRequest {
  std::shared_ptr<const SampleTable> table;         // whose scores drop
  std::shared_ptr<const data::ScoreTable> colours;  // null: the table's scores
  std::shared_ptr<const data::Protocol> protocol;   // as it is stored; null: there are identities only
  HeatRowsOf rows = HeatRowsOf::Templates;
  CellOrder order = CellOrder::LowestFirst;
};
// Templates as they are compared today (their place is their key), or identities with their images. Rows
// without an image that is shown are left out, and identities without a coloured one.
std::vector<HeatRow> heatRows(const HeatRequest& request);

// What each row keeps at `threshold`, and how it matches: an identity as its templates together.
// identityOf: of each template; report: null: not known.
void addMatches(std::vector<HeatRow>& rows, HeatRowsOf of, const analysis::TemplateReport* report,
                const std::vector<int>& identityOf, double threshold);

// Rows without that number come last, either way round.
void sortRows(std::vector<HeatRow>& rows, RowSort by, bool reversed);

}  // namespace discern::ui
