#include "ui/models/sample_model.h"

#include <QFileInfo>
#include <algorithm>
#include <array>
#include <cmath>

namespace discern::ui {

void SampleModel::set(std::shared_ptr<const SampleTable> table) {
  // The same samples with other scores keep their rows, and so a view its place.
  const bool sameSamples = &table->snapshot() == &table_->snapshot();
  if (!sameSamples) beginResetModel();
  table_ = std::move(table);
  if (!sameSamples)
    endResetModel();
  else if (table_->size() > 0)
    emit dataChanged(index(0, 0), index(table_->size() - 1, kSampleColumns - 1));
}

void SampleModel::setThumbnails(std::function<QVariant(int)> thumbnails) {
  thumbnails_ = std::move(thumbnails);
}

void SampleModel::thumbnailReady(int sample) {
  if (sample < 0 || sample >= table_->size()) return;
  emit dataChanged(index(sample, 0), index(sample, 0), {Qt::DecorationRole});
}

int SampleModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : table_->size(); }

int SampleModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kSampleColumns;
}

QVariant SampleModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= table_->size() || index.column() >= kSampleColumns) return {};
  const int sample = index.row();
  const auto field = static_cast<Field>(index.column());
  switch (role) {
    case Qt::DisplayRole:
      if (field == Field::File) return QFileInfo(table_->text(sample, field)).fileName();
      return field == Field::Thumbnail ? QVariant() : QVariant(table_->text(sample, field));
    case Qt::DecorationRole:
      return field == Field::Thumbnail && thumbnails_ ? thumbnails_(sample) : QVariant();
    case Qt::ToolTipRole:
      if (field == Field::Status) return QString::fromUtf8(data::explain(table_->status(sample)));
      return field == Field::File ? QVariant(table_->text(sample, field)) : QVariant();
    case Qt::TextAlignmentRole:
      return QVariant(isNumber(field) ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    case SampleRole:
      return sample;
    case SortRole:
      return isNumber(field) ? QVariant(table_->number(sample, field))
                             : QVariant(table_->text(sample, field));
    default:
      return {};
  }
}

QVariant SampleModel::headerData(int section, Qt::Orientation orientation, int role) const {
  static const std::array<const char*, kSampleColumns> titles = {
      "",    "Id",      "Identity",           "Set",   "Role", "File", "Score", "Percentile", "Ratio",
      "Own", "Hardest", "Most confused with", "Status"};
  static const std::array<const char*, kSampleColumns> tips = {
      "",
      "Number of the sample in this project",
      "Who it shows, after merges",
      "The set it was imported with",
      "Train, test or pool",
      "",
      "Discriminability score in (0, 1); larger is better",
      "Share of the scored images below it",
      "Raw value before normalising",
      "Cosine to the centroid of its own identity",
      "Cosine to the nearest other identity's centroid",
      "The other identity whose centroid is nearest",
      "Whether it has a score, and why not"};
  if (orientation != Qt::Horizontal || section < 0 || section >= kSampleColumns) return {};
  if (role == Qt::DisplayRole) return QString::fromLatin1(titles[static_cast<std::size_t>(section)]);
  if (role == Qt::ToolTipRole) return QString::fromLatin1(tips[static_cast<std::size_t>(section)]);
  return {};
}

SampleProxy::SampleProxy(SampleModel& model, QObject* parent) : QSortFilterProxyModel(parent), model_(model) {
  setSourceModel(&model);
  setDynamicSortFilter(true);
}

void SampleProxy::setFilter(const Filter& filter, const std::vector<int>& identities) {
  filter_ = filter;
  identities_ = identities;
  std::sort(identities_.begin(), identities_.end());
  invalidateFilter();
}

bool SampleProxy::filterAcceptsRow(int row, const QModelIndex&) const {
  const SampleTable& table = model_.table();
  if (!identities_.empty() &&
      !std::binary_search(identities_.begin(), identities_.end(), table.identityOf(row)))
    return false;
  return filter_.matches(table, row);
}

bool SampleProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  const auto field = static_cast<Field>(left.column());
  const SampleTable& table = model_.table();
  const bool none = isNumber(field) && (std::isnan(table.number(left.row(), field)) ||
                                        std::isnan(table.number(right.row(), field)));
  int order = table.compare(left.row(), right.row(), field);
  // Without a number last, in either direction.
  if (none && sortOrder() == Qt::DescendingOrder) order = -order;
  return order != 0 ? order < 0 : left.row() < right.row();
}

}  // namespace discern::ui
