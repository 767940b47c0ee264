#include "ui/pages/figures.h"

#include <algorithm>
#include <cmath>

#include "core/aggregation/methods.h"
#include "core/evaluation/protocols.h"
#include "core/evaluation/slices.h"
#include "core/evaluation/verification.h"
#include "ui/charts/styles.h"
#include "ui/language/words.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/results/run_text.h"
#include "ui/models/results/training_chain.h"

namespace discern::ui {
namespace {

constexpr double kLowestFar = 1e-6, kHighestFar = 1e-1;
constexpr int kMostPoints = 80;  // a curve of single steps is noise

// What the axis shows. A false accept rate of 0 has no
// place on a logarithmic one: it is drawn at the left edge.
QVector<QPointF> onLogAxis(const QVector<QPointF>& points) {
  QVector<QPointF> result;
  for (QPointF point : points) {
    point.setX(std::max(point.x(), kLowestFar));
    if (point.x() > kHighestFar) break;
    if (!result.isEmpty() && result.back().x() == point.x()) result.removeLast();
    result.append(point);
  }
  if (!result.isEmpty() && result.back().x() < kHighestFar) result.append({kHighestFar, result.back().y()});
  return result;
}

LineSeries stairs(const QString& name, QVector<QPointF> points) {
  LineSeries series;
  series.name = name;
  series.points = std::move(points);
  return series;
}

// What the axis calls a metric that is no loss.
QString qualityTitle(const QString& metric) {
  if (metric.contains("spearman")) return Words::tr("rank correlation");
  return metric.endsWith("accuracy") ? Words::tr("accuracy") : engineText(metricTitle(metric));
}

}  // namespace

namespace {

AxisOptions farAxis() {
  return {.title = Words::tr("false accept rate"),
          .log = true,
          .low = kLowestFar,
          .high = kHighestFar,
          .percent = false};
}

void setUpRoc(LineChart& chart) {
  chart.setTitle(Words::tr("ROC"));
  chart.setXAxis(farAxis());
  chart.setYAxis(
      {.title = Words::tr("true accept rate"), .log = false, .low = {}, .high = 1, .percent = true});
}

// The false match rate that an error-versus-discard chart is at, and whether the impostors support it; 0: it
// is not known.
void setFmr(LineChart& chart, double fmr, bool supported) {
  chart.setYAxis({.title = fmr > 0 ? Words::tr("false non-match rate at FMR %1").arg(farText(fmr))
                                   : Words::tr("false non-match rate"),
                  .log = false,
                  .low = 0,
                  .high = {},
                  .percent = true});
  const bool grey = fmr > 0 && !supported;
  chart.setUnsupported(grey ? std::optional(std::pair(0.0, 1.0)) : std::nullopt,
                       Words::tr("too few impostors"));
}

void setUpEdc(LineChart& chart, const QString& title) {
  chart.setTitle(title);
  chart.setXAxis(
      {.title = Words::tr("comparisons discarded"), .log = false, .low = 0, .high = 1, .percent = true});
  setFmr(chart, 0, true);
}

// Below that a false accept rate says nothing.
void greyUnsupported(LineChart& chart, qint64 impostors) {
  const double floor = evaluation::lowestFar(impostors);
  std::optional<std::pair<double, double>> grey;
  if (floor > kLowestFar) grey = std::pair{kLowestFar, std::min(floor, kHighestFar)};
  chart.setUnsupported(grey, Words::tr("too few impostors"));
}

}  // namespace

void setUpCharts(const EvaluationCharts& charts) {
  setUpRoc(charts.roc);
  setUpEdc(charts.edc, Words::tr("Error versus discard"));
  charts.det.setTitle(Words::tr("DET"));
  charts.det.setEmptyText(Words::tr("No genuine comparison is rejected."));
  charts.det.setXAxis(farAxis());
  charts.det.setYAxis(
      {.title = Words::tr("false reject rate"), .log = true, .low = {}, .high = {}, .percent = false});
  charts.edc.setEmptyText(Words::tr("This evaluation has no error-versus-discard curve."));
}

void showEvaluation(const EvaluationCharts& charts, const EvaluationRun& run, const QStringList& drawn) {
  QVector<LineSeries> roc, det, edc;
  QStringList all;
  for (const AggregationResult& aggregation : run.aggregations) {
    all << aggregation.name;
    if (!drawn.contains(aggregation.name)) continue;
    roc.append(stairs(aggregation.name, onLogAxis(aggregation.roc)));
    QVector<QPointF> misses;
    for (const QPointF& point : onLogAxis(aggregation.roc)) misses.append({point.x(), 1 - point.y()});
    det.append(stairs(aggregation.name, misses));
  }
  for (const EdcCurve& curve : run.edc) {
    LineSeries series = stairs(QString("%1 (%2)").arg(curve.name, curve.variant), curve.points);
    series.stepped = curve.variant == "fixed";
    edc.append(series);
  }
  for (LineChart* chart : {&charts.roc, &charts.det}) greyUnsupported(*chart, run.impostor);
  setFmr(charts.edc, run.edcFmr, evaluation::supports(run.impostor, run.edcFmr));
  for (Chart* chart : {&charts.roc, &charts.det, &charts.edc})
    chart->setContext(contextText(run.features, run.scores, run.protocol, Words::tr("run %1").arg(run.run)));
  charts.roc.setSeries(roc, all);
  charts.det.setSeries(det, all);
  charts.edc.setSeries(edc);
}

void setUpCharts(const CompareCharts& charts) {
  setUpRoc(charts.roc);
  setUpEdc(charts.edc, Words::tr("Error versus discard"));
  charts.roc.setEmptyText(Words::tr("Nothing was compared yet."));
  charts.edc.setEmptyText(Words::tr("Scores of both sides say which comparisons would be discarded first."));
}

void showCompared(const CompareCharts& charts, const results::CompareResult& result) {
  QVector<LineSeries> roc, edc;
  for (const bool isA : {true, false}) {
    const results::ComparedSide& side = isA ? result.a : result.b;
    const QString name = isA ? Words::tr("A") : Words::tr("B");
    QVector<QPointF> points;
    for (const auto& point : side.roc) points.append({point.far, point.tar});
    LineSeries line = stairs(name, onLogAxis(points));
    if (points.isEmpty()) {
      for (const auto& tar : result.tar)
        if (tar.supported) line.points.append({tar.far, isA ? tar.tarA : tar.tarB});
      line.markers = true;
    }
    roc.append(line);
    if (side.edc.empty()) continue;
    LineSeries discarded = stairs(name, {});
    for (const auto& point : side.edc) discarded.points.append({point.discarded, point.fnmr});
    discarded.stepped = true;
    edc.append(discarded);
  }
  greyUnsupported(charts.roc, result.impostor);
  setFmr(charts.edc, result.flipsFar, evaluation::supports(result.impostor, result.flipsFar));
  charts.roc.setSeries(roc);
  charts.edc.setSeries(edc);
}

bool isDrawnFirst(const QString& aggregation, const EvaluationRun& run) {
  constexpr std::size_t kFew = 6;
  const auto* method = aggregation::methods().seek(aggregation.section(' ', 0, 0).toStdString());
  return run.aggregations.size() <= kFew || (method != nullptr && method->drawnFirst);
}

SweepDots sweepDots(const SweepRun& sweep) {
  SweepDots dots;
  ScatterData& data = dots.data;
  int style = 0;
  int baselineStyle = -1;
  for (int c = 0; c < int(sweep.curves.size()); ++c) {
    const SweepCurveRow& curve = sweep.curves[std::size_t(c)];
    if (curve.baseline && baselineStyle < 0) {
      baselineStyle = style++;
      data.styleNames << "plain aggregations";
    }
    const int own = curve.baseline ? baselineStyle : style++;
    if (!curve.baseline) data.styleNames << curve.name;
    for (int p = 0; p < int(curve.points.size()); ++p) {
      const SweepPointRow& point = curve.points[std::size_t(p)];
      const bool isKnee = c == sweep.kneeCurve && p == sweep.kneePoint;
      if (isKnee) dots.knee = int(dots.entries.size());
      dots.entries.push_back({c, p});
      data.points.emplace_back(point.share, point.tar);
      data.styles.push_back(own);
      data.labels << (curve.baseline ? curve.name : isKnee ? Words::tr("knee") : QString());
    }
  }
  data.front = paretoFront(data.points);
  return dots;
}

void setUpCharts(ScatterChart& chart, const SweepRun& sweep, const SweepDots& dots,
                 const data::GroupKind& kind) {
  chart.setTitle(Words::tr("Accuracy against compute"));
  double most = 1;
  for (const QPointF& point : dots.data.points) most = std::max(most, point.x());
  chart.setXAxis({.title = inWords(kind, Words::tr("compute, share of all {samples}")),
                  .log = false,
                  .low = 0,
                  .high = std::ceil(10 * most) / 10,
                  .percent = true});
  chart.setYAxis({.title = Words::tr("true accept rate at %1").arg(rateText(sweep)),
                  .log = false,
                  .low = {},
                  .high = {},
                  .percent = true});
  chart.setContext(contextText(featuresText(sweep), sweep.scores, sweep.protocol, rateText(sweep)));
}

QString rateText(const SweepRun& sweep) { return QString("FAR %1").arg(farText(sweep.far)); }

void setUpCharts(const TrainingCharts& charts) {
  charts.loss.setTitle(Words::tr("Loss"));
  charts.quality.setTitle(Words::tr("Quality"));
  for (LineChart* chart : {&charts.loss, &charts.quality})
    chart->setXAxis({.title = Words::tr("step"), .log = false, .low = {}, .high = {}, .percent = false});
}

void showTraining(const TrainingCharts& charts, const TrainingCurves& curves) {
  QVector<LineSeries> losses, qualities;
  QStringList titles;
  for (const TrainingCurve& curve : curves) {
    if (curve.name.endsWith("learning_rate")) continue;
    LineSeries series;
    series.name = metricTitle(curve.name);
    CondensedPoints shown = condensed(curve.points, kMostPoints);
    series.points = std::move(shown.points);
    series.deviation = std::move(shown.deviation);
    series.markers = curve.points.size() < 40;
    const bool loss = curve.name.endsWith("loss");
    (loss ? losses : qualities).append(series);
    if (const QString title = qualityTitle(curve.name); !loss && !titles.contains(title)) titles << title;
  }
  charts.quality.setYAxis(
      {.title = titles.join(", "), .log = false, .low = {}, .high = {}, .percent = false});
  std::vector<double> values;
  for (const LineSeries& series : losses)
    for (const QPointF& point : series.points) values.push_back(point.y());
  const auto end = lossEnd(values);
  charts.loss.setYAxis({.title = end ? Words::tr("loss (a few are higher)") : Words::tr("loss"),
                        .log = false,
                        .low = {},
                        .high = end,
                        .percent = false});
  charts.loss.setSeries(losses);
  charts.quality.setSeries(qualities);
}

void setUpCmc(LineChart& chart) {
  chart.setTitle(Words::tr("Cumulative match characteristic"));
  chart.setXAxis({.title = Words::tr("rank"), .log = false, .low = 1, .high = {}, .percent = false});
  chart.setYAxis({.title = Words::tr("found at this rank or better"),
                  .log = false,
                  .low = {},
                  .high = 1,
                  .percent = true});
  chart.setEmptyText(Words::tr("UCCS's classifier has error rates and no ranks."));
}

void showCmc(LineChart& chart, const std::vector<IdentifyRun>& runs) {
  QVector<LineSeries> curves;
  QStringList features, benchmarks;
  for (const IdentifyRun& run : runs) {
    if (run.cmc.isEmpty()) continue;
    LineSeries curve;
    features << run.features;
    benchmarks << run.benchmark;
    curve.name = Words::tr("%1, %2 (run %3)").arg(run.features, benchmarkText(run)).arg(run.run);
    for (int k = 0; k < run.cmc.size(); ++k) curve.points.append({double(k + 1), run.cmc[k]});
    curve.markers = true;
    curves.append(curve);
  }
  features.removeDuplicates();
  benchmarks.removeDuplicates();
  chart.setContext(contextText(features.join(", "), {}, benchmarks.join(", ")));
  chart.setSeries(std::move(curves));
}

void showBenchmark(LineChart& chart, jobs::Benchmark benchmark, const std::vector<BenchmarkRow>& rows) {
  const bool isScface = benchmark == jobs::Benchmark::Scface;
  const auto& metres = evaluation::kScfaceMetres;
  QVector<LineSeries> lines;
  for (const BenchmarkRow& row : rows) {
    const IdentifyRun& run = row.search;
    LineSeries line;
    line.name = Words::tr("%1 (run %2)").arg(row.network).arg(run.run);
    line.markers = true;
    for (const auto& [distance, rate] : run.byDistance)
      if (isScface && distance >= 1 && distance <= int(metres.size()))
        line.points.append(QPointF(metres[std::size_t(distance - 1)], rate));
    if (!isScface && run.top1Error) line.points.append(QPointF(1, *run.top1Error));
    if (!isScface && run.top5Error) line.points.append(QPointF(5, *run.top5Error));
    if (!line.points.isEmpty()) lines.append(line);
  }
  chart.setXAxis(
      {.title = isScface ? Words::tr("metres to the camera") : Words::tr("best guesses that count"),
       .log = false,
       .low = {},
       .high = {},
       .percent = false});
  chart.setYAxis({.title = isScface ? Words::tr("found first") : Words::tr("error"),
                  .log = false,
                  .low = 0,
                  .high = {},
                  .percent = true});
  chart.setContext(rows.empty() ? QString() : contextText({}, {}, nameOf(benchmark)));
  chart.setSeries(std::move(lines));
}

void setUpCharts(const SliceCharts& charts) {
  charts.tar.setTitle(Words::tr("True accept rate, with 95 % intervals"));
  charts.far.setTitle(Words::tr("False accept rate, with 95 % intervals"));
  charts.tar.setXAxis(
      {.title = Words::tr("true accept rate"), .log = false, .low = {}, .high = {}, .percent = true});
  charts.far.setXAxis(
      {.title = Words::tr("false accept rate"), .log = false, .low = 0, .high = {}, .percent = false});
  charts.genuine.setTitle(Words::tr("Genuine comparisons"));
  charts.impostor.setTitle(Words::tr("Impostor comparisons"));
  for (LineChart* chart : {&charts.genuine, &charts.impostor}) {
    chart->setXAxis(
        {.title = Words::tr("similarity"), .log = false, .low = {}, .high = {}, .percent = false});
    chart->setYAxis(
        {.title = Words::tr("share of the part's"), .log = false, .low = 0, .high = {}, .percent = true});
    chart->setCursorDraggable(false);
  }
  setUpEdc(charts.edc, Words::tr("Error versus discard inside each part"));
  charts.edc.setEmptyText(Words::tr("No part has genuine comparisons enough, or there are no scores."));
}

void showSlices(const SliceCharts& charts, const SliceRun& run) {
  const results::SlicesResult& result = run.result;
  QStringList names, keys;
  for (const auto& slice : result.slices) {
    names << sliceName(result, slice);
    keys << QString::fromStdString(slice.name);
  }
  const std::vector<int> styles = stylesOf(keys);
  QVector<LineSeries> tar, far, genuine, impostor, edc;
  std::vector<std::pair<double, QString>> places;  // the parts' lines, one above the other
  const double step = (result.spreadHigh - result.spreadLow) / evaluation::kSpreadBins;
  for (std::size_t i = 0; i < result.slices.size(); ++i) {
    const auto& slice = result.slices[i];
    const auto series = [&](const QString& name) {
      LineSeries made;
      made.name = name;
      made.style = styles[i];
      return made;
    };
    // The first row of the table is the uppermost line.
    const double row = static_cast<double>(result.slices.size() - i);
    places.emplace_back(row, names[static_cast<qsizetype>(i)]);
    const auto interval = [&](double low, double at, double high) {
      LineSeries made = series(names[static_cast<qsizetype>(i)]);
      made.markers = true;
      if (std::isfinite(at)) made.points = {{low, row}, {at, row}, {high, row}};
      return made;
    };
    tar.append(interval(slice.tarLow, slice.tar, slice.tarHigh));
    far.append(interval(slice.farLow, slice.far, slice.farHigh));
    const auto spread = [&](const std::vector<std::int64_t>& counts, std::int64_t all) {
      LineSeries made = series(names[static_cast<qsizetype>(i)]);
      for (std::size_t bin = 0; bin < counts.size() && all > 0; ++bin)
        made.points.append({result.spreadLow + (static_cast<double>(bin) + 0.5) * step,
                            static_cast<double>(counts[bin]) / static_cast<double>(all)});
      return made;
    };
    genuine.append(spread(slice.genuineSpread, slice.genuine));
    impostor.append(spread(slice.impostorSpread, slice.impostor));
    LineSeries discard = series(names[static_cast<qsizetype>(i)]);
    discard.stepped = true;
    for (const auto& point : slice.edc) discard.points.append({point.discarded, point.fnmr});
    if (!discard.points.isEmpty()) edc.append(discard);
  }
  const AxisOptions rows{.title = Words::tr("part"),
                         .log = false,
                         .low = 0,
                         .high = static_cast<double>(result.slices.size()) + 1,
                         .percent = false,
                         .names = std::move(places)};
  const QString context = contextText(
      QString::fromStdString(result.features), QString::fromStdString(result.scores),
      QString::fromStdString(result.protocol), Words::tr("%1 · run %2").arg(sliceTitle(run)).arg(run.run));
  for (LineChart* chart : {&charts.tar, &charts.far}) chart->setYAxis(rows);
  for (LineChart* chart : {&charts.genuine, &charts.impostor})
    chart->setCursorLine(std::isfinite(result.accept) ? std::optional(result.accept) : std::nullopt,
                         Words::tr("accepted from %L1").arg(result.accept, 0, 'f', 3));
  charts.tar.setCursorDraggable(false);
  // Of too few impostors it is no result: the text beside the charts says so.
  charts.tar.setCursorLine(
      result.supported && std::isfinite(result.tar) ? std::optional(result.tar) : std::nullopt,
      Words::tr("all"));
  charts.far.setCursorDraggable(false);
  charts.far.setCursorLine(result.far, Words::tr("asked for, of all"));
  setFmr(charts.edc, result.far, result.supported);
  for (const auto& [chart, lines] :
       {std::pair(&charts.tar, &tar), std::pair(&charts.far, &far), std::pair(&charts.genuine, &genuine),
        std::pair(&charts.impostor, &impostor), std::pair(&charts.edc, &edc)}) {
    chart->setContext(context);
    chart->setProperty("ownNames", true);  // sliceName() has translated what is the program's
    chart->setSeries(std::move(*lines));
  }
}

std::vector<HeatmapColumn> matchColumns(const data::GroupKind& kind) {
  using Kind = HeatmapColumn::Kind;
  return {
      {Words::tr("Kept"), inWords(kind, Words::tr("Share of its {samples} that the operating point keeps")),
       Kind::Share},
      {Words::tr("Genuine"),
       inWords(kind,
               Words::tr("The lowest similarity to another {group} of the same {identity} in the protocol")),
       Kind::Similarity},
      {Words::tr("Impostor"),
       inWords(kind, Words::tr("The highest similarity to {a group} of another {identity} in the protocol")),
       Kind::Similarity},
      {Words::tr("Rank"),
       inWords(
           kind,
           Words::tr("Place of its own {identity} in a search among all {groups} of the protocol; 1: found")),
       Kind::Count}};
}

HeatmapRow heatmapRow(const HeatRow& row) {
  const int rank = row.match.atPoint.rank;
  return {row.name,
          row.samples,
          row.values,
          row.leaving,
          {row.kept, row.match.atPoint.worstGenuine, row.match.atPoint.bestImpostor,
           rank > 0 ? double(rank) : std::numeric_limits<double>::quiet_NaN()},
          row.key};
}

}  // namespace discern::ui
