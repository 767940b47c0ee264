// The metrics of a training as curves over its steps. No widgets.
#pragma once

#include <QPointF>
#include <QString>
#include <QVector>
#include <vector>

#include "core/project/project.h"

namespace discern::ui {

struct TrainingCurve {
  QString name;             // "train/loss"
  QVector<QPointF> points;  // (step, value)
};
using TrainingCurves = std::vector<TrainingCurve>;

void addPoint(TrainingCurves& curves, const QString& name, double step, double value);
// Of a stored run. Training counts steps and validation epochs: validation stands where training was by then.
TrainingCurves trainingCurves(const std::vector<project::MetricRow>& metrics);
// What people call it: "held-out loss" for "validation/loss".
QString metricTitle(const QString& name);

// At most `most` points: means of as many neighbours each, with their standard deviation. Fewer are left as
// they are, without deviation.
struct CondensedPoints {
  QVector<QPointF> points;
  QVector<double> deviation;
};
CondensedPoints condensed(const QVector<QPointF>& points, int most);

}  // namespace discern::ui
