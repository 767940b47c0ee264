#include "ui/pages/distil/benchmark_panel.h"

#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/files.h"
#include "core/evaluation/protocols.h"
#include "ui/charts/line_chart.h"
#include "ui/models/project/kind_words.h"
#include "ui/pages/figures.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/job_progress.h"
#include "ui/widgets/save_table.h"

namespace discern::ui {
namespace {

constexpr int kSortRole = Qt::UserRole + 1, kRowRole = Qt::UserRole + 2;
constexpr std::size_t kFew = 8;  // lines, where no row is chosen: table II has as many students

QString fileOf(jobs::Benchmark benchmark) { return QString("distil-%1.csv").arg(QString(nameOf(benchmark))); }

qint64 countOf(const Snapshot& snapshot, const QString& set, project::Role role) {
  const std::string name = set.toStdString();
  return std::ranges::count_if(snapshot.identities, [&](const project::IdentityRow& identity) {
    return identity.set == name && identity.role == role && !identity.excluded && identity.mergedInto < 0;
  });
}

// As large a part of those that there are as was published: 50 of 130.
qint64 trainingSubjects(qint64 there) {
  const evaluation::ScfaceOptions usual;
  return std::min<qint64>(usual.trainSubjects,
                          there * usual.trainSubjects / (usual.trainSubjects + usual.testSubjects));
}

// The one that is called like the benchmark, else one with somebody to test.
QString usualSet(const Snapshot& snapshot, const QStringList& sets, jobs::Benchmark benchmark) {
  for (const QString& set : sets)
    if (set.contains(QString(nameOf(benchmark)), Qt::CaseInsensitive)) return set;
  for (const QString& set : sets)
    if (countOf(snapshot, set, project::Role::Test) > 0) return set;
  return sets.value(0);
}

QStandardItem* itemOf(const BenchmarkCell& cell, const BenchmarkRow& row) {
  auto* item = new QStandardItem(cell.text);
  item->setToolTip(row.search.features);
  const bool isText = std::isnan(cell.number);
  item->setData(isText ? QVariant(cell.text) : QVariant(cell.number), kSortRole);
  if (!isText) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  return item;
}

}  // namespace

BenchmarkPanel::BenchmarkPanel(Session& session, JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      session_(session),
      runner_(runner),
      jobs_(session, runner, {"extract", "identify", "role"}),
      reload_(*this, [this] { reload(); }) {
  chart_ = new LineChart("distil-benchmark");
  chart_->setEmptyText(tr("No student was sent through this benchmark yet."));
  buildTable();
  hint_ = mutedNote("benchmarkHint");
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->setObjectName("benchmarkSplit");
  splitter->addWidget(cardAround(chart_, this));
  splitter->addWidget(table_);
  splitter->setChildrenCollapsible(false);
  splitter->setSizes({300, 200});
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 8, 0, 0);
  layout->addLayout(buildChoices());
  layout->addLayout(buildOptions());
  layout->addWidget(hint_);
  layout->addLayout(buildButtons());
  layout->addWidget(new JobProgress(jobs_));
  layout->addWidget(splitter, 1);
  connectAll();
  reload_.ask();
}

QHBoxLayout* BenchmarkPanel::buildChoices() {
  benchmark_ = makeCombo("distilBenchmark", tr("Benchmark"), {"SCface", "UCCS"});
  benchmark_->setToolTip(
      tr("SCface: mugshots found in pictures of cameras at three distances. UCCS: a classifier of the "
         "{identities} with most pictures."));
  keepChoice(benchmark_);
  network_ = makeCombo("benchmarkNetwork", tr("The student, or a teacher's features"));
  letShrink(network_, 8);
  save_ = new QPushButton(tr("Save table…"));
  save_->setObjectName("saveBenchmark");
  auto* row = new QHBoxLayout;
  row->addWidget(benchmark_);
  row->addWidget(network_, 1);
  row->addWidget(save_);
  return row;
}

QHBoxLayout* BenchmarkPanel::buildOptions() {
  set_ = makeCombo("benchmarkSet", tr("The imported set with the benchmark's {identities}"));
  letShrink(set_, 6);
  subjects_ = new QSpinBox;
  subjects_->setObjectName("benchmarkSubjects");
  subjects_->setAccessibleName(tr("Tested {identities}"));
  subjects_->setToolTip(tr("How many {identities} take part, for sets with fewer than were published."));
  subjects_->setRange(0, 1000000);
  subjects_->setSpecialValueText(tr("as published"));
  start_ = makeCombo("benchmarkStart", tr("Where the reduction starts; random weights are the baseline"));
  start_->addItem(tr("own layer"), nameOf(jobs::ReductionStart::Own));
  start_->addItem(tr("random weights"), nameOf(jobs::ReductionStart::Random));
  letShrink(start_, 6);
  auto* row = new QHBoxLayout;
  row->addWidget(new QLabel(tr("Set")));
  row->addWidget(set_, 1);
  row->addWidget(subjects_);
  row->addWidget(start_);
  return row;
}

QHBoxLayout* BenchmarkPanel::buildButtons() {
  draw_ = new QPushButton;
  draw_->setObjectName("drawSubjects");
  draw_->setToolTip(
      tr("So many {identities} of the set get the role train, by chance; the others are tested."));
  tune_ = new QPushButton(tr("Fine-tune…"));
  tune_->setObjectName("fineTune");
  tune_->setToolTip(
      tr("Puts into the form on the left what trains this student further on the set's training "
         "{identities}."));
  identify_ = new QPushButton(tr("Identify"));
  identify_->setObjectName("startBenchmark");
  identify_->setProperty("primary", true);
  identify_->setToolTip(tr("Extracts the student's features first, where there are none yet."));
  auto* row = new QHBoxLayout;
  row->addStretch(1);
  for (QPushButton* button : {draw_, tune_, identify_}) row->addWidget(button);
  return row;
}

void BenchmarkPanel::buildTable() {
  items_ = new QStandardItemModel(this);
  items_->setSortRole(kSortRole);
  table_ = new QTableView;
  table_->setObjectName("benchmarkTable");
  table_->setAccessibleName(tr("Students in the benchmark"));
  table_->setModel(items_);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->verticalHeader()->hide();
  table_->setSortingEnabled(true);
  table_->sortByColumn(-1, Qt::AscendingOrder);  // as they come: newest first
}

void BenchmarkPanel::connectAll() {
  connect(&session_, &Session::projectChanged, this, [this] {
    setFollows_ = true;
    wanted_.clear();
  });
  connect(&session_, &Session::snapshotChanged, &reload_, &WhenSeen::ask);
  connect(benchmark_, &QComboBox::currentIndexChanged, &reload_, &WhenSeen::ask);
  connect(network_, &QComboBox::currentIndexChanged, this, &BenchmarkPanel::showForm);
  connect(network_, &QComboBox::activated, this, [this] { wanted_.clear(); });
  connect(set_, &QComboBox::currentIndexChanged, this, &BenchmarkPanel::showForm);
  connect(set_, &QComboBox::activated, this, [this] { setFollows_ = false; });
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &BenchmarkPanel::showCurves);
  connect(identify_, &QPushButton::clicked, this, &BenchmarkPanel::identify);
  connect(save_, &QPushButton::clicked, this, &BenchmarkPanel::saveTable);
  connect(tune_, &QPushButton::clicked, this,
          [this] { emit tuneRequested(network_->currentData().toString(), set_->currentText()); });
  connect(draw_, &QPushButton::clicked, this, [this] {
    const QString set = set_->currentText();
    const qint64 drawn = trainingSubjects(countOf(*session_.snapshot(), set, project::Role::Test));
    emit jobRequested("role", {"--set", set, "--count", QString::number(drawn), "--role", "train"});
  });
}

