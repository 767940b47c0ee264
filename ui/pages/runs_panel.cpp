#include "ui/pages/runs_panel.h"

#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <map>

#include "core/aggregation/methods.h"
#include "core/base/files.h"
#include "ui/language/words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/save_table.h"

namespace discern::ui {
namespace {

constexpr int kSortRole = Qt::UserRole + 1;
constexpr int kWidest = 170;      // of a column, in pixels, until a person makes it wider
constexpr int kTickedFirst = 24;  // of the newest, where a person has chosen none

QString headOf(const runs::Column& column) {
  static const std::string kTar = "TAR % at FAR ";
  const QString what =
      column.what.starts_with(kTar)
          ? Words::tr("TAR % at FAR %1").arg(QString::fromStdString(column.what.substr(kTar.size())))
          : engineText(column.what);
  return column.of.empty() ? what : QString::fromStdString(column.of) + '\n' + what;
}

QStandardItem* itemOf(const runs::Cell& cell) {
  const bool isFlag = cell.text == "true" || cell.text == "false";
  auto* item = new QStandardItem(isFlag ? engineText(cell.text == "true" ? "yes" : "no")
                                        : QString::fromStdString(cell.text));
  item->setToolTip(item->text());
  const bool isNumber = std::isfinite(cell.number);
  if (isNumber) {
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    item->setData(cell.number, kSortRole);
  } else {
    item->setData(item->text(), kSortRole);
  }
  return item;
}

bool isTickedFirst(const project::RunRow& run) {
  return run.job.starts_with("train-") || run.job == "distil" || run.job == "evaluate";
}

}  // namespace

RunsPanel::RunsPanel(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), reload_(*this, [this] { reload(); }) {
  setObjectName("runs");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 8, 0, 0);
  layout->addWidget(buildHeader());
  layout->addWidget(buildContent(), 1);
  connect(&session_, &Session::snapshotChanged, &reload_, &WhenSeen::ask);
  connect(&session_, &Session::pointChanged, &reload_, &WhenSeen::ask);
  reload_.ask();
}

QWidget* RunsPanel::buildHeader() {
  auto* header = new QWidget;
  auto* row = new QHBoxLayout(header);
  row->setContentsMargins(0, 0, 0, 0);
  note_ = mutedNote("runsNote");
  protocol_ = makeCombo("runsProtocol", tr("Whose numbers are shown"));
  aggregation_ = makeCombo("runsAggregation", tr("Which aggregation evaluations are shown by"));
  letShrink(protocol_, 10);
  letShrink(aggregation_, 10);
  save_ = new QPushButton(tr("Save table…"));
  save_->setObjectName("saveRuns");
  row->addWidget(note_, 1);
  row->addWidget(new QLabel(tr("Protocol")));
  row->addWidget(protocol_);
  row->addWidget(new QLabel(tr("Aggregation")));
  row->addWidget(aggregation_);
  row->addWidget(save_);
  for (QComboBox* combo : {protocol_, aggregation_})
    connect(combo, &QComboBox::currentIndexChanged, this, &RunsPanel::read);
  connect(save_, &QPushButton::clicked, this, [this] {
    ui::saveTable(this, QDir(session_.folder()).filePath("runs.csv"),
                  [this](const QString& file) { save(file); });
  });
  return header;
}

QWidget* RunsPanel::buildContent() {
  list_ = new QListWidget;
  list_->setObjectName("runsList");
  list_->setAccessibleName(tr("Runs"));
  list_->setToolTip(tr("Ticked ones have a row."));
  connect(list_, &QListWidget::itemChanged, this, &RunsPanel::read);
  rows_ = new QStandardItemModel(this);
  rows_->setSortRole(kSortRole);
  view_ = new QTableView;
  view_->setObjectName("runsTable");
  view_->setAccessibleName(tr("Runs side by side"));
  view_->setModel(rows_);
  view_->setAlternatingRowColors(true);
  view_->setShowGrid(false);
  view_->setWordWrap(false);
  view_->setSelectionBehavior(QAbstractItemView::SelectRows);
  view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  view_->verticalHeader()->hide();
  view_->setSortingEnabled(true);
  view_->sortByColumn(-1, Qt::AscendingOrder);  // as they come
  auto* columns = new QSplitter(Qt::Horizontal);
  columns->setObjectName("runsColumns");
  columns->addWidget(list_);
  columns->addWidget(view_);
  columns->setStretchFactor(0, 1);
  columns->setStretchFactor(1, 4);
  columns->setSizes({210, 870});
  columns->setChildrenCollapsible(false);
  return columns;
}

