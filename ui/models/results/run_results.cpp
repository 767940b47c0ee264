#include "ui/models/results/run_results.h"

#include <QLocale>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "core/jobs/stored.h"
#include "core/results/evaluate.h"
#include "core/results/stored.h"
#include "core/results/training.h"
#include "ui/language/words.h"
#include "ui/models/results/run_text.h"

namespace discern::ui {
namespace {

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

std::optional<double> known(double value) { return std::isnan(value) ? std::nullopt : std::optional(value); }

AggregationResult aggregation(const results::AggregationResult& row) {
  AggregationResult result;
  result.name = text(row.name);
  result.auc = row.auc;
  result.eer = row.eer;
  result.accuracy = known(row.accuracy);
  result.accuracyError = known(row.accuracyError);
  for (const auto& point : row.tar)
    result.tar.push_back({point.far, point.tar, point.low, point.high, point.supported});
  for (const auto& point : row.roc) result.roc.append({point.far, point.tar});
  result.keptShare = row.kept;
  result.computeShare = row.macsShare;
  result.milliseconds = row.millisecondsPerTemplate;
  return result;
}

EdcCurve edcCurve(const results::EdcCurve& curve) {
  EdcCurve result{text(curve.name), text(curve.variant), {}, curve.pauc};
  for (const auto& point : curve.curve) result.points.append({point.discarded, point.fnmr});
  return result;
}

std::vector<std::pair<QString, QString>> switchesOf(const project::RunRow& run) {
  std::vector<std::pair<QString, QString>> switches;
  std::set<std::string> told;
  for (const std::string* json : {&run.result, &run.options})
    for (const auto& [name, value] : results::topLevel(*json))
      if (told.insert(name).second) switches.emplace_back(text(name), valueText(value, 9));
  return switches;
}

SweepCurveRow sweepCurve(const sweep::Curve& curve) {
  SweepCurveRow row{text(curve.name), curve.isBaseline, {}};
  for (const auto& p : curve.points)
    row.points.push_back(
        {p.threshold, p.keptShare, p.tar, p.accuracy, p.cost.macs, p.cost.milliseconds, p.cost.share});
  return row;
}

}  // namespace

std::optional<EvaluationRun> evaluationOf(const project::RunRow& run) {
  const auto stored = results::resultOf<results::EvaluateResult>(run);
  if (!stored) return std::nullopt;
  EvaluationRun result;
  result.run = run.id;
  result.started = text(run.started);
  result.protocol = text(stored->protocol);
  result.features = text(stored->features);
  result.scores = text(stored->scores);
  result.trueScores = stored->trueScores;
  result.genuine = stored->genuine;
  result.impostor = stored->impostor;
  result.edcFmr = stored->edcFmr;
  result.templates = stored->templates;
  result.trained = stored->pairs.trained;
  for (const auto& row : stored->aggregations) result.aggregations.push_back(aggregation(row));
  for (const auto& curve : stored->edc) result.edc.push_back(edcCurve(curve));
  result.agreement = stored->agreement;
  result.switches = switchesOf(run);
  return result;
}

std::optional<SweepRun> sweepOf(const project::RunRow& run) {
  const auto stored = results::resultOf<results::SweepJobResult>(run);
  if (!stored) return std::nullopt;
  SweepRun result;
  result.run = run.id;
  result.started = text(run.started);
  result.protocol = text(stored->protocol);
  result.features = text(stored->features);
  result.scores = text(stored->scores);
  result.weights = text(stored->weights);
  result.lengths = stored->lengths;
  result.far = stored->far;
  if (!stored->supported()) result.impostors = stored->impostors;
  for (const auto& curve : stored->curves) result.curves.push_back(sweepCurve(curve));
  const auto [curve, point] = stored->knee.value_or(results::Knee{});
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

bool isOf(const SweepRun& sweep, const analysis::OperatingPoint& point) {
  return sweep.protocol.toStdString() == point.protocol && sweep.features.toStdString() == point.features &&
         sweep.scores.toStdString() == point.scores && sweep.lengths == point.lengths;
}

QString featuresText(const SweepRun& sweep) {
  return sweep.lengths == data::Lengths::Raw ? Words::tr("%1 as they are").arg(sweep.features)
                                             : sweep.features;
}

std::optional<SweepRun> sweepFor(const Snapshot& snapshot, const analysis::OperatingPoint& point) {
  std::optional<SweepRun> best;
  int bestFit = -1;
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run) {
    auto result = sweepOf(*run);
    if (!result || (!point.protocol.empty() && result->protocol.toStdString() != point.protocol)) continue;
    const int fit = !isOf(*result, point) ? 0 : result->weights.toStdString() == point.weights ? 2 : 1;
    if (fit <= bestFit) continue;
    bestFit = fit;
    best = std::move(result);
    if (fit == 2) break;
  }
  return best;
}

QString featuresOfHead(const project::ModelRow& head) {
  try {
    return text(fromJsonText<results::LearnedScores>(head.options, head.name).features);
  } catch (const Error&) {
    return {};
  }
}

QString scoresByHead(const Snapshot& snapshot, const QString& featureTable) {
  QStringList written;  // by a later run, whoever made it
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run) {
    if ((run->job != "predict" && run->job != "score") || run->status != "done") continue;
    const QString name = text(jobs::storedText(*run, "name"));
    if (written.contains(name)) continue;
    written << name;
    if (run->job != "predict") continue;
    const std::string model = jobs::storedText(*run, "network");
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
  if (!(far > 0)) return QLocale().toString(far, 'g', 3);
  const int exponent = int(std::lround(std::log10(far)));
  if (std::abs(far / std::pow(10, exponent) - 1) < 1e-9) return QString("1e%1").arg(exponent);
  return QLocale().toString(far, 'g', 3);
}

QString tooFewImpostors(qint64 impostors, double far) {
  return Words::tr(
             "Too few impostors: %L1 cannot support a false accept rate of %2; at least %L3 are needed.")
      .arg(impostors)
      .arg(farText(far))
      .arg(qint64(evaluation::leastImpostors(far)));
}

QString percentText(double share, int decimals) {
  return std::isfinite(share) ? QString("%L1 %").arg(100 * share, 0, 'f', decimals) : QString("–");
}

}  // namespace discern::ui
