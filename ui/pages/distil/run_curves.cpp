#include "ui/pages/distil/run_curves.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/charts/line_chart.h"
#include "ui/language/words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"

namespace discern::ui {
namespace {

constexpr int kFollowMs = 500;

bool isRunning(const StudentRow& row) { return row.state.startsWith("running"); }

}  // namespace

RunCurves::RunCurves(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      read_(*this, [this] { read(); }),
      chart_(new LineChart("distil-curves")) {
  chart_->setEmptyText(tr("The curves of the chosen runs appear here while they train."));
  metric_ = makeCombo("curveMetric", tr("Which curve"));
  letShrink(metric_, 8);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(chartCard(sectionHeading(tr("Training")), {metric_}, chart_, this));
  follow_.setInterval(kFollowMs);
  connect(&session_, &Session::projectChanged, this, [this] { curvesOf_.clear(); });
  connect(&follow_, &QTimer::timeout, &read_, &WhenSeen::ask);
  connect(metric_, &QComboBox::currentIndexChanged, this, &RunCurves::showCurves);
}

void RunCurves::setRuns(std::vector<StudentRow> runs) {
  runs_ = std::move(runs);
  read();  // who asks is seen, or is read by an export
}

void RunCurves::read() {
  std::vector<std::pair<int, bool>> wanted;  // run, and whether it is over
  bool running = false;
  for (const StudentRow& row : runs_) {
    running = running || isRunning(row);
    if (!curvesOf_.value(row.run).complete) wanted.emplace_back(row.run, !isRunning(row));
  }
  if (running != follow_.isActive()) running ? follow_.start() : follow_.stop();
  showCurves();
  if (wanted.empty() || !session_.isOpen()) return;
  reading_.run(
      [folder = session_.folder(), wanted](const LatestTask::Stopped& stopped) {
        const auto project = project::Project::open(folder.toStdString(), project::Project::Mode::Read);
        QHash<int, Curves> read;
        for (const auto& [run, over] : wanted)
          if (!stopped()) read[run] = {studentCurves(project.metrics(run)), over};
        return read;
      },
      [this](const QHash<int, Curves>& read) {
        curvesOf_.insert(read);
        showCurves();
      });
}

void RunCurves::showCurves() {
  QStringList names = {"train/loss"};  // first what every run has
  for (const StudentRow& row : runs_)
    for (const TrainingCurve& curve : curvesOf_.value(row.run).curves)
      if (!names.contains(curve.name) && !curve.name.endsWith("learning_rate")) names << curve.name;
  std::sort(names.begin() + 1, names.end());
  refill(metric_, names, [](const QString& name) { return engineText(metricTitle(name)); });
  const QString metric = metric_->currentData().toString();
  QVector<LineSeries> series;
  for (const StudentRow& row : runs_)
    for (const TrainingCurve& curve : curvesOf_.value(row.run).curves) {
      if (curve.name != metric) continue;
      LineSeries line;
      const bool twice = std::ranges::count(runs_, row.name, &StudentRow::name) > 1;
      line.name = twice ? tr("%1 (run %2)").arg(row.name).arg(row.run) : row.name;
      line.points = curve.points;
      line.markers = curve.points.size() < 40;
      series.append(line);
    }
  const bool share = metric.endsWith("accuracy");
  chart_->setXAxis({.title = metric == "train/loss" ? "step" : "epoch"});
  chart_->setYAxis(
      {.title = engineText(metricTitle(metric)), .log = false, .low = {}, .high = {}, .percent = share});
  QStringList runs;
  for (const StudentRow& row : runs_) runs << QString::number(row.run);
  chart_->setContext(runs.isEmpty() ? QString() : tr("runs %1").arg(runs.join(", ")));
  chart_->setSeries(std::move(series));
}

}  // namespace discern::ui
