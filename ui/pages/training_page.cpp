#include "ui/pages/training_page.h"

#include <QDateTime>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
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
#include "ui/charts/line_chart.h"
#include "ui/models/session.h"
#include "ui/widgets/job_form.h"

namespace discern::ui {
namespace {

using Kind = FormField::Kind;
constexpr int kRunRole = Qt::UserRole + 1;
constexpr int kRedrawMs = 150;

const FormField kDevice{.option = "--device",
                        .label = "Device",
                        .kind = Kind::Choice,
                        .value = "cpu",
                        .tooltip = "cuda needs a build with CUDA and a device.",
                        .choices = {"cpu", "cuda"}};
const FormField kSeed{.option = "--seed",
                      .label = "Seed",
                      .kind = Kind::Integer,
                      .value = 1,
                      .tooltip = "Initial weights, order and degraded copies follow from it.",
                      .choices = {}};

std::vector<FormField> ddnetFields() {
  return {{.option = "--scores",
           .label = "Scores",
           .kind = Kind::Choice,
           .value = "dscore",
           .tooltip = "The D-score table whose values the network learns to predict from pixels.",
           .choices = {}},
          {.option = "--name",
           .label = "Name",
           .kind = Kind::Text,
           .value = "ddnet",
           .tooltip = "Of the network in this project; training again under the same name replaces it.",
           .choices = {}},
          {.option = "--architecture",
           .label = "Architecture",
           .kind = Kind::Choice,
           .value = "ddnet-r18",
           .tooltip = "ddnet-r18 is the paper's light ResNet-18 with stages of 8, 16, 32 and 48 channels.",
           .choices = {"ddnet-r18", "ddnet-r34", "ddnet-full"}},
          {.option = "--epochs",
           .label = "Epochs",
           .kind = Kind::Integer,
           .value = 12,
           .tooltip = "Passes over the training images; the best epoch on held-out identities is kept.",
           .low = 1,
           .high = 10000,
           .choices = {}},
          {.option = "--batch",
           .label = "Batch",
           .kind = Kind::Integer,
           .value = 64,
           .tooltip = "Images in one step.",
           .low = 1,
           .high = 65536,
           .choices = {}},
          {.option = "--learning-rate",
           .label = "Learning rate",
           .kind = Kind::Number,
           .value = 0.1,
           .tooltip = "The largest one; it warms up and then falls along a cosine.",
           .low = 0.00001,
           .high = 10,
           .decimals = 5,
           .choices = {}},
          {.option = "--copies",
           .label = "Degraded copies",
           .kind = Kind::Integer,
           .value = 1,
           .tooltip = "Of every training image: small sets hold few bad images to learn from.",
           .low = 0,
           .high = 100,
           .choices = {}},
          kSeed,
          kDevice};
}

std::vector<FormField> baseFields() {
  return {
      {.option = "--name",
       .label = "Name",
       .kind = Kind::Text,
       .value = "base",
       .tooltip = "Of the network in this project.",
       .choices = {}},
      {.option = "--architecture",
       .label = "Architecture",
       .kind = Kind::Choice,
       .value = "mobilefacenet",
       .tooltip = "mobilefacenet is the small one; the others are improved ResNets.",
       .choices = {"mobilefacenet", "iresnet18", "iresnet34", "iresnet50", "iresnet100"}},
      {.option = "--head",
       .label = "Margin head",
       .kind = Kind::Choice,
       .value = "arcface",
       .tooltip = "What pushes identities apart while training; it is not part of the network that is kept.",
       .choices = {"arcface", "cosface", "sphereface", "softmax"}},
      {.option = "--dims",
       .label = "Feature length",
       .kind = Kind::Integer,
       .value = 512,
       .tooltip = "Numbers in a feature.",
       .low = 8,
       .high = 8192,
       .choices = {}},
      {.option = "--epochs",
       .label = "Epochs",
       .kind = Kind::Integer,
       .value = 10,
       .tooltip = "Passes over the training images.",
       .low = 1,
       .high = 10000,
       .choices = {}},
      {.option = "--batch",
       .label = "Batch",
       .kind = Kind::Integer,
       .value = 128,
       .tooltip = "Images in one step.",
       .low = 1,
       .high = 65536,
       .choices = {}},
      {.option = "--learning-rate",
       .label = "Learning rate",
       .kind = Kind::Number,
       .value = 0.1,
       .tooltip = "The largest one of the schedule.",
       .low = 0.00001,
       .high = 10,
       .decimals = 5,
       .choices = {}},
      {.option = "--augment",
       .label = "Augment",
       .kind = Kind::Flag,
       .value = false,
       .tooltip = "Mild random crop, blur and brightness: for sets without natural variety.",
       .choices = {}},
      kSeed,
      kDevice};
}

bool isTraining(const QString& job) { return job.startsWith("train-"); }

QStandardItem* cell(const QString& text, int run) {
  auto* item = new QStandardItem(text);
  item->setEditable(false);
  item->setData(run, kRunRole);
  return item;
}

QString resultText(const project::RunRow& run) {
  const QJsonObject result = QJsonDocument::fromJson(QByteArray::fromStdString(run.result)).object();
  if (run.status == "failed") return result["error"].toString();
  QStringList parts;
  const std::pair<const char*, const char*> shown[] = {{"validation_spearman", "rank correlation"},
                                                       {"validation_loss", "validation loss"},
                                                       {"train_loss", "training loss"},
                                                       {"train_accuracy", "training accuracy"}};
  for (const auto& [key, label] : shown)
    if (result[key].isDouble()) parts << QString("%1 %2").arg(label).arg(result[key].toDouble(), 0, 'g', 4);
  return parts.mid(0, 2).join(", ");
}

QString timeText(const std::string& iso) {
  const QDateTime time = QDateTime::fromString(QString::fromStdString(iso), Qt::ISODate);
  return time.isValid() ? QLocale().toString(time.toLocalTime(), QLocale::ShortFormat)
                        : QString::fromStdString(iso);
}

}  // namespace

TrainingPage::TrainingPage(Session& session, JobRunner& runner, QWidget* parent)
    : Page(session, parent), runner_(runner) {
  auto* layout = new QHBoxLayout(this);
  layout->setSpacing(12);
  layout->addWidget(buildForms());
  layout->addWidget(buildCharts(), 1);
  redraw_.setSingleShot(true);
  redraw_.setInterval(kRedrawMs);
  connect(&redraw_, &QTimer::timeout, this, &TrainingPage::showCurves);
  connect(&session_, &Session::projectChanged, this, [this] {
    run_ = -1;
    live_.clear();
    follow_ = true;
  });
  connect(&session_, &Session::snapshotChanged, this, &TrainingPage::reload);
  connect(&runner_, &JobRunner::jobEvent, this, &TrainingPage::onEvent);
  connect(&runner_, &JobRunner::jobFinished, this, &TrainingPage::onFinished);
  reload();
}

QWidget* TrainingPage::buildForms() {
  ddnet_ = new JobForm(ddnetFields());
  base_ = new JobForm(baseFields());
  tabs_ = new QTabWidget;
  tabs_->setDocumentMode(true);
  for (const auto& [form, title] : {std::pair(ddnet_, "DDNet"), std::pair(base_, "Base model")}) {
    auto* holder = new QWidget;
    auto* inner = new QVBoxLayout(holder);
    inner->setContentsMargins(6, 10, 10, 6);
    inner->addWidget(form);
    inner->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(holder);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tabs_->addTab(scroll, title);
  }
  start_ = new QPushButton("Start training");
  start_->setObjectName("startTraining");
  start_->setProperty("primary", true);
  cancel_ = new QPushButton("Stop");
  cancel_->setObjectName("cancelTraining");
  cancel_->setToolTip(
      "Keeps what was learned so far; starting again with the same options goes on from there.");
  predict_ = new QPushButton("Predict scores");
  predict_->setObjectName("predict");
  predict_->setToolTip("Lets the newest DDNet of this project score every image.");
  state_ = new QLabel;
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
  connect(cancel_, &QPushButton::clicked, this, [this] { runner_.cancel(job_); });
  connect(predict_, &QPushButton::clicked, this, [this] {
    const auto& models = session_.snapshot()->models;
    const auto newest =
        std::find_if(models.rbegin(), models.rend(), [](const auto& m) { return m.kind == "ddnet"; });
    if (newest == models.rend()) return;
    const QString name = QString::fromStdString(newest->name);
    emit jobRequested("predict", {"--model", name, "--name", name});
  });
  connect(tabs_, &QTabWidget::currentChanged, this, &TrainingPage::showButtons);
  return panel;
}

QWidget* TrainingPage::buildCharts() {
  loss_ = new LineChart("training-loss");
  quality_ = new LineChart("training-quality");
  loss_->setTitle("Loss");
  quality_->setTitle("Quality");
  for (LineChart* chart : {loss_, quality_})
    chart->setXAxis({.title = "step", .log = false, .low = {}, .high = {}, .percent = false});
  loss_->setYAxis({.title = "loss", .log = false, .low = {}, .high = {}, .percent = false});
  quality_->setYAxis({.title = "value", .log = false, .low = {}, .high = {}, .percent = false});
  loss_->setEmptyText("Losses appear here while a network trains.");
  quality_->setEmptyText("Rank correlation on held-out identities, or accuracy, appears here.");
  auto* charts = new QWidget;
  auto* row = new QHBoxLayout(charts);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  row->addWidget(loss_, 1);
  row->addWidget(quality_, 1);
  runs_ = new QStandardItemModel(this);
  table_ = new QTableView;
  table_->setObjectName("trainingRuns");
  table_->setModel(runs_);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->verticalHeader()->hide();
  connect(table_, &QTableView::clicked, this, [this](const QModelIndex& index) {
    follow_ = index.row() == 0;
    showCurves();
  });
  auto* splitter = new QSplitter(Qt::Vertical);
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
  const bool ddnet = tabs_->currentIndex() == 0;
  emit jobRequested(ddnet ? "train-ddnet" : "train-base", (ddnet ? ddnet_ : base_)->options());
}

void TrainingPage::addPoint(Curves& curves, const QString& name, double step, double value) {
  auto curve = std::find_if(curves.begin(), curves.end(), [&](const Curve& c) { return c.name == name; });
  if (curve == curves.end()) curve = curves.insert(curves.end(), Curve{name, {}});
  curve->points.append({step, value});
}

// Training counts steps and validation epochs; a stored run has both whole.
void TrainingPage::alignEpochs(Curves& curves) {
  double lastStep = 0, lastEpoch = 0;
  for (const Curve& curve : curves) {
    double& last = curve.name.startsWith("validation/") ? lastEpoch : lastStep;
    last = std::max(last, curve.points.back().x());
  }
  if (lastStep <= 0 || lastEpoch <= 0) return;
  for (Curve& curve : curves)
    if (curve.name.startsWith("validation/"))
      for (QPointF& point : curve.points) point.setX(point.x() * lastStep / lastEpoch);
}

void TrainingPage::onEvent(int id, const JobEvent& event) {
  if (event.kind == JobEvent::Kind::Start) {
    // A recipe starts one job after the other in the same child.
    const bool ours = isTraining(event.text) && runner_.find(id)->project == session_.folder();
    if (!ours && id != job_) return;
    if (training_ && !ours) state_->setText("Training is done.");
    training_ = ours;
    if (ours) {
      job_ = id;
      run_ = event.run;
      live_.clear();
      follow_ = true;
    }
    showButtons();
    showCurves();
    return;
  }
  if (id != job_ || !training_) return;
  if (event.kind == JobEvent::Kind::Progress)
    state_->setText(
        QString("%1: %L2 of %L3%4")
            .arg(event.stage)
            .arg(event.done)
            .arg(event.total)
            .arg(event.secondsLeft >= 0 ? ", " + durationText(event.secondsLeft) + " left" : QString()));
  if (event.kind != JobEvent::Kind::Metric) return;
  // What is validated stands where training was by then.
  double step = double(event.step);
  if (event.text.startsWith("validation/"))
    for (const Curve& curve : live_)
      if (curve.name == "train/loss") step = curve.points.back().x();
  addPoint(live_, event.text, step, event.value);
  if (!redraw_.isActive()) redraw_.start();
}

void TrainingPage::onFinished(int id) {
  if (id == job_ && std::exchange(training_, false)) {
    const Job* job = runner_.find(id);
    state_->setText(job->state == Job::State::Failed ? job->error
                    : job->state == Job::State::Done ? QString("Training is done.")
                                                     : QString("Stopped; start again to go on from there."));
    showCurves();
  }
  showButtons();
}

void TrainingPage::showButtons() {
  const auto snapshot = session_.snapshot();
  const Job* job = runner_.find(job_);
  const bool running = job != nullptr && !job->isOver() && training_;
  const bool ddnet = tabs_->currentIndex() == 0;
  const bool possible = ddnet ? !snapshot->scoreTables.empty() : !snapshot->samples.empty();
  start_->setEnabled(possible && !running);
  start_->setToolTip(possible ? QString()
                     : ddnet  ? "Score the images first: the network learns to predict their scores."
                              : "Import images first.");
  cancel_->setEnabled(running && job->state == Job::State::Running);
  predict_->setEnabled(std::any_of(snapshot->models.begin(), snapshot->models.end(),
                                   [](const auto& model) { return model.kind == "ddnet"; }));
  if (job == nullptr || !possible) state_->setText(start_->toolTip());
}

void TrainingPage::reload() {
  const auto snapshot = session_.snapshot();
  QStringList tables;
  for (const std::string& name : snapshot->scoreTables) tables << QString::fromStdString(name);
  ddnet_->setChoices("--scores", tables);
  const int selected = selectedRun();
  runs_->clear();
  runs_->setHorizontalHeaderLabels({"Run", "Job", "Network", "State", "Started", "Result"});
  int row = -1;
  for (auto run = snapshot->runs.rbegin(); run != snapshot->runs.rend(); ++run) {
    if (!isTraining(QString::fromStdString(run->job))) continue;
    const QJsonObject options = QJsonDocument::fromJson(QByteArray::fromStdString(run->options)).object();
    if (run->id == selected && !follow_) row = runs_->rowCount();
    runs_->appendRow(
        {cell(QString::number(run->id), run->id), cell(QString::fromStdString(run->job), run->id),
         cell(options["name"].toString(), run->id), cell(QString::fromStdString(run->status), run->id),
         cell(timeText(run->started), run->id), cell(resultText(*run), run->id)});
  }
  table_->resizeColumnsToContents();
  table_->horizontalHeader()->setStretchLastSection(true);
  if (runs_->rowCount() > 0) table_->selectRow(std::max(row, 0));
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
  Curves curves;
  if ((training_ && follow_) || (wanted >= 0 && wanted == run_)) {
    curves = live_;
  } else if (wanted >= 0 && session_.isOpen()) {
    try {
      for (const project::MetricRow& metric : session_.project().metrics(wanted))
        addPoint(curves, QString::fromStdString(metric.name), double(metric.step), metric.value);
      alignEpochs(curves);
    } catch (const Error&) {
      // A writer holds the database for a moment; the next change of the project shows them.
    }
  }
  QVector<LineSeries> losses, qualities;
  for (const Curve& curve : curves) {
    if (curve.name.endsWith("learning_rate")) continue;
    LineSeries series;
    series.name = QString(curve.name).replace('/', ' ').replace('_', ' ');
    series.points = curve.points;
    series.markers = curve.points.size() < 40;
    (curve.name.endsWith("loss") ? losses : qualities).append(series);
  }
  loss_->setSeries(losses);
  quality_->setSeries(qualities);
}

}  // namespace discern::ui
