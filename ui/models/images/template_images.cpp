#include "ui/models/images/template_images.h"

#include <QFileInfo>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/models/images/timeline.h"
#include "ui/models/project/kind_words.h"

namespace discern::ui {

void TemplateImages::set(std::shared_ptr<const SampleTable> table,
                         std::shared_ptr<const analysis::TriedTemplate> tried) {
  std::vector<int> places, weighing;
  for (std::size_t i = 0; i < tried->samples.size(); ++i)
    if (tried->samples[i] < table->size() && table->shows(tried->samples[i]))
      places.push_back(static_cast<int>(i));
  for (std::size_t a = 0; a < tried->aggregations.size(); ++a)
    if (!tried->aggregations[a].weights.empty()) weighing.push_back(static_cast<int>(a));
  const auto namesOf = [](const analysis::TriedTemplate& one) {
    std::vector<std::string> names;
    for (const auto& aggregation : one.aggregations) names.push_back(aggregation.name);
    return names;
  };
  const bool same = table == table_ && tried->index == tried_->index && tried->samples == tried_->samples &&
                    weighing == weighing_ && namesOf(*tried) == namesOf(*tried_);
  if (!same) beginResetModel();
  table_ = std::move(table);
  tried_ = std::move(tried);
  places_ = std::move(places);
  weighing_ = std::move(weighing);
  if (!same)
    endResetModel();
  else if (!places_.empty())
    emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void TemplateImages::setThumbnails(std::function<QVariant(int)> thumbnails) {
  thumbnails_ = std::move(thumbnails);
}

void TemplateImages::thumbnailReady(int sample) {
  const int row = rowOf(sample);
  if (row >= 0) emit dataChanged(index(row, On), index(row, On), {Qt::DecorationRole});
}

int TemplateImages::sampleAt(int row) const {
  return tried_->samples[static_cast<std::size_t>(placeAt(row))];
}

int TemplateImages::rowOf(int sample) const {
  for (int row = 0; row < rowCount(); ++row)
    if (sampleAt(row) == sample) return row;
  return -1;
}

int TemplateImages::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(places_.size());
}

int TemplateImages::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : FirstWeight + static_cast<int>(weighing_.size());
}

const analysis::TriedAggregation& TemplateImages::aggregationAt(int column) const {
  return tried_
      ->aggregations[static_cast<std::size_t>(weighing_[static_cast<std::size_t>(column - FirstWeight)])];
}

QString TemplateImages::text(int place, int column) const {
  const int sample = tried_->samples[static_cast<std::size_t>(place)];
  switch (column) {
    case On:
      return {};
    case File: {
      const QString copy = table_->copyText(sample);
      if (!copy.isEmpty()) return copy;
      if (const auto& moment = table_->snapshot().samples[static_cast<std::size_t>(sample)].image.moment)
        return timeText(moment->time);  // the video is most often the same
      return QFileInfo(table_->text(sample, Field::File)).fileName();
    }
    case Score:
      return table_->text(sample, Field::Score);
    case AtPoint:
      return tried_->kept[static_cast<std::size_t>(place)] ? tr("kept") : tr("dropped");
    default:
      return QLocale().toString(100 * aggregationAt(column).triedWeights[static_cast<std::size_t>(place)],
                                'f', 1);
  }
}

QVariant TemplateImages::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount()) return {};
  const int place = placeAt(index.row()), column = index.column(), sample = sampleAt(index.row());
  switch (role) {
    case Qt::DisplayRole:
      return column == On ? QVariant() : QVariant(text(place, column));
    case Qt::CheckStateRole:
      return column == On
                 ? QVariant(tried_->on[static_cast<std::size_t>(place)] ? Qt::Checked : Qt::Unchecked)
                 : QVariant();
    case Qt::DecorationRole:
      return column == On && thumbnails_ ? thumbnails_(sample) : QVariant();
    case Qt::ToolTipRole:
      if (column == File) return table_->text(sample, Field::File);
      if (column < FirstWeight) return {};
      return tr("%1 % of the mean; with everything on: %L2 %")
          .arg(text(place, column))
          .arg(100 * aggregationAt(column).weights[static_cast<std::size_t>(place)], 0, 'f', 1);
    case Qt::AccessibleTextRole:
      return column == On ? QVariant(text(place, File)) : QVariant();
    case Qt::TextAlignmentRole:
      return QVariant(column == Score || column >= FirstWeight ? Qt::AlignRight | Qt::AlignVCenter
                                                               : Qt::AlignLeft | Qt::AlignVCenter);
    case SampleRole:
      return sample;
    case SortRole:
      if (column == On) return tried_->on[static_cast<std::size_t>(place)] ? 1 : 0;
      if (column == Score) return table_->number(sample, Field::Score);
      if (column >= FirstWeight) return aggregationAt(column).triedWeights[static_cast<std::size_t>(place)];
      return text(place, column);
    default:
      return {};
  }
}

bool TemplateImages::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::CheckStateRole || index.column() != On || !index.isValid()) return false;
  emit switched(placeAt(index.row()), value.toInt() == Qt::Checked);
  return true;
}

Qt::ItemFlags TemplateImages::flags(const QModelIndex& index) const {
  const auto usual = QAbstractTableModel::flags(index);
  return index.column() == On ? usual | Qt::ItemIsUserCheckable : usual;
}

QVariant TemplateImages::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  const auto& kind = *table_->snapshot().kind;
  if (role == Qt::TextAlignmentRole && section >= FirstWeight)
    return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  if (section >= FirstWeight) {
    const QString name = QString::fromStdString(aggregationAt(section).name);
    if (role == Qt::DisplayRole)
      return QString(name).replace(QStringLiteral(" rescale="), QStringLiteral(" "));
    if (role == Qt::ToolTipRole) return inWords(kind, tr("Weight of {a sample} under %1, in %")).arg(name);
    return {};
  }
  static const char* const titles[] = {QT_TR_NOOP("On"), QT_TR_NOOP("{Sample}"), QT_TR_NOOP("Score"),
                                       QT_TR_NOOP("Point")};
  static const char* const tips[] = {QT_TR_NOOP("Switch it off to see how the {group} matches without it"),
                                     "", QT_TR_NOOP("Of the scores in use"),
                                     QT_TR_NOOP("What the operating point does with it")};
  if (role == Qt::DisplayRole) return inWords(kind, tr(titles[section]));
  if (role == Qt::ToolTipRole) return inWords(kind, tr(tips[section]));
  return {};
}

}  // namespace discern::ui
