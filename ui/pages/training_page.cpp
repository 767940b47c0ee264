#include "ui/pages/training_page.h"

#include <QComboBox>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/jobs/choices.h"
#include "core/jobs/stored.h"
#include "core/results/stored.h"
#include "core/results/training.h"
#include "ui/charts/line_chart.h"
#include "ui/language/words.h"
#include "ui/models/live/job_requests.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/project/session.h"
#include "ui/models/results/run_text.h"
#include "ui/models/results/training_chain.h"
#include "ui/models/results/training_curves.h"
#include "ui/pages/figures.h"
#include "ui/pages/pages.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/job_form.h"

namespace discern::ui {
namespace {

constexpr int kRunRole = Qt::UserRole + 1;
constexpr int kRedrawMs = 150;

bool isTraining(const QString& job) { return job.startsWith("train-"); }

std::vector<TrainingChain> chainsOf(const Snapshot& snapshot) {
  std::vector<const project::RunRow*> runs;
  for (const project::RunRow& run : snapshot.runs)
    if (isTraining(QString::fromStdString(run.job))) runs.push_back(&run);
  return trainingChains(runs);
}

// "7", or "5 – 7" of one that was stopped and went on.
QString runTitle(const TrainingChain& chain) {
  return chain.size() == 1 ? QString::number(chain.front()->id)
                           : QString("%1 – %2").arg(chain.front()->id).arg(chain.back()->id);
}

QStandardItem* cell(const QString& text, int run) {
  auto* item = new QStandardItem(text);
  item->setEditable(false);
  item->setData(run, kRunRole);
  return item;
}

QString textOfNumbers(std::initializer_list<std::pair<QString, double>> numbers) {
  QStringList parts;
  for (const auto& [label, number] : numbers)
    if (std::isfinite(number)) parts << QString("%1 %L2").arg(label).arg(number, 0, 'g', 4);
  return parts.mid(0, 2).join(", ");
}

QString resultText(const project::RunRow& run) {
  if (run.status == "failed") return QString::fromStdString(results::failureOf(run));
  if (const auto net = results::resultOf<results::TrainDdnetResult>(run))
    return textOfNumbers({{Words::tr("rank correlation"), net->validationSpearman},
                          {Words::tr("held-out loss"), net->validationLoss},
                          {Words::tr("training loss"), net->trainLoss}});
  if (const auto head = results::resultOf<results::TrainHeadResult>(run))
    return textOfNumbers({{Words::tr("rank correlation"), head->validationSpearman}});
  if (const auto aggregator = results::resultOf<results::TrainAggregatorResult>(run))
    return textOfNumbers({{Words::tr("held-out loss"), aggregator->validationLoss},
                          {Words::tr("of the plain mean"), aggregator->meanLoss}});
  if (const auto base = results::resultOf<results::TrainBaseResult>(run))
    return textOfNumbers({{Words::tr("training loss"), base->trainLoss},
                          {Words::tr("training accuracy"), base->trainAccuracy}});
  return {};
}

// An aggregator may be called as its architecture is.
QString nameText(const project::RunRow& run) {
  std::string name = jobs::storedText(run, "name");
  if (name.empty()) name = jobs::storedText(run, "architecture");
  return QString::fromStdString(name);
}

}  // namespace

TrainingPage::TrainingPage(Session& session, JobRunner& runner, QWidget* parent)
    : Page(session, parent),
      runner_(runner),
      watch_(session, runner, {"train-ddnet", "train-head", "train-base", "train-aggregator"}),
      reload_(*this, [this] { reload(); }),
      buttons_(*this, [this] { showButtons(); }),
      curves_(*this, [this] { showCurves(); }) {
  auto* layout = new QHBoxLayout(this);
  layout->setSpacing(12);
  layout->addWidget(buildForms());
  layout->addWidget(buildCharts(), 1);
  redraw_.setSingleShot(true);
  redraw_.setInterval(kRedrawMs);
  connect(&redraw_, &QTimer::timeout, &curves_, &WhenSeen::ask);
  connect(&session_, &Session::projectChanged, this, [this] {
    if (!training_) {  // else it goes on, and is shown again with its project
      job_ = run_ = -1;
      live_.clear();
    }
    redraw_.stop();
    follow_ = true;
    state_->setText(watch_.text());
    forms_[0].form->setValue("teacher", "");
    for (const Form& form : forms_) form.form->forgetPreset();
  });
  connect(&session_, &Session::snapshotChanged, &reload_, &WhenSeen::ask);
  connect(&watch_, &JobWatch::changed, &buttons_, &WhenSeen::ask);
  connect(&runner_, &JobRunner::jobEvent, this, &TrainingPage::onEvent);
  connect(&runner_, &JobRunner::jobFinished, this, &TrainingPage::onFinished);
  reload_.ask();
}

QWidget* TrainingPage::buildForms() {
  forms_ = {{new JobForm(formFields("train-ddnet")), "train-ddnet", "ddnet", "ddnet", {}},
            {new JobForm(formFields("train-head")), "train-head", "head", "head", {}},
            {new JobForm(formFields("train-base")), "train-base", "ddnet", "base", {}},
            {new JobForm(formFields("train-aggregator")), "train-aggregator", "", "aggregator", {}}};
  for (Form& form : forms_) {
    form.form->setObjectName(form.job);
    form.form->addPresets(formPresets(form.job.toStdString()));
  }
  for (Form& form : forms_) form.suggested = form.form->text("name");
  tabs_ = new QTabWidget;
  tabs_->setObjectName("trainingKinds");
  tabs_->setDocumentMode(true);
  keepChoice(tabs_);
  const QString titles[] = {tr("DDNet"), tr("Head"), tr("Base model"), tr("Aggregator")};
  for (std::size_t k = 0; k < forms_.size(); ++k) {
    auto* holder = new QWidget;
    auto* inner = new QVBoxLayout(holder);
    inner->setContentsMargins(6, 10, 10, 6);
    inner->addWidget(forms_[k].form);
    inner->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(holder);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tabs_->addTab(scroll, titles[k]);
  }
  start_ = new QPushButton(tr("Start training"));
  start_->setObjectName("startTraining");
  start_->setProperty("primary", true);
  cancel_ = new QPushButton(tr("Stop"));
  cancel_->setObjectName("cancelTraining");
  cancel_->setIcon(icon("stop"));
  predict_ = new QPushButton(tr("Predict scores"));
  predict_->setObjectName("predict");
  state_ = new QLabel;
  state_->setObjectName("trainingState");
  state_->setWordWrap(true);
  state_->setProperty("muted", true);

  auto* panel = new QWidget;
  panel->setFixedWidth(320);
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(tabs_, 1);
  layout->addWidget(state_);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(start_, 1);
  buttons->addWidget(cancel_);
  layout->addLayout(buttons);
  layout->addWidget(predict_);
  connect(start_, &QPushButton::clicked, this, &TrainingPage::start);
  connect(cancel_, &QPushButton::clicked, this, [this] {
    if (const Job* job = current()) runner_.cancel(job->id);
  });
  connect(predict_, &QPushButton::clicked, this, [this] {
    const auto& models = session_.snapshot()->models;
    const auto newest = std::find_if(models.rbegin(), models.rend(),
                                     [this](const auto& m) { return m.kind == form().predicts; });
    if (newest == models.rend()) return;
    const QString name = QString::fromStdString(newest->name);
    QStringList arguments{"--network", name, "--name", name};
    if (const QString device = form().form->text("device"); !device.isEmpty() && device != "cpu")
      arguments << "--device" << device;  // that it would be trained on
    emit jobRequested("predict", arguments);
  });
  connect(tabs_, &QTabWidget::currentChanged, &buttons_, &WhenSeen::ask);
  for (const Form& form : forms_) connect(form.form, &JobForm::changed, &buttons_, &WhenSeen::ask);
  return panel;
}

QWidget* TrainingPage::buildCharts() {
  loss_ = new LineChart("training-loss");
  quality_ = new LineChart("training-quality");
  setUpCharts(TrainingCharts{*loss_, *quality_});
  loss_->setEmptyText(tr("Losses appear here while a network trains."));
  followKind(session_, quality_, [this](const data::GroupKind&) {
    quality_->setEmptyText(
        words(tr("Rank correlation on held-out {identities}, or accuracy, appears here.")));
  });
  alignPlotAreas({loss_, quality_});
  auto* charts = new QWidget;
  auto* row = new QHBoxLayout(charts);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  row->addWidget(loss_, 1);
  row->addWidget(quality_, 1);
  runs_ = new QStandardItemModel(this);
  table_ = new QTableView;
  table_->setObjectName("trainingRuns");
  table_->setAccessibleName(tr("Trainings"));
  table_->setModel(runs_);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->verticalHeader()->hide();
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          [this](const QItemSelection& selected) {
            if (filling_ || selected.isEmpty()) return;
            follow_ = selected.first().top() == newest_;
            showCurves();
          });
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->setObjectName("rows");
  splitter->addWidget(charts);
  splitter->addWidget(table_);
  splitter->setStretchFactor(0, 3);
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({460, 180});
  splitter->setChildrenCollapsible(false);
  return splitter;
}

