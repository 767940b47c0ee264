#include "ui/models/results/run_results.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "ui/models/results/run_text.h"

namespace discern::ui {
namespace {

QVector<QPointF> points(const QJsonValue& value) {
  QVector<QPointF> result;
  for (const QJsonValue& point : value.toArray())
    result.append({numberOf(point.toArray().at(0)), numberOf(point.toArray().at(1))});
  return result;
}

std::optional<QJsonObject> resultOf(const project::RunRow& run, const char* job) {
  if (run.job != job || run.status != "done") return std::nullopt;
  const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(run.result));
  if (!document.isObject()) return std::nullopt;
  return document.object();
}

// Of all the compute. A result that does not state it had no cost to save; null: it is not known.
double computeShare(const QJsonObject& object, const char* key) {
  const QJsonValue share = object[QLatin1String(key)];
  return share.isUndefined() ? 1 : numberOf(share);
}

AggregationResult aggregation(const QJsonObject& object) {
  AggregationResult result;
  result.name = object["name"].toString();
  result.auc = numberOf(object["auc"]);
  result.eer = numberOf(object["eer"]);
  result.accuracy = optionalNumber(object["accuracy"]);
  result.accuracyError = optionalNumber(object["accuracy_se"]);
  for (const QJsonValue& value : object["tar"].toArray()) {
    const QJsonObject point = value.toObject();
    const double tar = numberOf(point["tar"]);
    result.tar.push_back({numberOf(point["far"]), tar, numberOf(point["low"], tar),
                          numberOf(point["high"], tar), point["supported"].toBool(true)});
  }
  result.roc = points(object["roc"]);
  result.keptShare = numberOf(object["kept"], 1);
  result.computeShare = computeShare(object, "macs_share");
  result.milliseconds = numberOf(object["ms_per_template"]);
  return result;
}

SweepPointRow sweepPoint(const QJsonObject& object) {
  return {numberOf(object["threshold"]), numberOf(object["kept"], 1), numberOf(object["tar"]),
          numberOf(object["accuracy"]),  numberOf(object["macs"]),    numberOf(object["ms"]),
          computeShare(object, "share")};
}

}  // namespace

std::optional<EvaluationRun> evaluationOf(const project::RunRow& run) {
  const auto object = resultOf(run, "evaluate");
  if (!object) return std::nullopt;
  EvaluationRun result;
  result.run = run.id;
  result.started = QString::fromStdString(run.started);
  result.protocol = (*object)["protocol"].toString();
  result.features = (*object)["features"].toString();
  result.scores = (*object)["scores"].toString();
  result.genuine = (*object)["genuine"].toInteger();
  result.impostor = (*object)["impostor"].toInteger();
  for (const QJsonValue& value : (*object)["aggregations"].toArray())
    result.aggregations.push_back(aggregation(value.toObject()));
  for (const QJsonValue& value : (*object)["edc"].toArray()) {
    const QJsonObject curve = value.toObject();
    result.edc.push_back({curve["name"].toString(), curve["variant"].toString(), points(curve["curve"]),
                          numberOf(curve["pauc"])});
  }
  result.options = objectOf(run.options);
  result.settings = *object;
  for (const char* key : {"aggregations", "edc"}) result.settings.remove(QLatin1String(key));
  return result;
}

