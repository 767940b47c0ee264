#include "ui/widgets/sample_list.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>

#include "ui/models/sample_model.h"
#include "ui/models/session.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

constexpr int kRow = 44;

}  // namespace

SampleList::SampleList(Session& session, ThumbnailLoader& thumbnails, QWidget* parent)
    : QTableView(parent),
      session_(session),
      model_(new SampleModel(this)),
      proxy_(new SampleProxy(*model_, this)) {
  model_->setThumbnails([&thumbnails](int sample) {
    const QPixmap picture = thumbnails.thumbnail(sample);
    return picture.isNull()
               ? QVariant()
               : picture.scaled(kRow - 6, kRow - 6, Qt::KeepAspectRatio, Qt::SmoothTransformation);
  });
  connect(&thumbnails, &ThumbnailLoader::ready, model_, &SampleModel::thumbnailReady);
  setModel(proxy_);
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
          [this](const QModelIndex& index) { emit inspectRequested(sampleAt(index)); });
  connect(&session_, &Session::selectionChanged, this, &SampleList::showSelection);
}

void SampleList::setTable(std::shared_ptr<const SampleTable> table) {
  following_ = true;  // a reset clears the view's selection, not the session's
  model_->set(std::move(table));
  following_ = false;
  showSelection();
}

void SampleList::setFilter(const Filter& filter, const std::vector<int>& identities) {
  following_ = true;
  proxy_->setFilter(filter, identities);
  following_ = false;
  showSelection();
}

int SampleList::shownCount() const { return proxy_->rowCount(); }

int SampleList::sampleAt(const QModelIndex& index) const { return proxy_->mapToSource(index).row(); }

void SampleList::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
  QTableView::selectionChanged(selected, deselected);
  if (following_) return;
  std::vector<int> samples;
  for (const QModelIndex& index : selectionModel()->selectedRows()) samples.push_back(sampleAt(index));
  std::sort(samples.begin(), samples.end());
  const int current = currentIndex().isValid() ? sampleAt(currentIndex()) : -1;
  following_ = true;
  session_.select(std::move(samples), current);
  following_ = false;
}

void SampleList::showSelection() {
  if (following_) return;
  following_ = true;
  QItemSelection rows;
  for (int sample : session_.selection()) {
    const QModelIndex index = proxy_->mapFromSource(model_->index(sample, 0));
    if (index.isValid()) rows.select(index, index);
  }
  selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  following_ = false;
}

void SampleList::keyPressEvent(QKeyEvent* event) {
  if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
    emit inspectRequested(sampleAt(currentIndex()));
  else
    QTableView::keyPressEvent(event);
}

}  // namespace discern::ui
