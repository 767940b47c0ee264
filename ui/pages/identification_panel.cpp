#include "ui/pages/identification_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTableView>
#include <algorithm>

#include "ui/charts/line_chart.h"
#include "ui/models/live/job_requests.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/figures.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/empty_state.h"

namespace discern::ui {
namespace {

constexpr std::size_t kFew = 6;  // curves, where none is chosen

}  // namespace

IdentificationPanel::IdentificationPanel(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), reload_(*this, [this] { reload(); }) {
  cmc_ = new LineChart("cmc");
  setUpCmc(*cmc_);
  rows_ = new QStandardItemModel(this);
  table_ = new QTableView;
  table_->setObjectName("identifyTable");
  table_->setAccessibleName(tr("Searches"));
  table_->setModel(rows_);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->verticalHeader()->hide();
  table_->horizontalHeader()->setStretchLastSection(true);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &IdentificationPanel::showCurves);
  auto* again = new QPushButton(tr("Identify…"));
  again->setObjectName("identify");
  again->setProperty("primary", true);
  again->setToolTip(tr("Asks for the benchmark and its options; at first they are those of the chosen row."));
  auto* header = new QHBoxLayout;
  header->addStretch(1);
  header->addWidget(again);
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->setObjectName("identifySplit");
  splitter->addWidget(cmc_);
  splitter->addWidget(table_);
  splitter->setStretchFactor(0, 3);
  splitter->setStretchFactor(1, 2);
  splitter->setSizes({360, 220});
  splitter->setChildrenCollapsible(false);
  auto* content = new QWidget;
  auto* inContent = new QVBoxLayout(content);
  inContent->setContentsMargins(0, 0, 0, 0);
  inContent->addLayout(header);
  inContent->addWidget(splitter, 1);

  empty_ = new EmptyState("person", {}, {});
  stack_ = new QStackedWidget;
  stack_->addWidget(empty_);
  stack_->addWidget(content);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 8, 0, 0);
  layout->addWidget(stack_);
  for (QObject* button : {static_cast<QObject*>(again), static_cast<QObject*>(empty_->button())})
    connect(qobject_cast<QPushButton*>(button), &QPushButton::clicked, this,
            [this] { emit jobRequested("identify", chosenOptions()); });
  connect(&session_, &Session::snapshotChanged, &reload_, &WhenSeen::ask);
  reload_.ask();
}

void IdentificationPanel::reload() {
  const auto snapshot = session_.snapshot();
  QString key = session_.folder();
  for (const project::RunRow& run : snapshot->runs)
    if (run.job == "identify" && run.status == "done") key += QString(" %1").arg(run.id);
  if (key != std::exchange(shown_, key)) {
    runs_ = identifyRuns(*snapshot);
    rows_->clear();
    rows_->setHorizontalHeaderLabels(identifyColumns());
    for (const IdentifyRun& run : runs_) {
      QList<QStandardItem*> row;
      for (const QString& text : identifyRow(run)) row << new QStandardItem(text);
      rows_->appendRow(row);
    }
    fitColumns(*table_);
    showCurves();
  }
  if (runs_.empty()) {
    const bool possible = !snapshot->featureTables.empty();
    empty_->setTexts(
        tr("Nothing was identified yet"),
        possible
            ? inWords(session_.kind(),
                      tr("Some {samples} or {groups} are enrolled and others searched for among them, by "
                         "the rules of a benchmark: at which rank are they found?"))
            : inWords(session_.kind(), tr("Extract features first; then {samples} are searched for among the "
                                          "enrolled.")),
        possible ? tr("Identify…") : QString());
  }
  stack_->setCurrentIndex(runs_.empty() ? 0 : 1);
}

// Of the chosen row's run; empty: none is chosen.
QStringList IdentificationPanel::chosenOptions() const {
  const auto rows = table_->selectionModel()->selectedRows();
  if (rows.isEmpty()) return {};
  const int id = runs_[std::size_t(rows.front().row())].run;
  for (const project::RunRow& run : session_.snapshot()->runs)
    if (run.id == id) return wordsOfRun(run);
  return {};
}

void IdentificationPanel::showCurves() {
  std::vector<std::size_t> chosen;
  for (const QModelIndex& index : table_->selectionModel()->selectedRows())
    chosen.push_back(std::size_t(index.row()));
  std::ranges::sort(chosen);
  if (chosen.empty())
    for (std::size_t i = 0; i < std::min(kFew, runs_.size()); ++i) chosen.push_back(i);
  std::vector<IdentifyRun> shown;
  for (const std::size_t i : chosen) shown.push_back(runs_[i]);
  showCmc(*cmc_, shown);
}

}  // namespace discern::ui
