#include "ui/models/training_curves.h"

#include <algorithm>

namespace discern::ui {
namespace {

bool countsEpochs(const TrainingCurve& curve) { return curve.name.startsWith("validation/"); }

}  // namespace

void addPoint(TrainingCurves& curves, const QString& name, double step, double value) {
  auto curve =
      std::find_if(curves.begin(), curves.end(), [&](const TrainingCurve& c) { return c.name == name; });
  if (curve == curves.end()) curve = curves.insert(curves.end(), TrainingCurve{name, {}});
  curve->points.append({step, value});
}

TrainingCurves trainingCurves(const std::vector<project::MetricRow>& metrics) {
  TrainingCurves curves;
  for (const project::MetricRow& metric : metrics)
    addPoint(curves, QString::fromStdString(metric.name), double(metric.step), metric.value);
  double lastStep = 0, lastEpoch = 0;
  for (const TrainingCurve& curve : curves) {
    double& last = countsEpochs(curve) ? lastEpoch : lastStep;
    last = std::max(last, curve.points.back().x());
  }
  if (lastStep <= 0 || lastEpoch <= 0) return curves;
  for (TrainingCurve& curve : curves)
    if (countsEpochs(curve))
      for (QPointF& point : curve.points) point.setX(point.x() * lastStep / lastEpoch);
  return curves;
}

}  // namespace discern::ui
