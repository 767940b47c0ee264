#include "ui/widgets/duplicates_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/models/project/kind_words.h"
#include "ui/widgets/icons.h"

namespace discern::ui {

DuplicatesPanel::DuplicatesPanel(QWidget* parent)
    : QWidget(parent),
      heading_(new QLabel(this)),
      list_(new QTableWidget(0, 3, this)),
      merge_(new QPushButton(icon(QStringLiteral("merge")), tr("Merge"), this)),
      exclude_(new QPushButton(icon(QStringLiteral("exclude")), tr("Exclude"), this)) {
  heading_->setObjectName(QStringLiteral("sectionHeading"));
  heading_->setToolTip(tr(
      "Their centroids are closer than those of different {identities} usually are. Such a pair spoils each "
      "other's scores: merge the names, or exclude one."));
  list_->setHorizontalHeaderLabels({tr("This name"), tr("and this one"), tr("Cosine")});
  list_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  list_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
  list_->horizontalHeader()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
  list_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  list_->verticalHeader()->hide();
  list_->verticalHeader()->setDefaultSectionSize(26);
  list_->setShowGrid(false);
  list_->setSelectionBehavior(QAbstractItemView::SelectRows);
  list_->setSelectionMode(QAbstractItemView::SingleSelection);
  list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  list_->setMinimumHeight(90);
  list_->setAccessibleName(tr("Probably one {identity} under two names"));

  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  buttons->addWidget(merge_);
  buttons->addWidget(exclude_);
  buttons->addStretch();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  layout->addWidget(heading_);
  layout->addWidget(list_, 1);
  layout->addLayout(buttons);

  connect(list_, &QTableWidget::itemSelectionChanged, this, &DuplicatesPanel::currentChanged);
  connect(merge_, &QPushButton::clicked, this, [this] {
    if (const Duplicate* pair = current()) emit mergeRequested(pair->from, pair->into);
  });
  connect(exclude_, &QPushButton::clicked, this, [this] {
    if (const Duplicate* pair = current()) emit excludeRequested(pair->from);
  });
  setDuplicates({});
}

void DuplicatesPanel::setDuplicates(std::vector<Duplicate> duplicates, const data::GroupKind& kind) {
  kind_ = &kind;
  duplicates_ = std::move(duplicates);
  {
    const QSignalBlocker quiet(list_);
    list_->clearContents();
    list_->setRowCount(static_cast<int>(duplicates_.size()));
    for (int row = 0; row < list_->rowCount(); ++row) {
      const Duplicate& pair = duplicates_[static_cast<std::size_t>(row)];
      auto* cosine = new QTableWidgetItem(QLocale().toString(pair.cosine, 'f', 2));
      cosine->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      list_->setItem(row, 0, new QTableWidgetItem(pair.fromName));
      list_->setItem(row, 1, new QTableWidgetItem(pair.intoName));
      list_->setItem(row, 2, cosine);
      for (int column : {0, 1}) list_->item(row, column)->setToolTip(list_->item(row, column)->text());
    }
    list_->clearSelection();
  }
  heading_->setText(
      inWords(*kind_, tr("Probably one {identity} under two names (%1)")).arg(duplicates_.size()));
  setVisible(!duplicates_.empty());
  merge_->setEnabled(false);
  exclude_->setEnabled(false);
}

const Duplicate* DuplicatesPanel::current() const {
  const QList<QTableWidgetItem*> chosen = list_->selectedItems();
  return chosen.isEmpty() ? nullptr : &duplicates_[static_cast<std::size_t>(chosen.first()->row())];
}

void DuplicatesPanel::currentChanged() {
  const Duplicate* pair = current();
  merge_->setEnabled(pair != nullptr);
  exclude_->setEnabled(pair != nullptr);
  if (pair == nullptr) return;
  merge_->setToolTip(
      inWords(*kind_, tr("Count the {samples} of %1 for %2")).arg(pair->fromName, pair->intoName));
  exclude_->setToolTip(tr("Leave %1 out of scoring and training").arg(pair->fromName));
  emit looked(pair->from, pair->into);
}

}  // namespace discern::ui
