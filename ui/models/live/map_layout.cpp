#include "ui/models/live/map_layout.h"

#include <algorithm>
#include <cmath>

#include "core/base/described.h"
#include "core/results/selection.h"
#include "ui/language/words.h"

namespace discern::ui {
MapLayout::MapLayout(const project::MapRow& row)
    : name(QString::fromStdString(row.name)), features(QString::fromStdString(row.features)), kl(row.kl) {
  for (std::int64_t i = 0; i < row.points.rows; ++i) {
    const auto point = row.points.row(i);
    if (!std::isfinite(point[0]) || !std::isfinite(point[1])) continue;
    samples.push_back(static_cast<int>(i));
    points.emplace_back(point[0], point[1]);
  }
  of = static_cast<qint64>(samples.size());
  try {
    const auto made = fromJsonText<results::MapProgress>(row.options, "a map");
    of = std::max(of, static_cast<qint64>(made.of));
    iteration = made.iteration;
    iterations = made.iterations;
  } catch (const Error&) {  // its points are what counts
  }
}

QString MapLayout::note() const {
  QString text = isSample() ? Words::tr("A sample: %L1 of %L2 {subjects}, drawn at random, are on this map.")
                                  .arg(samples.size())
                                  .arg(of)
                            : Words::tr("All %L1 {subjects} are on this map.").arg(samples.size());
  if (!isComplete()) text += ' ' + Words::tr("Iteration %L1 of %L2.").arg(iteration).arg(iterations);
  if (isComplete() && std::isfinite(kl) && kl > 0)
    text += ' ' + Words::tr("Divergence %L1.").arg(kl, 0, 'f', 3);
  return text;
}

std::vector<int> MapLayout::positionsOf(const std::vector<int>& chosen) const {
  std::vector<int> positions;
  std::size_t at = 0;
  for (const int sample : chosen) {
    while (at < samples.size() && samples[at] < sample) ++at;
    if (at < samples.size() && samples[at] == sample) positions.push_back(static_cast<int>(at));
  }
  return positions;
}

}  // namespace discern::ui