std::optional<SweepRun> sweepOf(const project::RunRow& run) {
  const auto object = resultOf(run, "sweep");
  if (!object) return std::nullopt;
  SweepRun result;
  result.run = run.id;
  result.started = QString::fromStdString(run.started);
  result.protocol = (*object)["protocol"].toString();
  result.features = (*object)["features"].toString();
  result.scores = (*object)["scores"].toString();
  result.weights = (*object)["weights"].toString();
  result.far = numberOf((*object)["far"], 1e-3);
  for (const QJsonValue& value : (*object)["curves"].toArray()) {
    const QJsonObject curve = value.toObject();
    SweepCurveRow row{curve["name"].toString(), curve["baseline"].toBool(), {}};
    for (const QJsonValue& point : curve["points"].toArray())
      row.points.push_back(sweepPoint(point.toObject()));
    result.curves.push_back(std::move(row));
  }
  const QJsonObject knee = (*object)["knee"].toObject();
  const int curve = knee["curve"].toInt(-1), point = knee["point"].toInt(-1);
  if (curve >= 0 && curve < int(result.curves.size()) && point >= 0 &&
      point < int(result.curves[std::size_t(curve)].points.size())) {
    result.kneeCurve = curve;
    result.kneePoint = point;
  }
  return result;
}

std::vector<EvaluationRun> evaluations(const Snapshot& snapshot, const QString& protocol) {
  std::vector<EvaluationRun> results;
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run)
    if (auto result = evaluationOf(*run); result && (protocol.isEmpty() || result->protocol == protocol))
      results.push_back(std::move(*result));
  return results;
}

std::optional<SweepRun> latestSweep(const Snapshot& snapshot, const QString& protocol) {
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run)
    if (auto result = sweepOf(*run); result && (protocol.isEmpty() || result->protocol == protocol))
      return result;
  return std::nullopt;
}

std::optional<SweepRun> sweepFor(const Snapshot& snapshot, const analysis::OperatingPoint& point) {
  const auto is = [](const QString& name, const std::string& wanted) { return name.toStdString() == wanted; };
  std::optional<SweepRun> best;
  int bestFit = -1;
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run) {
    auto result = sweepOf(*run);
    if (!result || (!point.protocol.empty() && !is(result->protocol, point.protocol))) continue;
    const bool same = is(result->features, point.features) && is(result->scores, point.scores);
    const int fit = !same ? 0 : is(result->weights, point.weights) ? 2 : 1;
    if (fit <= bestFit) continue;
    bestFit = fit;
    best = std::move(result);
    if (fit == 2) break;
  }
  return best;
}

QString featuresOfHead(const project::ModelRow& head) {
  return objectOf(head.options)["features"].toString();
}

QString scoresByHead(const Snapshot& snapshot, const QString& featureTable) {
  QStringList written;  // by a later run, whoever made it
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run) {
    if ((run->job != "predict" && run->job != "score") || run->status != "done") continue;
    const QJsonObject options = objectOf(run->options);
    QString name = options["name"].toString();
    if (written.contains(name)) continue;
    written << name;
    if (run->job != "predict") continue;
    const auto model = options["model"].toString().toStdString();
    for (const auto& row : snapshot.models)
      if (row.kind == "head" && row.name == model && featuresOfHead(row) == featureTable) return name;
  }
  return {};
}

std::vector<int> paretoFront(const std::vector<QPointF>& points) {
  std::vector<int> order(points.size());
  std::iota(order.begin(), order.end(), 0);
  std::erase_if(order, [&](int i) {
    return !std::isfinite(points[std::size_t(i)].x()) || !std::isfinite(points[std::size_t(i)].y());
  });
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    const QPointF p = points[std::size_t(a)], q = points[std::size_t(b)];
    return p.x() != q.x() ? p.x() < q.x() : p.y() > q.y();
  });
  std::vector<int> front;
  double best = -std::numeric_limits<double>::infinity();
  for (const int i : order) {
    if (points[std::size_t(i)].y() <= best) continue;
    best = points[std::size_t(i)].y();
    front.push_back(i);
  }
  return front;
}

QString farText(double far) {
  const int exponent = int(std::lround(std::log10(far)));
  if (std::abs(far / std::pow(10, exponent) - 1) < 1e-9) return QString("1e%1").arg(exponent);
  return QString::number(far, 'g', 3);
}

QString percentText(double share, int decimals) {
  return std::isfinite(share) ? QString("%1 %").arg(100 * share, 0, 'f', decimals) : QString("–");
}

}  // namespace discern::ui
