#include "ui/models/results/identification.h"

#include <algorithm>
#include <iterator>

#include "core/results/evaluate.h"
#include "core/results/stored.h"
#include "ui/language/words.h"
#include "ui/models/results/run_results.h"

namespace discern::ui {
namespace {

QString rankText(const IdentifyRun& run, int rank) {
  return rank <= run.cmc.size() ? percentText(run.cmc[rank - 1], 2) : QString("–");
}

std::vector<IdentifyRun> identifyRunsOf(const project::RunRow& run) {
  const auto stored = results::resultOf<results::IdentifyResult>(run);
  if (!stored) return {};
  IdentifyRun result;
  result.run = run.id;
  result.benchmark = QString::fromStdString(stored->benchmark);
  result.features = QString::fromStdString(stored->features);
  result.identities = stored->identities;
  result.probes = stored->probes;
  result.strangers = stored->strangers;
  for (const double share : stored->cmc) result.cmc.append(share);
  for (const auto& point : stored->tpir) result.tpir.push_back({point.fpir, point.tpir, point.supported});
  for (const auto& group : stored->byDistance) result.byDistance.emplace_back(group.group, group.rate);
  result.top1Error = stored->top1Error;
  result.top5Error = stored->top5Error;
  result.reductionStart = QString::fromStdString(stored->reductionStart);
  result.aggregation = QString::fromStdString(stored->aggregation);
  result.meanPrecision = stored->meanPrecision;
  if (stored->tracklets.empty() && stored->actions.empty()) return {std::move(result)};
  std::vector<IdentifyRun> rows;
  for (const auto& row : stored->actions) {
    result.top1Error = result.top5Error = std::nullopt;
    result.aggregation = QString::fromStdString(row.aggregation + ", " + row.classifier);
    result.top1 = row.accuracy.top1;
    result.top5 = row.accuracy.top5;
    result.compute = row.compute;
    rows.push_back(result);
  }
  for (const auto& row : stored->tracklets) {
    result.aggregation = QString::fromStdString(row.aggregation);
    result.cmc = QVector<double>(row.cmc.begin(), row.cmc.end());
    result.meanPrecision = row.meanPrecision;
    result.stepMeanPrecision = row.stepMeanPrecision;
    rows.push_back(result);
  }
  return rows;
}

}  // namespace

std::vector<IdentifyRun> identifyRuns(const Snapshot& snapshot) {
  std::vector<IdentifyRun> results;
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run)
    std::ranges::move(identifyRunsOf(*run), std::back_inserter(results));
  return results;
}

QString benchmarkText(const IdentifyRun& run) {
  return run.aggregation.isEmpty() ? run.benchmark : run.benchmark + ", " + run.aggregation;
}

QStringList identifyColumns() {
  return {Words::tr("Run"),     Words::tr("Benchmark"), Words::tr("Features"), Words::tr("Identities"),
          Words::tr("Probes"),  Words::tr("Strangers"), Words::tr("Rank 1"),   Words::tr("Rank 5"),
          Words::tr("Rank 10"), Words::tr("Also")};
}

QStringList identifyRow(const IdentifyRun& run, const QLocale& locale) {
  QStringList also;
  if (run.meanPrecision) also << Words::tr("mAP %1").arg(percentText(*run.meanPrecision, 2));
  if (run.stepMeanPrecision)
    also << Words::tr("rank 20 %1").arg(rankText(run, 20))
         << Words::tr("mAP with queries out %1").arg(percentText(*run.stepMeanPrecision, 2));
  for (const auto& [distance, rate] : run.byDistance)
    also << Words::tr("distance %1: %2").arg(QString::number(distance), percentText(rate, 2));
  for (const IdentifyRun::Tpir& point : run.tpir)
    if (point.supported)
      also << Words::tr("TPIR @ FPIR %1: %2").arg(farText(point.fpir), percentText(point.tpir, 2));
  if (run.top1)
    also << Words::tr("top-1 %1").arg(percentText(*run.top1, 2))
         << Words::tr("top-5 %1").arg(percentText(*run.top5, 2))
         << Words::tr("compute %1").arg(percentText(*run.compute, 1));
  if (run.top1Error) also << Words::tr("top-1 error %1").arg(percentText(*run.top1Error, 2));
  if (run.top5Error) also << Words::tr("top-5 error %1").arg(percentText(*run.top5Error, 2));
  if (run.reductionStart == "own") also << Words::tr("reduction from the student's own layer");
  if (run.reductionStart == "random") also << Words::tr("reduction from random weights");
  return {QString::number(run.run),
          benchmarkText(run),
          run.features,
          locale.toString(run.identities),
          locale.toString(run.probes),
          locale.toString(run.strangers),
          rankText(run, 1),
          rankText(run, 5),
          rankText(run, 10),
          also.join("; ")};
}

}  // namespace discern::ui
