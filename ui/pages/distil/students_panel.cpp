#include "ui/pages/distil/students_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <algorithm>
#include <set>

#include "ui/language/words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"

namespace discern::ui {
namespace {

constexpr std::size_t kShownRuns = 6;  // when none is chosen

}  // namespace

StudentsPanel::StudentsPanel(StudentTable& students, QWidget* parent)
    : QWidget(parent),
      students_(students),
      sorted_(new QSortFilterProxyModel(this)),
      note_(mutedNote("protocolNote")),
      table_(new QTableView) {
  sorted_->setSourceModel(&students);
  sorted_->setSortRole(StudentTable::SortRole);
  note_->setText(tr(
      "AUC and accuracy need pairs of single {samples}: import a set with its pairs file, or make a protocol "
      "of "
      "size 1, before students are trained."));
  note_->hide();
  buildTable();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 4, 0, 0);
  layout->addLayout(buildHeader());
  layout->addWidget(note_);
  layout->addWidget(table_, 1);
}

QHBoxLayout* StudentsPanel::buildHeader() {
  auto* row = new QHBoxLayout;
  auto* heading = new QLabel(tr("Students and their teacher"));
  heading->setObjectName("sectionHeading");
  protocol_ = makeCombo("distilProtocol", tr("The comparisons AUC and accuracy are measured on"));
  protocol_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  protocol_->setMinimumContentsLength(14);
  auto* measure = new QPushButton(tr("Measure costs"));
  measure->setObjectName("measureCosts");
  measure->setToolTip(tr(
      "Parameters, memory and time of every recogniser of the project, the teacher's too; on a GPU as well "
      "where that is the device on the left."));
  row->addWidget(heading);
  row->addStretch(1);
  row->addWidget(new QLabel(tr("Protocol")));
  row->addWidget(protocol_);
  row->addWidget(measure);
  connect(protocol_, &QComboBox::currentIndexChanged, this, &StudentsPanel::protocolChanged);
  connect(measure, &QPushButton::clicked, this, &StudentsPanel::costsRequested);
  return row;
}

void StudentsPanel::buildTable() {
  table_->setObjectName("students");
  table_->setAccessibleName(tr("Students"));
  table_->setModel(sorted_);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->verticalHeader()->hide();
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setStretchLastSection(true);
  table_->horizontalHeader()->setSortIndicatorShown(true);
  table_->setSortingEnabled(true);
  table_->sortByColumn(-1, Qt::AscendingOrder);  // as they come: newest first, then the teachers
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &StudentsPanel::chosenChanged);
}

QString StudentsPanel::protocol() const { return protocol_->currentText(); }

void StudentsPanel::set(std::vector<StudentRow> rows) {
  std::set<QString> chosenKeys;
  for (const int row : chosenRows()) chosenKeys.insert(students_.at(row).key());
  refill(protocol_, protocolsOf(rows));
  // What a student is compared on is decided when it is trained.
  note_->setVisible(protocol_->count() == 0 && std::ranges::any_of(rows, [](const StudentRow& row) {
                      return row.state == engineText("done");
                    }));
  students_.set(std::move(rows));
  if (chosenRows().size() == chosenKeys.size()) return;
  QItemSelection selection;  // the model was made anew
  for (int row = 0; row < students_.rowCount(); ++row)
    if (chosenKeys.contains(students_.at(row).key())) {
      const QModelIndex index = sorted_->mapFromSource(students_.index(row, 0));
      selection.select(index, index);
    }
  const QSignalBlocker quiet(table_->selectionModel());
  table_->selectionModel()->select(selection,
                                   QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  table_->viewport()->update();
}

std::vector<int> StudentsPanel::chosenRows() const {
  std::vector<int> rows;
  for (const QModelIndex& index : table_->selectionModel()->selectedRows())
    rows.push_back(sorted_->mapToSource(index).row());
  std::ranges::sort(rows);
  return rows;
}

void StudentsPanel::chooseRow(int row) {
  table_->selectRow(sorted_->mapFromSource(students_.index(row, 0)).row());
  table_->scrollTo(table_->currentIndex());
}

std::vector<StudentRow> StudentsPanel::shownRuns() const {
  std::vector<StudentRow> rows;
  const std::vector<int> chosen = chosenRows();
  for (const int row : chosen)
    if (students_.at(row).run >= 0) rows.push_back(students_.at(row));
  if (!chosen.empty()) return rows;
  for (const StudentRow& row : students_.rows())
    if (row.run >= 0 && rows.size() < kShownRuns) rows.push_back(row);
  return rows;
}

}  // namespace discern::ui
