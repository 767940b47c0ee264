#include "ui/pages/distil_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/models/results/run_results.h"
#include "ui/pages/pages.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/job_form.h"

namespace discern::ui {
namespace {

constexpr int kFollowMs = 500;
constexpr std::size_t kShownRuns = 6;  // when none is chosen
const QStringList kModes = {"c", "s", "sc", "dc"};

bool selects(const QString& mode) { return mode == "s" || mode == "sc"; }
bool isRunning(const StudentRow& row) { return row.state.startsWith("running"); }

QStringList namesOf(const std::vector<project::FeatureTableRow>& tables) {
  QStringList names;
  for (const auto& table : tables) names << QString::fromStdString(table.name);
  return names;
}

// Fills while the chosen entry stays.
void refill(QComboBox* combo, const QStringList& items, QString (*title)(const QString&) = nullptr) {
  QStringList before;
  for (int i = 0; i < combo->count(); ++i) before << combo->itemData(i).toString();
  if (before == items) return;
  const QString chosen = combo->currentData().toString();
  const QSignalBlocker blocker(combo);
  combo->clear();
  for (const QString& item : items) combo->addItem(title != nullptr ? title(item) : item, item);
  if (items.contains(chosen)) combo->setCurrentIndex(int(items.indexOf(chosen)));
  combo->setEnabled(!items.isEmpty());
}

}  // namespace

DistilPage::DistilPage(Session& session, JobRunner& runner, QWidget* parent)
    : Page(session, parent),
      source_(SelectionSource::of(session)),
      runner_(runner),
      jobs_(session, runner, {"distil", "cost"}),
      students_(new StudentTable(this)),
      sorted_(new QSortFilterProxyModel(this)) {
  sorted_->setSourceModel(students_);
  sorted_->setSortRole(StudentTable::SortRole);
  auto* layout = new QHBoxLayout(this);
  layout->setSpacing(12);
  layout->addWidget(buildControls());
  stack_ = new QStackedWidget;
  empty_ = new EmptyState("distil", {}, {});
  stack_->addWidget(empty_);
  stack_->addWidget(buildContent());
  layout->addWidget(stack_, 1);
  table_->sortByColumn(-1, Qt::AscendingOrder);  // as they come: newest first, then the teachers
  follow_.setInterval(kFollowMs);
  connectAll();
  showChoices();
  showRows();
}

void DistilPage::connectAll() {
  connect(&session_, &Session::projectChanged, this, [this] {
    runOfJob_.clear();
    curvesOf_.clear();
    what_->setValue("teacher", session_.featureTable());
    lambdaFollows_ = true;
  });
  connect(&session_, &Session::snapshotChanged, this, [this] {
    showChoices();
    showRows();
  });
  connect(&source_, &SelectionSource::namesChanged, this, &DistilPage::showChoices);
  connect(&source_, &SelectionSource::lambdaChanged, this, [this](double lambda) {
    if (!lambdaFollows_) return;
    const QSignalBlocker blocker(lambda_);
    lambda_->setValue(lambda);
  });
  connect(lambda_, &QDoubleSpinBox::valueChanged, this, [this] { lambdaFollows_ = false; });
  connect(amount_, &QComboBox::currentIndexChanged, amounts_, &QStackedWidget::setCurrentIndex);
  connect(what_, &JobForm::changed, this, &DistilPage::showForm);
  for (const auto* boxes : {&sizes_, &modes_})
    for (QCheckBox* box : *boxes) connect(box, &QCheckBox::toggled, this, &DistilPage::showForm);
  connect(start_, &QPushButton::clicked, this, &DistilPage::start);
  connect(stopAll_, &QPushButton::clicked, this, [this] {
    std::vector<int> ids;
    for (const Job* job : jobs_.unfinished()) ids.push_back(job->id);
    for (auto id = ids.rbegin(); id != ids.rend(); ++id) runner_.cancel(*id);  // those that wait first
  });
  connect(measure_, &QPushButton::clicked, this, [this] { emit jobRequested("cost", {"--batches", "1"}); });
  connect(select_, &QPushButton::clicked, this, [this] { emit pageRequested("Selection"); });
  connect(empty_, &EmptyState::clicked, this, [this] { emit jobRequested(emptyJob_, {}); });
  connect(&jobs_, &JobWatch::changed, this, &DistilPage::showRows);
  connect(&runner_, &JobRunner::jobEvent, this, [this](int id, const JobEvent& event) {
    if (event.kind == JobEvent::Kind::Start && event.text == "distil") runOfJob_[id] = event.run;
  });
  connect(&runner_, &JobRunner::jobFinished, this, [this](int id) {
    const Job* job = runner_.find(id);
    if (job->name != "distil" || job->state != Job::State::Failed || job->errorField.isEmpty()) return;
    (what_->has(job->errorField) ? what_ : how_)->mark(job->errorField, job->error);
  });
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &DistilPage::chooseRuns);
  connect(&follow_, &QTimer::timeout, this, &DistilPage::readCurves);
  connect(metric_, &QComboBox::currentIndexChanged, this, &DistilPage::showCurves);
  for (QComboBox* combo : {protocol_, quality_, layer_, cost_})
    connect(combo, &QComboBox::currentIndexChanged, this, &DistilPage::showCosts);
  connect(costs_, &ScatterChart::pointClicked, this,
          [this](int point) { chooseRow(dots_[std::size_t(point)]); });
}