void RunsPanel::reload() {
  const auto snapshot = session_.snapshot();
  QString key;
  std::vector<const project::RunRow*> runs;  // newest first
  for (auto run = snapshot->runs.rbegin(); run != snapshot->runs.rend(); ++run)
    if (runs::isCompared(*run)) {
      runs.push_back(&*run);
      key += QString(" %1").arg(run->id);
    }
  const bool sameProject = session_.folder() == std::exchange(folder_, session_.folder());
  if (key != std::exchange(shown_, key) || !sameProject) {
    std::map<int, bool> before;
    if (sameProject)
      for (int i = 0; i < list_->count(); ++i)
        before[list_->item(i)->data(Qt::UserRole).toInt()] = list_->item(i)->checkState() == Qt::Checked;
    const QSignalBlocker quiet(list_);
    list_->clear();
    int first = 0;
    for (const project::RunRow* run : runs) {
      auto* item = new QListWidgetItem(
          QString("%1  %2  %3")
              .arg(run->id)
              .arg(QString::fromStdString(run->job), QString::fromStdString(runs::nameOfRun(*run))));
      item->setData(Qt::UserRole, run->id);
      const auto known = before.find(run->id);
      const bool on = known != before.end() ? known->second : isTickedFirst(*run) && ++first <= kTickedFirst;
      item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
      list_->addItem(item);
    }
    refill(protocol_, QStringList{QString()} + toList(snapshot->protocols),
           [](const QString& name) { return name.isEmpty() ? tr("all") : name; });
    QStringList names = {"ddl rescale=auto", "ddl rescale=on", "ddl rescale=off"};
    for (const auto& name : aggregation::methods().names())
      if (const QString text = QString::fromStdString(name); text != "ddl") names << text;
    refill(aggregation_, names);
  }
  read();
}

std::vector<int> RunsPanel::ticked() const {
  std::vector<int> ids;
  for (int i = list_->count() - 1; i >= 0; --i)  // oldest first, as they were made
    if (list_->item(i)->checkState() == Qt::Checked)
      ids.push_back(list_->item(i)->data(Qt::UserRole).toInt());
  return ids;
}

void RunsPanel::read() {
  runs::RunTableOptions options;
  options.runs = ticked();
  options.far = session_.point().far;
  if (const QString protocol = protocol_->currentData().toString(); !protocol.isEmpty())
    options.protocols = {protocol.toStdString()};
  if (const QString name = aggregation_->currentText(); !name.isEmpty())
    options.aggregations = {name.toStdString()};
  reading_.run([snapshot = session_.snapshot(),
                options](const LatestTask::Stopped&) { return runs::runTable(snapshot->runs, options); },
               [this](runs::RunTable table) { show(std::move(table)); });
}

void RunsPanel::show(runs::RunTable table) {
  table_ = std::move(table);
  rows_->clear();
  QStringList heads = {tr("Run"), tr("Job"), tr("Name")};
  for (const auto& column : table_.columns) heads << headOf(column);
  rows_->setHorizontalHeaderLabels(heads);
  for (const auto& row : table_.rows) {
    QList<QStandardItem*> items = {itemOf({std::to_string(row.run), double(row.run)}), itemOf({row.job}),
                                   itemOf({row.name})};
    for (const auto& cell : row.cells) items << itemOf(cell);
    rows_->appendRow(items);
  }
  fitColumns(*view_);
  if (!columnsLeft(*view_))
    for (int c = 0; c < rows_->columnCount(); ++c) {
      view_->setColumnWidth(c, std::min(view_->columnWidth(c), kWidest));
      rows_->horizontalHeaderItem(c)->setToolTip(heads[c]);
    }
  save_->setEnabled(!table_.rows.empty());
  note_->setText(table_.rows.empty()
                     ? tr("Tick runs on the left: trainings, scores, evaluations and searches.")
                     : tr("Only options that differ have a column; those of what a run was made from, too."));
}

void RunsPanel::save(const QString& file) const {
  writeFileAtomically(file.toStdString(), runs::toCsv(table_));
}

}  // namespace discern::ui