jobs::Benchmark BenchmarkPanel::benchmark() const {
  return benchmark_->currentIndex() == 0 ? jobs::Benchmark::Scface : jobs::Benchmark::Uccs;
}

void BenchmarkPanel::choose(const QString& network) {
  wanted_ = network;
  chooseWanted();
}

void BenchmarkPanel::chooseWanted() {
  const int at = wanted_.isEmpty() ? -1 : network_->findData(wanted_);
  if (at < 0) return;  // nobody looked at the list yet, or it is being trained
  wanted_.clear();
  network_->setCurrentIndex(at);
}

void BenchmarkPanel::reload() {
  showChoices();
  showForm();
  showRows();
}

void BenchmarkPanel::showChoices() {
  const auto snapshot = session_.snapshot();
  const Recognisers all = benchmarkedRecognisers(*snapshot);
  students_ = all.students;
  refill(network_, all.students + all.teachers);
  chooseWanted();
  QStringList sets;
  for (const project::IdentityRow& identity : snapshot->identities)
    if (const QString set = QString::fromStdString(identity.set); !sets.contains(set)) sets << set;
  refill(set_, sets);
  const QSignalBlocker quiet(set_);
  if (setFollows_) set_->setCurrentText(usualSet(*snapshot, sets, benchmark()));
}

