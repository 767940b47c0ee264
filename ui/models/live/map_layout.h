// A stored map of two dimensions, less what is not on it. Any thread; no widgets.
#pragma once

#include <QPointF>
#include <QString>
#include <vector>

#include "core/project/project.h"

namespace discern::ui {

struct MapLayout {
  QString name, features;
  std::vector<int> samples;     // ascending
  std::vector<QPointF> points;  // one a sample
  qint64 of = 0;                // faces that could have been on it; more than samples: it shows some of them
  int iteration = 0, iterations = 0;
  double kl = 0;  // Kullback-Leibler divergence, nats

  explicit MapLayout(const project::MapRow& row);
  bool isSample() const { return of > static_cast<qint64>(samples.size()); }
  bool isComplete() const { return iteration >= iterations; }
  QString note() const;  // a sentence or two about both
  // Positions (in samples) of those of `chosen` (ascending) that are on the map.
  std::vector<int> positionsOf(const std::vector<int>& chosen) const;
};

}  // namespace discern::ui
