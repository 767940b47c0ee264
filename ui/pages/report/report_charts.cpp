#include "ui/pages/report/report_charts.h"

#include <QLocale>
#include <algorithm>

#include "ui/charts/histogram_chart.h"
#include "ui/language/words.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/figures.h"

namespace discern::ui {
namespace {

constexpr QSize kHalf{600, 350};  // two lines of them fit on a page
constexpr int kWide = 1100, kHeatRow = 17, kHeatAround = 110;
constexpr std::size_t kSearches = 6;
constexpr std::size_t kColumns = 4;     // that parts are drawn of; the tables have all
constexpr std::size_t kFewImages = 12;  // of a template: half the width is enough

QString quoted(const QString& name) { return '\'' + name + '\''; }

// With neither the window's font nor its colours: the same drawing wherever it is made.
template <class C>
std::unique_ptr<C> make(const QString& name) {
  auto chart = std::make_unique<C>(name, nullptr);
  QFont font("DejaVu Sans");
  font.setPixelSize(13);
  chart->setFont(font);
  QPalette palette;
  palette.setColor(QPalette::Highlight, QColor(0x25, 0x63, 0xa8));
  chart->setPalette(palette);
  return chart;
}

class Figures {
 public:
  explicit Figures(const ProjectReport& report) : report_(report) {}

  void add(std::unique_ptr<Chart> chart, const QString& section, const QString& caption, QSize size = kHalf) {
    if (!chart->hasContent()) return;
    figures_.push_back({std::move(chart), section, caption, size, size.width() > kHalf.width()});
  }

  void addScores() {
    const ReportFigures& from = report_.figures;
    const QString scores = QString::fromStdString(report_.point.scores);
    if (from.scores.distributions.empty()) return;
    auto chart = make<HistogramChart>("score-distribution");
    chart->setTitle(Words::tr("Scores"));
    chart->setRange(0, 1);
    chart->setXAxis({Words::tr("score"), false, 0.0, 1.0});
    chart->setYAxis({inWords(*report_.kind, Words::tr("{samples}")), false, 0.0, {}});
    std::vector<Distribution> distributions;
    for (const auto& one : from.scores.distributions) distributions.push_back({one.name, one.scores, -1});
    chart->setDistributions(std::move(distributions));
    chart->setCursorLine(report_.point.threshold,
                         inWords(*report_.kind, Words::tr("%L1: %2 of all scored {samples} lie above"))
                             .arg(report_.point.threshold, 0, 'f', 3)
                             .arg(percentText(from.scoresAbove)));
    chart->setContext(contextText({}, scores, {}));
    add(std::move(chart), Words::tr("Scores"),
        Words::tr("Distribution of the scores %1; the line is the operating point's threshold")
            .arg(quoted(scores)));
  }

  void addEvaluation() {
    if (!report_.figures.evaluation) return;
    const EvaluationRun& run = *report_.figures.evaluation;
    auto roc = make<LineChart>("roc"), det = make<LineChart>("det"), edc = make<LineChart>("edc");
    setUpCharts(EvaluationCharts{*roc, *det, *edc});
    QStringList drawn;
    for (const auto& aggregation : run.aggregations)
      if (isDrawnFirst(aggregation.name, run)) drawn << aggregation.name;
    showEvaluation({*roc, *det, *edc}, run, drawn);
    const auto of = [&](const QString& what) {
      return Words::tr("%1 of %2 (run %3)", "a chart").arg(what, quoted(run.protocol)).arg(run.run);
    };
    add(std::move(roc), Words::tr("Evaluation"), of(Words::tr("Receiver operating characteristic")));
    add(std::move(det), Words::tr("Evaluation"), of(Words::tr("Detection error trade-off")));
    add(std::move(edc), Words::tr("Evaluation"), of(Words::tr("Error against discarded comparisons")));
  }