void BenchmarkPanel::showForm() {
  const auto snapshot = session_.snapshot();
  const bool isScface = benchmark() == jobs::Benchmark::Scface;
  const QString set = set_->currentText(), network = network_->currentData().toString();
  const qint64 tested = countOf(*snapshot, set, project::Role::Test);
  const qint64 trained = countOf(*snapshot, set, project::Role::Train), drawn = trainingSubjects(tested);
  QString missing, advice;
  if (network.isEmpty())
    missing = tr("No student is finished yet.");
  else if (tested == 0)
    missing = tr("Set %1 has nobody to test: import it in the role test, or give its {identities} that role.")
                  .arg(set);
  else if (isScface && trained == 0)
    advice =
        tr("To fine-tune, draw {identities} to train on first: then the same others are tested before "
           "and after it.");
  hint_->setText(inWords(session_.kind(), missing.isEmpty() ? advice : missing));
  hint_->setVisible(!hint_->text().isEmpty());
  start_->setVisible(!isScface);
  draw_->setText(tr("Draw %L1 to train on").arg(drawn));
  draw_->setVisible(isScface && trained == 0 && drawn > 0);
  tune_->setVisible(isScface);
  tune_->setEnabled(students_.contains(network) && trained > 0);
  identify_->setEnabled(missing.isEmpty());
}

void BenchmarkPanel::showRows() {
  const auto snapshot = session_.snapshot();
  QString key = session_.folder() + ' ' + nameOf(benchmark());
  for (const project::RunRow& run : snapshot->runs)
    if ((run.job == "identify" || run.job == "distil") && run.status == "done")
      key += QString(" %1").arg(run.id);
  for (const auto& table : snapshot->featureTables)
    key += QString(" %1 %2").arg(QString::fromStdString(table.name)).arg(table.dims);
  for (const auto& model : snapshot->models) key += ' ' + QString::fromStdString(model.name);
  if (key == std::exchange(shown_, key)) return;
  rows_ = benchmarkRows(*snapshot, benchmark());
  items_->clear();
  items_->setHorizontalHeaderLabels(benchmarkColumns(benchmark()));
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    QList<QStandardItem*> items;
    for (const BenchmarkCell& cell : benchmarkCells(rows_[i], benchmark())) items << itemOf(cell, rows_[i]);
    items.front()->setData(int(i), kRowRole);
    items_->appendRow(items);
  }
  fitColumns(*table_);
  save_->setEnabled(!rows_.empty());
  showCurves();
}

void BenchmarkPanel::showCurves() {
  std::vector<std::size_t> chosen;
  for (const QModelIndex& index : table_->selectionModel()->selectedRows())
    chosen.push_back(std::size_t(index.data(kRowRole).toInt()));
  std::ranges::sort(chosen);
  if (chosen.empty())
    for (std::size_t i = 0; i < std::min(kFew, rows_.size()); ++i) chosen.push_back(i);
  std::vector<BenchmarkRow> shown;
  for (const std::size_t i : chosen)
    if (i < rows_.size()) shown.push_back(rows_[i]);
  showBenchmark(*chart_, benchmark(), shown);
}

void BenchmarkPanel::identify() {
  const bool isScface = benchmark() == jobs::Benchmark::Scface;
  const QString network = network_->currentData().toString();
  QString features = network;
  std::vector<JobRequest> requests;
  if (students_.contains(network)) {
    // UCCS's reduction stands in for the identity layer, so it starts from what that sees.
    const QString layer = isScface ? "identity" : "mimic";
    features += '-' + layer;
    requests.push_back(
        {"extract", {"--model", network, "--layer", layer, "--name", features, "--no-recipe-check"}});
  }
  QStringList options = {"--benchmark", nameOf(benchmark()), "--features", features,
                         "--set",       set_->currentText()};
  if (subjects_->value() > 0) options << "--subjects" << QString::number(subjects_->value());
  if (!isScface) options << "--reduction-start" << start_->currentData().toString();
  requests.push_back({"identify", options});
  runner_.enqueueChain(session_.folder(), requests);
}

void BenchmarkPanel::saveTable() {
  ui::saveTable(this, QDir(session_.folder()).filePath(fileOf(benchmark())), [this](const QString& file) {
    writeFileAtomically(file.toStdString(), benchmarkCsv(rows_, benchmark()));
  });
}

QStringList BenchmarkPanel::exportTo(const QString& folder) const {
  QStringList files;
  const auto snapshot = session_.snapshot();
  for (const jobs::Benchmark one : {jobs::Benchmark::Scface, jobs::Benchmark::Uccs}) {
    const auto rows = benchmarkRows(*snapshot, one);
    if (rows.empty()) continue;
    files << QDir(folder).filePath(fileOf(one));
    writeFileAtomically(files.back().toStdString(), benchmarkCsv(rows, one));
  }
  return files;
}

}  // namespace discern::ui
