#include "ui/models/images/sample_model.h"

#include <QFileInfo>
#include <array>
#include <numeric>

#include "ui/language/words.h"
#include "ui/models/project/kind_words.h"

namespace discern::ui {

void SampleModel::set(std::shared_ptr<const SampleTable> table) {
  std::vector<int> samples(static_cast<std::size_t>(table->size()));
  std::iota(samples.begin(), samples.end(), 0);
  set(std::move(table), std::move(samples));
}

void SampleModel::set(std::shared_ptr<const SampleTable> table, std::vector<int> samples) {
  // The same rows with other scores stay, and so a view keeps its place.
  const bool same = samples == samples_ && &table->snapshot() == &table_->snapshot();
  if (!same) beginResetModel();
  table_ = std::move(table);
  if (same) {
    if (!samples_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, kSampleColumns - 1));
    return;
  }
  samples_ = std::move(samples);
  rows_.assign(static_cast<std::size_t>(table_->size()), -1);
  for (std::size_t row = 0; row < samples_.size(); ++row)
    rows_[static_cast<std::size_t>(samples_[row])] = static_cast<int>(row);
  endResetModel();
}

int SampleModel::rowOf(int sample) const {
  return sample >= 0 && sample < static_cast<int>(rows_.size()) ? rows_[static_cast<std::size_t>(sample)]
                                                                : -1;
}

void SampleModel::sort(int column, Qt::SortOrder order) {
  sortField_ = column <= 0 ? Field::Id : static_cast<Field>(column);
  sortDescending_ = order == Qt::DescendingOrder;
  emit sortChanged();
}

void SampleModel::setThumbnails(std::function<QVariant(int)> thumbnails) {
  thumbnails_ = std::move(thumbnails);
}

void SampleModel::thumbnailReady(int sample) {
  const int row = rowOf(sample);
  if (row >= 0) emit dataChanged(index(row, 0), index(row, 0), {Qt::DecorationRole});
}

int SampleModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(samples_.size());
}

int SampleModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kSampleColumns;
}

QVariant SampleModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount() || index.column() >= kSampleColumns) return {};
  const int sample = sampleAt(index.row());
  const auto field = static_cast<Field>(index.column());
  switch (role) {
    case Qt::DisplayRole:
      if (field == Field::File) return QFileInfo(table_->text(sample, field)).fileName();
      return field == Field::Thumbnail ? QVariant() : QVariant(table_->shownText(sample, field));
    case Qt::DecorationRole:
      return field == Field::Thumbnail && thumbnails_ ? thumbnails_(sample) : QVariant();
    case Qt::ToolTipRole:
      if (field == Field::Status) return engineText(data::explain(table_->status(sample)));
      if (field != Field::File) return {};
      if (const QString copy = table_->copyText(sample); !copy.isEmpty())
        return QVariant(table_->text(sample, field) + '\n' + copy);
      return table_->text(sample, field);
    case Qt::TextAlignmentRole:
      return QVariant(isNumber(field) ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    case SampleRole:
      return sample;
    default:
      return {};
  }
}

QVariant SampleModel::headerData(int section, Qt::Orientation orientation, int role) const {
  static const std::array<const char*, kSampleColumns> titles = {"",
                                                                 QT_TR_NOOP("Id"),
                                                                 QT_TR_NOOP("{Identity}"),
                                                                 QT_TR_NOOP("Set"),
                                                                 QT_TR_NOOP("Role"),
                                                                 QT_TR_NOOP("File"),
                                                                 QT_TR_NOOP("Score"),
                                                                 QT_TR_NOOP("Percentile"),
                                                                 QT_TR_NOOP("Ratio"),
                                                                 QT_TR_NOOP("Own"),
                                                                 QT_TR_NOOP("Hardest"),
                                                                 QT_TR_NOOP("Most confused with"),
                                                                 QT_TR_NOOP("Status"),
                                                                 QT_TR_NOOP("Left out of"),
                                                                 QT_TR_NOOP("Verdict"),
                                                                 QT_TR_NOOP("Tags"),
                                                                 QT_TR_NOOP("Note")};
  static const std::array<const char*, kSampleColumns> tips = {
      "",
      QT_TR_NOOP("Number of the sample in this project"),
      QT_TR_NOOP("Who it shows, after merges"),
      QT_TR_NOOP("The set it was imported with"),
      QT_TR_NOOP("Train, test or pool"),
      "",
      QT_TR_NOOP("Discriminability score in (0, 1); larger is better"),
      QT_TR_NOOP("Share of the scored {samples} below it"),
      QT_TR_NOOP("Raw value before normalising"),
      QT_TR_NOOP("Cosine to the centroid of its own {identity}"),
      QT_TR_NOOP("Cosine to the nearest other {identity}'s centroid"),
      QT_TR_NOOP("The other {identity} whose centroid is nearest"),
      QT_TR_NOOP("Whether it has a score, and why not"),
      QT_TR_NOOP("Of what a person left it out"),
      QT_TR_NOOP("What a person said of it"),
      QT_TR_NOOP("Words to find it by"),
      QT_TR_NOOP("A person's note")};
  if (orientation != Qt::Horizontal || section < 0 || section >= kSampleColumns) return {};
  const auto& kind = *table_->snapshot().kind;
  if (role == Qt::DisplayRole) return inWords(kind, tr(titles[static_cast<std::size_t>(section)]));
  if (role == Qt::ToolTipRole) return inWords(kind, tr(tips[static_cast<std::size_t>(section)]));
  return {};
}

}  // namespace discern::ui