std::vector<Chart*> DistilPage::charts() { return {curves_, costs_}; }

// --- the form

QStringList DistilPage::chosen(const std::vector<QCheckBox*>& boxes) const {
  QStringList values;
  for (const QCheckBox* box : boxes)
    if (box->isChecked()) values << box->text();
  return values;
}

QStringList DistilPage::optionsOf(const QString& size, const QString& mode) const {
  QStringList options = {
      "--teacher", what_->value("teacher").toString().remove(' '), "--size", size, "--mode", mode};
  if (selects(mode)) {
    options << "--selection" << what_->value("selection").toString();
    if (amount_->currentIndex() == 0)
      options << "--lambda" << QString::number(lambda_->value(), 'g', 17);
    else
      options << "--keep" << QString::number(keep_->value() / 100, 'g', 6);
  }
  QStringList how = how_->options();
  const QString ending = how_->text("name");
  if (const auto at = how.indexOf("--name"); at >= 0) how.remove(at, 2);
  return options << how << "--name"
                 << QString("S-%1-%2").arg(size, mode) + (ending.isEmpty() ? QString() : '-' + ending);
}

void DistilPage::start() {
  if (!what_->check() || !how_->check()) return;
  // A job each: when one fails the others still run. Modes of
  // a size come after each other and share its first stage.
  for (const QString& size : chosen(sizes_))
    for (const QString& mode : chosen(modes_)) emit jobRequested("distil", optionsOf(size, mode));
}

void DistilPage::showChoices() {
  {
    const QSignalBlocker quiet(what_);
    what_->setChoices("teacher", namesOf(session_.snapshot()->featureTables));
    const bool typing = what_->findChild<QComboBox*>("teacher")->hasFocus();
    if (!typing && what_->value("teacher").toString().isEmpty())
      what_->setValue("teacher", session_.featureTable());
    what_->setChoices("selection", source_.selections());
  }
  showForm();
}

void DistilPage::showForm() {
  const QStringList modes = chosen(modes_);
  const qsizetype runs = chosen(sizes_).size() * modes.size();
  const bool selecting = std::ranges::any_of(modes, selects);
  const bool teacher = !what_->value("teacher").toString().trimmed().isEmpty();
  const bool selection = !source_.selections().isEmpty();
  QString hint;
  if (!teacher)
    hint = "A teacher must have looked at the faces first: extract features.";
  else if (selecting && !selection)
    hint = "Modes s and sc learn from selected faces, and none are selected yet.";
  else if (runs == 0)
    hint = "Choose at least one size and one mode.";
  hint_->setText(hint);
  hint_->setVisible(!hint.isEmpty());
  select_->setVisible(teacher && selecting && !selection);
  start_->setEnabled(hint.isEmpty());
  start_->setText(runs > 1 ? QString("Start %1 trainings").arg(runs) : QString("Start training"));
  for (QWidget* widget : std::initializer_list<QWidget*>{amount_, amounts_})
    widget->setEnabled(selecting && selection);
}

// --- the table