std::vector<Chart*> TrainingPage::charts() { return {loss_, quality_}; }

void TrainingPage::start() {
  if (form().form->check()) emit jobRequested(form().job, form().form->options());
}

const TrainingPage::Form& TrainingPage::form() const {
  return forms_[std::size_t(std::max(0, tabs_->currentIndex()))];
}

bool TrainingPage::isHere() const {
  const Job* job = runner_.find(job_);
  return job != nullptr && job->project == session_.folder();
}

const Job* TrainingPage::current() const {
  const Job* job = runner_.find(job_);
  return training_ && isHere() && !job->isOver() ? job : watch_.current();
}

void TrainingPage::onEvent(int id, const JobEvent& event) {
  if (event.kind == JobEvent::Kind::Start) {
    // A recipe starts one job after the other in the same child.
    const bool trains = isTraining(event.text);
    if (!trains && id != job_) return;
    if (training_ && !trains && isHere()) state_->setText(tr("Training is done."));
    training_ = trains;
    if (trains) {
      job_ = id;
      run_ = event.run;
      live_.clear();
      if (isHere()) follow_ = true;
    }
    buttons_.ask();
    curves_.ask();
    return;
  }
  if (id != job_ || !training_) return;
  if (event.kind == JobEvent::Kind::Progress && isHere())
    state_->setText(
        (event.secondsLeft >= 0
             ? tr("%1: %L2 of %L3, %4 left")
                   .arg(engineText(event.stage))
                   .arg(event.done)
                   .arg(event.total)
                   .arg(durationText(event.secondsLeft))
             : tr("%1: %L2 of %L3").arg(engineText(event.stage)).arg(event.done).arg(event.total)));
  if (event.kind != JobEvent::Kind::Metric) return;
  // What is validated stands where training was by then.
  double step = double(event.step);
  if (event.text.startsWith("validation/"))
    for (const TrainingCurve& curve : live_)
      if (curve.name == "train/loss") step = curve.points.back().x();
  addPoint(live_, event.text, step, event.value);
  if (isHere() && !redraw_.isActive()) redraw_.start();
}

