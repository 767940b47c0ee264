#include "ui/models/results/evaluation_table.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/language/words.h"

namespace discern::ui {
namespace {

EvaluationCell tarCell(const EvaluationRun& run, const AggregationResult& aggregation, double far) {
  const auto point = std::find_if(aggregation.tar.begin(), aggregation.tar.end(),
                                  [far](const OperatingPoint& p) { return p.far == far; });
  if (point == aggregation.tar.end()) return {"–", {}};
  if (!point->supported) return {"–", tooFewImpostors(run.impostor, far), false};
  QString text = percentText(point->tar, 2);
  if (point->high > point->low)
    text += QString("  (%L1–%L2)").arg(100 * point->low, 0, 'f', 1).arg(100 * point->high, 0, 'f', 1);
  return {text, Words::tr("In brackets the 95 % interval.")};
}

EvaluationCell accuracyCell(const AggregationResult& aggregation) {
  if (!aggregation.accuracy) return {"–", {}};
  const QString error = aggregation.accuracyError
                            ? QString(" ± %L1").arg(100 * *aggregation.accuracyError, 0, 'f', 2)
                            : QString();
  return {
      QString("%L1%2 %").arg(100 * *aggregation.accuracy, 0, 'f', 2).arg(error),
      Words::tr(
          "Mean of the folds, each at the threshold that is best on the others, and its standard error.")};
}

}  // namespace

EvaluationTable evaluationTable(const EvaluationRun& run) {
  std::vector<double> fars;
  bool folds = false;
  for (const AggregationResult& aggregation : run.aggregations) {
    folds = folds || aggregation.accuracy.has_value();
    for (const OperatingPoint& point : aggregation.tar)
      if (std::find(fars.begin(), fars.end(), point.far) == fars.end()) fars.push_back(point.far);
  }
  std::sort(fars.begin(), fars.end());
  EvaluationTable table;
  table.columns = {Words::tr("Aggregation"), Words::tr("AUC"), Words::tr("EER")};
  if (folds) table.columns << Words::tr("Accuracy");
  for (const double far : fars) table.columns << Words::tr("TAR @ %1").arg(farText(far));
  table.columns << Words::tr("Compute") << "ms";
  for (const AggregationResult& aggregation : run.aggregations) {
    std::vector<EvaluationCell> row = {{aggregation.name, {}},
                                       {QLocale().toString(aggregation.auc, 'f', 5), {}},
                                       {percentText(aggregation.eer, 2), {}}};
    if (folds) row.push_back(accuracyCell(aggregation));
    for (const double far : fars) row.push_back(tarCell(run, aggregation, far));
    const bool timed = std::isfinite(aggregation.milliseconds) && aggregation.milliseconds > 0;
    row.push_back({percentText(aggregation.computeShare),
                   Words::tr("%1 of the {samples} kept").arg(percentText(aggregation.keptShare))});
    row.push_back({timed ? QLocale().toString(aggregation.milliseconds, 'f', 1) : QString("–"),
                   Words::tr("Per {group}.")});
    table.rows.push_back(std::move(row));
  }
  return table;
}

QStringList evaluationSwitches(const EvaluationRun& run) {
  QStringList lines = {Words::tr("run: %1").arg(run.run), Words::tr("started: %1").arg(run.started)};
  if (run.trained > 0)
    lines << Words::tr(
                 "%L1 of its %L2 {groups} are of training {identities}: a network that was trained on them "
                 "is flattered")
                 .arg(run.trained)
                 .arg(run.templates);
  for (const auto& [name, text] : run.switches) lines << QString("%1: %2").arg(name, text);
  for (const EdcCurve& curve : run.edc)
    lines << Words::tr("pAUC %1 (%2): %L3").arg(curve.name, curve.variant).arg(curve.pauc, 0, 'g', 4);
  for (const auto& row : run.agreement)
    lines
        << Words::tr(
               "rank correlation of %1 with the true score: %L2 in all, %L3 within identities, %L4 within on "
               "originals")
               .arg(QString::fromStdString(row.scores))
               .arg(row.global, 0, 'f', 3)
               .arg(row.within, 0, 'f', 3)
               .arg(row.withinClean, 0, 'f', 3);
  return lines;
}

}  // namespace discern::ui