void DistilPage::showRows() {
  std::vector<StudentRow> rows = studentRows(*session_.snapshot());
  std::vector<StudentRow> coming;
  int unfinished = 0;
  for (const Job* job : jobs_.unfinished()) {
    ++unfinished;
    if (job->name != "distil") continue;
    const int run = runOfJob_.value(job->id, -1);
    const auto known = std::ranges::find(rows, run, &StudentRow::run);
    if (run >= 0 && known != rows.end()) {
      if (job->total > 0) known->state = "running " + percentText(job->share(), 0);
      continue;
    }
    StudentRow row;
    row.job = job->id;
    row.name = optionOf(*job, "--name");
    row.teacher = optionOf(*job, "--teacher");
    row.mode = optionOf(*job, "--mode");
    row.seed = optionOf(*job, "--seed");
    row.size = optionOf(*job, "--size").toInt();
    row.state = job->state == Job::State::Waiting ? "waiting" : "starting";
    coming.push_back(row);
  }
  rows.insert(rows.begin(), coming.rbegin(), coming.rend());
  stopAll_->setVisible(unfinished > 1);

  std::set<QString> chosenKeys;
  for (const int row : chosenRows()) chosenKeys.insert(students_->at(row).key());
  refill(protocol_, protocolsOf(rows));
  // What a student is compared on is decided when it is trained.
  protocolNote_->setVisible(protocol_->count() == 0 && std::ranges::any_of(rows, [](const StudentRow& row) {
                              return row.state == "done";
                            }));
  students_->set(std::move(rows));
  if (chosenRows().size() != chosenKeys.size()) {  // the model was made anew
    QItemSelection selection;
    for (int row = 0; row < students_->rowCount(); ++row)
      if (chosenKeys.contains(students_->at(row).key())) {
        const QModelIndex index = sorted_->mapFromSource(students_->index(row, 0));
        selection.select(index, index);
      }
    const QSignalBlocker quiet(table_->selectionModel());
    table_->selectionModel()->select(selection,
                                     QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    table_->viewport()->update();
  }
  showEmpty();
  showCosts();
  readCurves();
}

void DistilPage::showEmpty() {
  const auto snapshot = session_.snapshot();
  stack_->setCurrentIndex(students_->rowCount() > 0 ? 1 : 0);
  const auto show = [this](const QString& job, const QString& title, const QString& text,
                           const QString& button) {
    emptyJob_ = job;
    empty_->setTexts(title, text, button);
  };
  if (snapshot->samples.empty())
    show("import", "No images yet", "Import the faces that a student should learn from.", "Import…");
  else if (snapshot->featureTables.empty())
    show("extract", "No teacher yet",
         "A student learns the features of a teacher, which must look at the faces first.",
         "Extract features…");
  else
    show({}, "No students yet",
         "Choose sizes and modes on the left and start: each becomes a run. They are put beside each other "
         "and their "
         "teacher here, with accuracy against what they cost.",
         {});
}

std::vector<int> DistilPage::chosenRows() const {
  std::vector<int> rows;
  for (const QModelIndex& index : table_->selectionModel()->selectedRows())
    rows.push_back(sorted_->mapToSource(index).row());
  std::ranges::sort(rows);
  return rows;
}

void DistilPage::chooseRow(int row) {
  table_->selectRow(sorted_->mapFromSource(students_->index(row, 0)).row());
  table_->scrollTo(table_->currentIndex());
}

void DistilPage::chooseRuns() {
  showCosts();
  readCurves();
}

// --- curves

std::vector<StudentRow> DistilPage::shown() const {
  std::vector<StudentRow> rows;
  for (const int row : chosenRows())
    if (students_->at(row).run >= 0) rows.push_back(students_->at(row));
  if (!chosenRows().empty()) return rows;
  for (const StudentRow& row : students_->rows())
    if (row.run >= 0 && rows.size() < kShownRuns) rows.push_back(row);
  return rows;
}

void DistilPage::readCurves() {
  std::vector<std::pair<int, bool>> wanted;  // run, and whether it is over
  bool running = false;
  for (const StudentRow& row : shown()) {
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

void DistilPage::showCurves() {
  const std::vector<StudentRow> rows = shown();
  QStringList names = {"train/loss"};  // first what every run has
  for (const StudentRow& row : rows)
    for (const TrainingCurve& curve : curvesOf_.value(row.run).curves)
      if (!names.contains(curve.name) && !curve.name.endsWith("learning_rate")) names << curve.name;
  std::sort(names.begin() + 1, names.end());
  refill(metric_, names, metricTitle);
  const QString metric = metric_->currentData().toString();
  QVector<LineSeries> series;
  for (const StudentRow& row : rows)
    for (const TrainingCurve& curve : curvesOf_.value(row.run).curves) {
      if (curve.name != metric) continue;
      LineSeries line;
      const bool twice = std::ranges::count(rows, row.name, &StudentRow::name) > 1;
      line.name = twice ? QString("%1 (run %2)").arg(row.name).arg(row.run) : row.name;
      line.points = curve.points;
      line.markers = curve.points.size() < 40;
      series.append(line);
    }
  const bool share = metric.endsWith("accuracy");
  curves_->setXAxis({.title = metric == "train/loss" ? "step" : "epoch"});
  curves_->setYAxis({.title = metricTitle(metric), .log = false, .low = {}, .high = {}, .percent = share});
  curves_->setSeries(std::move(series));
}

// --- costs

double DistilPage::costOf(const StudentRow& row) const {
  switch (cost_->currentIndex()) {
    case 0:
      return row.parameters;
    case 1:
      return row.megabytes;
    case 2:
      return row.memory;
    default:
      return row.milliseconds;
  }
}

void DistilPage::showCosts() {
  const auto layer = layer_->currentIndex() == 0 ? StudentRow::Layer::Identity : StudentRow::Layer::Mimic;
  const QString protocol = protocol_->currentText();
  const bool accuracy = quality_->currentIndex() == 1;
  students_->setQuality(protocol, layer);
  ScatterData data;
  data.styleNames = kModes + QStringList{"teacher"};
  dots_.clear();
  std::vector<int> chosenDots;
  QStringList unknown;  // have results, but not this cost
  const std::vector<int> rows = chosenRows();
  for (int i = 0; i < students_->rowCount(); ++i) {
    const StudentRow& row = students_->at(i);
    const QPointF point(costOf(row), accuracy ? row.accuracy(protocol, layer) : row.auc(protocol, layer));
    if (!std::isfinite(point.x()) && std::isfinite(point.y()) && !unknown.contains(row.name))
      unknown << row.name;
    if (!std::isfinite(point.x()) || !std::isfinite(point.y())) continue;
    if (std::ranges::binary_search(rows, i)) chosenDots.push_back(int(dots_.size()));
    dots_.push_back(i);
    data.points.push_back(point);
    data.styles.push_back(row.isTeacher ? int(kModes.size()) : std::max(0, int(kModes.indexOf(row.mode))));
    data.labels << row.name;
  }
  const QString lacking = unknown.isEmpty() ? QString() : QString(" (unknown of %1)").arg(unknown.join(", "));
  costs_->setXAxis({.title = cost_->currentText() + lacking, .log = true});
  costs_->setEmptyText(
      accuracy
          ? "Accuracy takes a protocol with folds, such as LFW's. Any protocol of single images has an AUC."
          : "Students with results stand here against what they cost, beside their teacher.");
  costs_->setYAxis(
      {.title = QString("%1, %2 layer").arg(accuracy ? "accuracy" : "AUC", layer_->currentText()),
       .log = false,
       .low = {},
       .high = {},
       .percent = accuracy});
  costs_->setTooltip([this](int dot) {
    const StudentRow& row = students_->at(dots_[std::size_t(dot)]);
    QString text = row.name;
    for (const int column : {StudentTable::Parameters, StudentTable::Megabytes, StudentTable::Memory,
                             StudentTable::Milliseconds, StudentTable::Auc, StudentTable::Accuracy}) {
      const QModelIndex index = students_->index(dots_[std::size_t(dot)], column);
      text += QString("\n%1: %2")
                  .arg(students_->headerData(column, Qt::Horizontal).toString(), index.data().toString());
    }
    return text;
  });
  costs_->setData(std::move(data));
  costs_->setSelected(std::move(chosenDots));
}

Page* makeDistilPage(const PageTools& tools) { return new DistilPage(tools.session, tools.runner); }

}  // namespace discern::ui
