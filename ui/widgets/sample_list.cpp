#include "ui/widgets/sample_list.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <algorithm>

#include "ui/models/images/gallery_groups.h"
#include "ui/models/images/sample_model.h"
#include "ui/models/project/session.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_actions.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

constexpr int kRow = 44;

}  // namespace

SampleList::SampleList(Session& session, ThumbnailLoader& thumbnails, QWidget* parent)
    : QTableView(parent), session_(session), model_(new SampleModel(this)) {
  model_->setThumbnails([&thumbnails](int sample) {
    const QPixmap picture = thumbnails.thumbnail(sample);
    return picture.isNull()
               ? QVariant()
               : picture.scaled(kRow - 6, kRow - 6, Qt::KeepAspectRatio, Qt::SmoothTransformation);
  });
  connect(&thumbnails, &ThumbnailLoader::ready, model_, &SampleModel::thumbnailReady);
  setModel(model_);
  setSortingEnabled(true);
  sortByColumn(static_cast<int>(Field::Score), Qt::AscendingOrder);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setSelectionMode(QAbstractItemView::ExtendedSelection);
  setAlternatingRowColors(true);
  setShowGrid(false);
  setWordWrap(false);
  setFrameShape(QFrame::NoFrame);
  setIconSize({kRow - 6, kRow - 6});
  verticalHeader()->hide();
  verticalHeader()->setDefaultSectionSize(kRow);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  for (const auto& [field, width] :
       {std::pair{Field::Thumbnail, kRow + 8}, std::pair{Field::Id, 64}, std::pair{Field::Identity, 150},
        std::pair{Field::Set, 90}, std::pair{Field::Role, 64}, std::pair{Field::File, 170},
        std::pair{Field::Score, 72}, std::pair{Field::Percentile, 92}, std::pair{Field::Ratio, 72},
        std::pair{Field::Own, 68}, std::pair{Field::Hardest, 84}, std::pair{Field::HardestIdentity, 160},
        std::pair{Field::Status, 100}})
    setColumnWidth(static_cast<int>(field), width);
  int place = 1;  // what is asked for most stands first
  for (Field field : {Field::Identity, Field::Score, Field::Percentile, Field::HardestIdentity, Field::Own,
                      Field::Hardest, Field::Ratio, Field::File})
    horizontalHeader()->moveSection(horizontalHeader()->visualIndex(static_cast<int>(field)), place++);
  connect(this, &QTableView::doubleClicked, this,
          [this](const QModelIndex& index) { emit inspectRequested(model_->sampleAt(index.row())); });
  connect(model_, &SampleModel::sortChanged, this, &SampleList::refill);
  connect(&session_, &Session::selectionChanged, this, &SampleList::showSelection);
}

void SampleList::fill(std::shared_ptr<const SampleTable> table, const Filter& filter,
                      const std::vector<int>& identities) {
  table_ = std::move(table);
  filter_ = filter;
  identities_ = identities;
  refill();
}

void SampleList::refill() {
  GalleryRequest request;
  request.table = table_;
  request.filter = filter_;
  request.sort = model_->sortField();
  request.descending = model_->sortDescending();
  request.grouping = Grouping::None;
  request.identities = identities_;
  task_.run([request](const LatestTask::Stopped&) { return galleryGroups(request); },
            [this, table = table_](std::vector<GalleryGroup> groups) {
              following_ = true;  // a reset clears the view's selection, not the session's
              model_->set(table, std::move(groups.front().samples));
              following_ = false;
              showSelection();
              emit filled();
            });
}

bool SampleList::isListed(int sample) const { return model_->rowOf(sample) >= 0; }

int SampleList::shownCount() const { return model_->rowCount(); }

void SampleList::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
  QTableView::selectionChanged(selected, deselected);
  if (following_) return;
  std::vector<int> samples;
  for (const QItemSelectionRange& range : selectionModel()->selection())  // whole rows
    for (int row = range.top(); row <= range.bottom(); ++row) samples.push_back(model_->sampleAt(row));
  const int current = currentIndex().isValid() ? model_->sampleAt(currentIndex().row()) : -1;
  following_ = true;
  session_.select(std::move(samples), current);
  following_ = false;
}

void SampleList::showSelection() {
  if (following_) return;
  // Qt compares every range with every other. Of a selection that lies in more pieces the first are marked.
  constexpr int kMostRanges = 4000;
  std::vector<int> chosen;
  if (isVisible())  // else it is shown with the table
    for (int sample : session_.selection())
      if (const int row = model_->rowOf(sample); row >= 0) chosen.push_back(row);
  std::ranges::sort(chosen);
  following_ = true;
  QItemSelection rows;
  for (std::size_t i = 0; i < chosen.size() && rows.size() < kMostRanges;) {
    std::size_t end = i + 1;
    while (end < chosen.size() && chosen[end] == chosen[end - 1] + 1) ++end;
    rows.append(QItemSelectionRange(model_->index(chosen[i], 0), model_->index(chosen[end - 1], 0)));
    i = end;
  }
  selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  following_ = false;
}

void SampleList::showEvent(QShowEvent* event) {
  QTableView::showEvent(event);
  showSelection();
}

void SampleList::contextMenuEvent(QContextMenuEvent* event) {
  const QModelIndex at = indexAt(viewport()->mapFromGlobal(event->globalPos()));
  if (!at.isValid()) return;
  QMenu menu(this);
  addImageMenu(menu, session_, model_->sampleAt(at.row()),
               [this](int chosen) { emit inspectRequested(chosen); });
  menu.exec(event->globalPos());
}

void SampleList::keyPressEvent(QKeyEvent* event) {
  if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
    emit inspectRequested(model_->sampleAt(currentIndex().row()));
  else
    QTableView::keyPressEvent(event);
}

}  // namespace discern::ui
