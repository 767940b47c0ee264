#include "ui/models/results/training_curves.h"

#include <QHash>
#include <algorithm>
#include <cmath>

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

QString metricTitle(const QString& name) {
  static const QHash<QString, QString> titles{{"validation/spearman", "rank correlation"},
                                              {"validation/spearman_clean", "on clean images"},
                                              {"validation/cosine", "held-out cosine to the teacher"}};
  if (const auto known = titles.find(name); known != titles.end()) return *known;
  QString title = name;
  title.replace("train/", "training ").replace("validation/", "held-out ");
  return title.replace('/', ' ').replace('_', ' ');
}

CondensedPoints condensed(const QVector<QPointF>& points, int most) {
  if (points.size() <= most) return {points, {}};
  const qsizetype each = (points.size() + most - 1) / most;
  CondensedPoints all;
  for (qsizetype begin = 0; begin < points.size(); begin += each) {
    const auto n = double(std::min(each, points.size() - begin));
    QPointF sum;
    double squares = 0;
    for (qsizetype i = begin; i < begin + qsizetype(n); ++i) {
      sum += points[i];
      squares += points[i].y() * points[i].y();
    }
    const QPointF mean = sum / n;
    all.points.append(mean);
    all.deviation.append(std::sqrt(std::max(0.0, squares / n - mean.y() * mean.y())));
  }
  return all;
}

}  // namespace discern::ui
