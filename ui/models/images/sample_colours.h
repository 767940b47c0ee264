// What images are told apart by on a map: a number of each, or which of a few kinds it is. Any thread; no
// widgets.
#pragma once

#include <QStringList>
#include <filesystem>
#include <memory>
#include <vector>

#include "core/analysis/selection_path.h"
#include "ui/models/images/sample_table.h"

namespace discern::ui {

// "identity", "scores:NAME", "point" (kept at the operating point), "lambda" (kept by the selection), "role",
// "damage", "verdict", "tags", "own:COLUMN" (of what the project knows), "table:COLUMN" (of a CSV).
struct ColourChoice {
  QString key, title;
};
// Those that this project has; tableColumns: of its CSV.
std::vector<ColourChoice> colourChoices(const Snapshot& snapshot, const QStringList& ownColumns,
                                        const QStringList& tableColumns);

struct ColourRequest {
  QString key;
  std::shared_ptr<const SampleTable> table;
  std::shared_ptr<const data::Protocol> protocol;       // of the operating point; may be null
  std::shared_ptr<const analysis::SelectionPath> path;  // may be null
  double lambda = 0;
  std::shared_ptr<const data::ScoreTable> scores;  // read before, for whoever asks for them again
  std::filesystem::path project, metadata;         // the folder; the CSV
  QString otherName, unknownName;                  // of kinds that are put together; of what has no value
  std::vector<int> samples = {};                   // whose
};

struct SampleColours {
  QString title;                     // "score (dscore)"
  std::vector<float> values = {};    // one of each asked for, NaN: not known; empty: they are of kinds
  double low = 0, high = 1;          // of the values
  std::vector<int> kinds = {};       // index into names
  QStringList names = {};            // the most frequent kinds, and what others are called
  std::vector<int> identities = {};  // in place of kinds where they are too many: each has its own colour

  std::shared_ptr<const data::ScoreTable> scores = {};  // that had to be read

  // Of the one at `position`: "0.532", "dropped"; empty: there is nothing to add.
  QString textOf(std::size_t position) const;
};
inline constexpr int kNamedKinds = 7;  // more of them are put together

// Throws Error: scores or a column that are gone, a CSV that cannot be read.
SampleColours coloursOf(const ColourRequest& request);

}  // namespace discern::ui