  void addSearches() {
    std::vector<IdentifyRun> runs = report_.figures.searches;
    if (runs.size() > kSearches) runs.resize(kSearches);
    auto chart = make<LineChart>("cmc");
    setUpCmc(*chart);
    showCmc(*chart, runs);
    add(std::move(chart), Words::tr("Evaluation"),
        Words::tr("Cumulative match characteristic of the newest searches"));
  }

  void addTradeoff() {
    if (!report_.figures.sweep) return;
    const SweepRun& sweep = *report_.figures.sweep;
    SweepDots dots = sweepDots(sweep);
    auto chart = make<ScatterChart>("tradeoff");
    setUpCharts(*chart, sweep, dots, *report_.kind);
    chart->setData(dots.data);
    ringThePoint(*chart, sweep, dots);
    add(std::move(chart), Words::tr("Trade-off"),
        Words::tr("Accuracy against compute of %1 by scores %2 (run %3); the ring is the operating point")
            .arg(quoted(sweep.protocol), quoted(sweep.scores))
            .arg(sweep.run));
    auto tar = make<LineChart>("sweep-tar"), cost = make<LineChart>("sweep-cost");
    tar->setTitle(Words::tr("True accept rate against threshold"));
    cost->setTitle(inWords(*report_.kind, Words::tr("{Samples} kept and compute against threshold")));
    QVector<LineSeries> rates, shares;
    const QString shown = QString::fromStdString(analysis::aggregationName(report_.point));
    for (const SweepCurveRow& curve : sweep.curves) {
      if (curve.baseline) continue;
      LineSeries rate, kept, compute;
      rate.name = curve.name;
      kept.name = inWords(*report_.kind, Words::tr("{samples} kept"));
      compute.name = "compute";
      for (const SweepPointRow& point : curve.points) {
        rate.points.append({point.threshold, point.tar});
        kept.points.append({point.threshold, point.kept});
        compute.points.append({point.threshold, point.share});
      }
      rates.append(rate);
      if (curve.name == shown) shares = {kept, compute};
    }
    for (LineChart* one : {tar.get(), cost.get()}) {
      one->setXAxis({.title = Words::tr("threshold"), .log = false, .low = 0, .high = 1, .percent = false});
      one->setContext(contextText(featuresText(sweep), sweep.scores, sweep.protocol, rateText(sweep)));
      one->setCursorLine(report_.point.threshold, QLocale().toString(report_.point.threshold, 'f', 3));
    }
    tar->setYAxis(
        {.title = Words::tr("true accept rate"), .log = false, .low = {}, .high = 1, .percent = true});
    cost->setYAxis({.title = Words::tr("share"), .log = false, .low = 0, .high = {}, .percent = true});
    if (!sweep.supported()) tar->setUnsupported(std::pair(0.0, 1.0), Words::tr("too few impostors"));
    tar->setSeries(rates);
    cost->setSeries(shares);
    add(std::move(tar), Words::tr("Trade-off"),
        Words::tr("True accept rate over the threshold of the scores %1 at %2")
            .arg(quoted(sweep.scores), rateText(sweep)));
    add(std::move(cost), Words::tr("Trade-off"),
        Words::tr("What %1 keeps and computes over the threshold").arg(shown));
  }

  void addSlices() {
    std::size_t left = kColumns;
    for (const SliceRun& run : report_.figures.slices) {
      if (left-- == 0) break;
      const auto chart = [&](const char* what) {
        return make<LineChart>(QString("slices-%1-%2").arg(what).arg(run.run));
      };
      auto tar = chart("tar"), far = chart("far"), genuine = chart("genuine"), impostor = chart("impostor"),
           edc = chart("edc");
      const SliceCharts charts{*tar, *far, *genuine, *impostor, *edc};
      setUpCharts(charts);
      showSlices(charts, run);
      const auto by = [&](const QString& what) {
        return Words::tr("%1 by %2 (run %3)", "a chart").arg(what, sliceTitle(run)).arg(run.run);
      };
      const QString section = Words::tr("Slices");
      add(std::move(tar), section, by(Words::tr("True accept rates")));
      add(std::move(far), section, by(Words::tr("False accept rates")));
      add(std::move(genuine), section, by(Words::tr("Genuine comparisons")));
      add(std::move(impostor), section, by(Words::tr("Impostor comparisons")));
      add(std::move(edc), section, by(Words::tr("Error against discarded comparisons")));
    }
  }

