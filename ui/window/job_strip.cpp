#include "ui/window/job_strip.h"

#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/language/words.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icons.h"

namespace discern::ui {
namespace {

constexpr int kBarSteps = 1000;
constexpr int kLogHeight = 200, kLeastLogHeight = 54;  // two lines where a window is as small as can be

QString describe(const Job& job) {
  switch (job.state) {
    case Job::State::Waiting:
      return Words::tr("%1: waiting").arg(job.name);
    case Job::State::Running:
      return job.stage.isEmpty() ? Words::tr("%1: starting").arg(job.name)
                                 : QString("%1: %2").arg(job.name, engineText(job.stage));
    case Job::State::Stopping:
      return Words::tr("%1: stopping; what is finished is kept").arg(job.name);
    case Job::State::Done:
      return Words::tr("%1: done in %2")
          .arg(job.name, durationText(double(job.started.msecsTo(job.finished)) / 1000));
    case Job::State::Cancelled:
      return Words::tr("%1: stopped; run it again to go on").arg(job.name);
    case Job::State::Failed:
      return QString("%1: %2").arg(job.name, job.error);
  }
  return {};
}

// "step 2 of 4"; empty: it is the only one.
QString stepText(const JobRunner& runner, const Job& job) {
  if (job.steps > 0) return Words::tr("step %1 of %2").arg(job.step).arg(job.steps);
  int place = 0, count = 0;
  for (const Job& other : runner.jobs()) {
    if (other.chain != job.chain) continue;
    ++count;
    if (other.id <= job.id) ++place;
  }
  return count > 1 ? Words::tr("step %1 of %2").arg(place).arg(count) : QString();
}

QString figures(const JobRunner& runner, const Job& job, const std::map<std::string, double>& known) {
  if (job.isOver()) return {};
  QStringList parts;
  if (const QString step = stepText(runner, job); !step.isEmpty()) parts << step;
  if (job.total > 0) parts << QString("%L1 / %L2").arg(job.done).arg(job.total);
  if (const QString rate = rateText(job.rate); !rate.isEmpty()) parts << rate;
  if (const QString left = durationText(job.secondsLeft); !left.isEmpty())
    parts << Words::tr("%1 left").arg(left);
  if (!stepText(runner, job).isEmpty())
    if (const QString whole =
            durationText(wholeSecondsLeft(runner.jobs(), job, known, QDateTime::currentDateTime()));
        !whole.isEmpty())
      parts << Words::tr("about %1 for all steps").arg(whole);
  if (job.state == Job::State::Running && job.secondsLeft < 0 && job.started.isValid())
    parts << Words::tr("for %1", "a time")
                 .arg(durationText(double(job.started.secsTo(QDateTime::currentDateTime()))));
  return parts.join("  ·  ");
}

}  // namespace

JobStrip::JobStrip(JobRunner& runner, QWidget* parent) : QFrame(parent), runner_(runner), model_(runner) {
  setObjectName("jobStrip");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(10, 4, 10, 4);
  layout->setSpacing(4);
  layout->addWidget(buildLog());
  layout->addWidget(buildLine());
  connect(&runner_, &JobRunner::jobStarted, this, &JobStrip::show);
  connect(&runner_, &JobRunner::jobFinished, this, [this](int id) {
    // A cancelled follower must not hide why its chain ended.
    if (id == runner_.runningJob() || runner_.find(id)->started.isValid()) show(id);
  });
  connect(&runner_, &JobRunner::jobChanged, this, &JobStrip::refresh);
  connect(&runner_, &JobRunner::logged, this, &JobStrip::appendLog);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &JobStrip::showLog);
  refresh();
}