void TrainingPage::onFinished(int id) {
  const Job* job = runner_.find(id);
  const bool trained = id == job_ && std::exchange(training_, false);
  if (job->project == session_.folder() && (trained || isTraining(job->name))) {
    state_->setText(job->state == Job::State::Failed ? job->error
                    : job->state == Job::State::Done ? tr("Training is done.")
                    : trained                        ? tr("Stopped; Resume training goes on from there.")
                                                     : QString());
    for (const Form& form : forms_)
      if (form.job == job->name && job->state == Job::State::Failed)
        form.form->mark(job->errorField, job->errorField.isEmpty() ? QString() : job->error);
    curves_.ask();
  }
  buttons_.ask();
}

// A free name, but that of what was stopped and can go on, or is at it now.
// Those that take what the project's samples are.
void TrainingPage::offerNetworks(Form& form) {
  const QStringList names = toList(jobs::networksFor(form.makes, session_.kind().shape));
  if (names.isEmpty()) return;  // a head is no network
  const QString chosen = form.form->text("architecture");
  form.form->setChoices("architecture", names);
  form.form->setValue("architecture", names.contains(chosen) ? chosen : names.front());
}

void TrainingPage::suggestName(Form& form) {
  if (form.form->text("name") != form.suggested) return;
  const auto snapshot = session_.snapshot();
  const QString usual = QString::fromStdString(findField(form.form->fields(), "name")->fallback);
  const auto suits = [&](const QString& name) {
    const auto* run = newestUnder(*snapshot, form.job.toStdString(), name);
    return takenName(*snapshot, name, form.makes, false).isEmpty() ||
           (run != nullptr && (ui::isStopped(*run) || run->status == "running"));
  };
  form.suggested = usual;
  for (int next = 2; !suits(form.suggested); ++next) form.suggested = QString("%1-%2").arg(usual).arg(next);
  form.form->setValue("name", form.suggested);
}

