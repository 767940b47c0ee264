#include "ui/models/results/identification.h"

#include <QJsonArray>
#include <QJsonObject>

#include "ui/models/results/run_results.h"
#include "ui/models/results/run_text.h"

namespace discern::ui {
namespace {

QString rankText(const IdentifyRun& run, int rank) {
  return rank <= run.cmc.size() ? percentText(run.cmc[rank - 1], 2) : QString("–");
}

}  // namespace

std::optional<IdentifyRun> identifyRunOf(const project::RunRow& run) {
  const QJsonObject object = objectOf(run.result);
  if (run.job != "identify" || run.status != "done" || object.isEmpty()) return std::nullopt;
  IdentifyRun result;
  result.run = run.id;
  result.benchmark = object["benchmark"].toString();
  result.features = object["features"].toString();
  result.identities = object["identities"].toInteger();
  result.probes = object["probes"].toInteger();
  result.strangers = object["strangers"].toInteger();
  for (const QJsonValue& share : object["cmc"].toArray()) result.cmc.append(share.toDouble());
  for (const QJsonValue& value : object["tpir"].toArray()) {
    const QJsonObject point = value.toObject();
    result.tpir.push_back(
        {point["fpir"].toDouble(), point["tpir"].toDouble(), point["supported"].toBool(true)});
  }
  for (const QJsonValue& value : object["by_distance"].toArray()) {
    const QJsonObject group = value.toObject();
    result.byDistance.emplace_back(group["distance"].toVariant().toString(), group["rank1"].toDouble());
  }
  result.top1Error = optionalNumber(object["top1_error"]);
  result.top5Error = optionalNumber(object["top5_error"]);
  return result;
}

std::vector<IdentifyRun> identifyRuns(const Snapshot& snapshot) {
  std::vector<IdentifyRun> results;
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run)
    if (auto result = identifyRunOf(*run)) results.push_back(std::move(*result));
  return results;
}

QStringList identifyColumns() {
  return {"Run",       "Benchmark", "Features", "Identities", "Probes",
          "Strangers", "Rank 1",    "Rank 5",   "Rank 10",    "Also"};
}

QStringList identifyRow(const IdentifyRun& run) {
  QStringList also;
  for (const auto& [distance, rate] : run.byDistance)
    also << QString("distance %1: %2").arg(distance, percentText(rate, 2));
  for (const IdentifyRun::Tpir& point : run.tpir)
    if (point.supported)
      also << QString("TPIR @ FPIR %1: %2").arg(farText(point.fpir), percentText(point.tpir, 2));
  if (run.top1Error) also << "top-1 error " + percentText(*run.top1Error, 2);
  if (run.top5Error) also << "top-5 error " + percentText(*run.top5Error, 2);
  return {QString::number(run.run),
          run.benchmark,
          run.features,
          QString("%L1").arg(run.identities),
          QString("%L1").arg(run.probes),
          QString("%L1").arg(run.strangers),
          rankText(run, 1),
          rankText(run, 5),
          rankText(run, 10),
          also.join("; ")};
}

}  // namespace discern::ui