  void addTrainings() {
    for (const auto& training : report_.figures.trainings) {
      auto loss = make<LineChart>("training-loss-" + training.network),
           quality = make<LineChart>("training-quality-" + training.network);
      setUpCharts(TrainingCharts{*loss, *quality});
      showTraining({*loss, *quality}, training.curves);
      for (LineChart* chart : {loss.get(), quality.get()})
        chart->setContext(Words::tr("network %1 · run %2").arg(training.network).arg(training.run));
      const auto of = [&](const QString& what) {
        return Words::tr("%1 of the network %2 over its training (run %3)")
            .arg(what, quoted(training.network))
            .arg(training.run);
      };
      add(std::move(loss), Words::tr("Models"), of(Words::tr("Losses")));
      add(std::move(quality), Words::tr("Models"), of(Words::tr("Quality")));
    }
  }

  void addWorst() {
    const auto& worst = report_.figures.worst;
    if (worst.empty()) return;
    auto chart = make<HeatmapChart>("worst-templates");
    const data::GroupKind& kind = *report_.kind;
    chart->setColumns(matchColumns(kind));
    chart->setTitles(inWords(kind, Words::tr("{Group}")), QString::fromStdString(report_.point.scores));
    chart->setColumnTitle(inWords(kind, Words::tr("its {samples}, lowest first")));
    std::vector<HeatmapRow> rows;
    std::size_t widest = 0;
    for (const HeatRow& row : worst) {
      rows.push_back(heatmapRow(row));
      widest = std::max(widest, row.samples.size());
    }
    chart->setRows(std::move(rows));
    chart->setThreshold(report_.point.threshold);
    chart->setContext(contextText(QString::fromStdString(report_.point.features),
                                  QString::fromStdString(report_.point.scores),
                                  QString::fromStdString(report_.point.protocol),
                                  QString::fromStdString(analysis::aggregationName(report_.point))));
    add(std::move(chart), inWords(kind, Words::tr("{Groups}")),
        inWords(
            kind,
            Words::tr("The %1 {groups} that match worst, {sample} by {sample}: colour is the score, hatched "
                      "is what the operating point drops")
                .arg(worst.size())),
        {widest > kFewImages ? kWide : kHalf.width(), kHeatAround + kHeatRow * int(worst.size())});
  }

  std::vector<ReportFigure> take() { return std::move(figures_); }

 private:
  void ringThePoint(ScatterChart& chart, const SweepRun& sweep, const SweepDots& dots) const {
    const analysis::OperatingPoint& point = report_.point;
    if (!isOf(sweep, point)) return;
    const QString shown = QString::fromStdString(analysis::aggregationName(point));
    int best = -1;
    double away = 0;
    for (int i = 0; i < int(dots.entries.size()); ++i) {
      const SweepCurveRow& curve = sweep.curves[std::size_t(dots.entries[std::size_t(i)].curve)];
      const double own =
          std::abs(curve.points[std::size_t(dots.entries[std::size_t(i)].point)].threshold - point.threshold);
      if (curve.name == shown && (best < 0 || own < away)) best = i, away = own;
    }
    if (best >= 0) chart.setSelected({best});
  }

  const ProjectReport& report_;
  std::vector<ReportFigure> figures_;
};

}  // namespace

std::vector<ReportFigure> reportFigures(const ProjectReport& report) {
  Figures figures(report);
  figures.addTrainings();
  figures.addScores();
  figures.addEvaluation();
  figures.addSearches();
  figures.addSlices();
  figures.addTradeoff();
  figures.addWorst();
  return figures.take();
}

}  // namespace discern::ui