// Before it is started: the engine refuses a name that is taken, unless the same is asked for again.
void TrainingPage::warnOfName() {
  const Form& shown = form();
  const QString name = shown.form->text("name");
  QString taken = takenName(*session_.snapshot(), name, shown.makes, shown.form->value("replace").toBool());
  const auto* run = newestUnder(*session_.snapshot(), shown.job.toStdString(), name);
  if (run != nullptr && shown.form->agreesWith(run->options)) taken.clear();
  shown.form->warn("name", taken);
}

// Stopped: the newest training under this name was cancelled, and it is asked for just as then.
bool TrainingPage::isStopped() const {
  const auto& runs = session_.snapshot()->runs;
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    if (QString::fromStdString(run->job) != form().job) continue;
    if (QString::fromStdString(jobs::storedText(*run, "name")) != form().form->value("name").toString())
      continue;
    return ui::isStopped(*run) && form().form->agreesWith(run->options);
  }
  return false;
}

void TrainingPage::showButtons() {
  const auto snapshot = session_.snapshot();
  const Job* job = current();
  const bool busy = job != nullptr;
  const bool waiting = busy && job->state == Job::State::Waiting;
  const bool fromScores = form().job == "train-ddnet" || form().job == "train-head";
  const bool fromFeatures = form().job == "train-aggregator";
  const bool possible = fromScores     ? !snapshot->scoreTables.empty()
                        : fromFeatures ? !snapshot->featureTables.empty()
                                       : !snapshot->samples.empty();
  const bool stopped = possible && !busy && isStopped();
  start_->setText(stopped ? tr("Resume training") : tr("Start training"));
  start_->setEnabled(possible && !busy);
  start_->setToolTip(stopped ? tr("Goes on from the checkpoint; with other options the training starts anew.")
                     : possible   ? QString()
                     : fromScores ? words(tr("Score the {samples} first: their scores are what is learned."))
                     : fromFeatures ? tr("Extract features first: an aggregator learns from them.")
                                    : words(tr("Import {samples} first.")));
  cancel_->setEnabled(waiting || (busy && job->state == Job::State::Running));
  cancel_->setToolTip(
      waiting ? tr("Takes the training that waits out of the queue.")
              : tr("Writes a checkpoint and stops; Resume training goes on from there, now or another day."));
  warnOfName();
  predict_->setEnabled(std::any_of(snapshot->models.begin(), snapshot->models.end(),
                                   [this](const auto& model) { return model.kind == form().predicts; }));
  predict_->setVisible(!fromFeatures);  // an aggregator tells no scores
  predict_->setToolTip(words(form().job == "train-head"
                                 ? tr("Lets the newest head of this project score every {sample}.")
                                 : tr("Lets the newest DDNet of this project score every {sample}.")));
  const bool telling = training_ && isHere() && busy && job->state == Job::State::Running;
  if (!possible || (!busy && !isHere())) {
    state_->setText(start_->toolTip());
  } else if (busy && job == watch_.current() && !telling) {
    state_->setText(watch_.text());
  }
}