QWidget* JobStrip::buildLine() {
  auto* line = new QWidget;
  auto* layout = new QHBoxLayout(line);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(10);
  icon_ = new QLabel;
  text_ = new ElidedLabel;
  text_->setObjectName("jobText");
  bar_ = new QProgressBar;
  bar_->setObjectName("jobBar");
  bar_->setTextVisible(false);
  bar_->setFixedWidth(220);
  figures_ = new QLabel;
  figures_->setObjectName("jobFigures");
  figures_->setProperty("muted", true);
  cancel_ = new QPushButton(tr("Stop"));
  cancel_->setObjectName("cancelJob");
  cancel_->setToolTip(tr("What is finished is kept; running the job again goes on from there."));
  toggle_ = new QToolButton;
  toggle_->setObjectName("toggleLog");
  toggle_->setText(tr("Log"));
  toggle_->setCheckable(true);
  toggle_->setToolTip(tr("Shows the jobs of this sitting and what they said"));
  line_ = layout;
  layout->addWidget(icon_);
  layout->addWidget(text_, 1);
  layout->addWidget(bar_);
  layout->addWidget(figures_);
  layout->addWidget(cancel_);
  layout->addWidget(toggle_);
  connect(cancel_, &QPushButton::clicked, this, [this] {
    if (runner_.isBusy()) runner_.cancel(runner_.runningJob());
  });
  connect(toggle_, &QToolButton::toggled, panel_, &QWidget::setVisible);
  return line;
}

QWidget* JobStrip::buildLog() {
  auto* splitter = new QSplitter(Qt::Horizontal);
  splitter->setObjectName("logSplit");
  table_ = new QTableView;
  table_->setObjectName("jobTable");
  table_->setModel(&model_);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setShowGrid(false);
  table_->verticalHeader()->hide();
  table_->horizontalHeader()->setSectionResizeMode(JobModel::Stage, QHeaderView::Stretch);
  log_ = new QPlainTextEdit;
  log_->setObjectName("jobLog");
  log_->setReadOnly(true);
  log_->setMaximumBlockCount(5000);
  splitter->addWidget(table_);
  splitter->addWidget(log_);
  splitter->setSizes({520, 640});
  splitter->setMinimumHeight(kLeastLogHeight);
  splitter->setMaximumHeight(kLogHeight);
  splitter->setChildrenCollapsible(false);
  splitter->hide();
  panel_ = splitter;
  return splitter;
}

void JobStrip::addTool(QWidget* tool) { line_->insertWidget(line_->indexOf(toggle_), tool); }

void JobStrip::setLogVisible(bool visible) { toggle_->setChecked(visible); }
bool JobStrip::isLogVisible() const { return toggle_->isChecked(); }

void JobStrip::show(int id) {
  job_ = id;
  table_->selectRow(id);
  refresh();
  showLog();
}

void JobStrip::note(const QString& text) {
  constexpr int kShownMs = 8000;
  if (noted_ == nullptr) {
    noted_ = new QTimer(this);
    noted_->setSingleShot(true);
    connect(noted_, &QTimer::timeout, this, [this] { note({}); });
  }
  note_ = text;
  if (!text.isEmpty()) noted_->start(kShownMs);
  refresh();
}

void JobStrip::refresh() {
  const Job* job = runner_.find(job_);
  const bool active = job != nullptr && !job->isOver();
  bar_->setVisible(active);
  figures_->setVisible(active);
  cancel_->setVisible(active);
  cancel_->setEnabled(active && job->state == Job::State::Running);
  if (!active && !note_.isEmpty()) {
    icon_->setPixmap(icon("check").pixmap(18, 18));
    text_->setText(note_);
    text_->setToolTip(note_);
    return;
  }
  if (job == nullptr) {
    icon_->clear();
    text_->setText(tr("Ready"));
    return;
  }
  const bool failed = job->state == Job::State::Failed;
  icon_->setPixmap(icon(failed                           ? "warning"
                        : job->state == Job::State::Done ? "check"
                                                         : "run")
                       .pixmap(18, 18));
  text_->setText(describe(*job));
  text_->setToolTip(describe(*job));
  figures_->setText(figures(runner_, *job, known_));
  // Without a total the bar only shows that something goes on.
  bar_->setRange(0, job->total > 0 ? kBarSteps : 0);
  if (job->total > 0) bar_->setValue(int(job->share() * kBarSteps));
}

void JobStrip::showLog() {
  const QModelIndex row = table_->currentIndex();
  loggedJob_ = row.isValid() ? row.row() : job_;
  const Job* job = runner_.find(loggedJob_);
  log_->setPlainText(job == nullptr ? QString() : job->log.join('\n'));
  log_->moveCursor(QTextCursor::End);
}

void JobStrip::appendLog(int id, const QString& line) {
  if (id == loggedJob_) log_->appendPlainText(line);
}

}  // namespace discern::ui