void TrainingPage::reload() {
  const auto snapshot = session_.snapshot();
  QStringList tables;
  for (const std::string& name : snapshot->scoreTables) tables << QString::fromStdString(name);
  QStringList heads;
  for (const auto& model : snapshot->models)
    if (model.kind == "head") heads << QString::fromStdString(model.name);
  forms_[0].form->setChoices("teacher", heads);
  for (const int k : {0, 1}) forms_[std::size_t(k)].form->setChoices("scores", tables);
  QStringList features = {QString()};
  for (const auto& table : snapshot->featureTables) features << QString::fromStdString(table.name);
  forms_[3].form->setChoices("features", features);
  for (Form& form : forms_) {
    offerNetworks(form);
    suggestName(form);
  }
  const int selected = selectedRun();
  filling_ = true;
  runs_->clear();
  runs_->setHorizontalHeaderLabels(
      {tr("Run"), tr("Job"), tr("Network"), tr("State"), tr("Started"), tr("Result")});
  int row = -1;
  newest_ = -1;
  const auto chains = chainsOf(*snapshot);
  for (auto chain = chains.rbegin(); chain != chains.rend(); ++chain) {
    const project::RunRow* run = chain->back();
    const bool chosen = std::ranges::any_of(*chain, [&](const auto* part) { return part->id == selected; });
    if (chosen && !follow_) row = runs_->rowCount();
    if (newest_ < 0 && run->job != "train-head") newest_ = runs_->rowCount();
    runs_->appendRow({cell(runTitle(*chain), run->id), cell(QString::fromStdString(run->job), run->id),
                      cell(nameText(*run), run->id), cell(statusText(*run), run->id),
                      cell(timeText(chain->front()->started), run->id), cell(resultText(*run), run->id)});
    runs_->item(runs_->rowCount() - 1, 5)->setToolTip(resultText(*run));
  }
  fitToWidth(*table_, {5});  // results are long
  if (runs_->rowCount() > 0) table_->selectRow(std::max(row >= 0 ? row : newest_, 0));
  filling_ = false;
  showButtons();
  showCurves();
}

int TrainingPage::selectedRun() const {
  if (table_->selectionModel() == nullptr) return -1;
  const QModelIndexList rows = table_->selectionModel()->selectedRows();
  return rows.isEmpty() ? -1 : rows.front().data(kRunRole).toInt();
}

void TrainingPage::showCurves() {
  const int wanted = selectedRun();
  TrainingCurves curves;
  const bool live = isHere() && ((training_ && follow_) || (wanted >= 0 && wanted == run_));
  if (live) curves = live_;
  if ((live || wanted >= 0) && session_.isOpen()) {
    try {
      std::vector<std::vector<project::MetricRow>> parts;
      const auto snapshot = session_.snapshot();
      for (const TrainingChain& chain : chainsOf(*snapshot)) {
        if (chain.back()->id != (live ? run_ : wanted)) continue;
        for (const project::RunRow* run : chain)
          if (!live || run != chain.back()) parts.push_back(session_.project().metrics(run->id));
      }
      curves = continued(trainingCurves(continued(parts)), curves);
    } catch (const Error&) {
      // A writer holds the database for a moment; the next change of the project shows them.
    }
  }
  showTraining(TrainingCharts{*loss_, *quality_}, curves);
  for (Chart* chart : charts()) chart->setContext(wanted >= 0 ? tr("run %1").arg(wanted) : QString());
}

Page* makeTrainingPage(const PageTools& tools) { return new TrainingPage(tools.session, tools.runner); }

}  // namespace discern::ui
