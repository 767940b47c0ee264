#include "ui/models/images/identity_model.h"

#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "ui/language/words.h"
#include "ui/models/project/kind_words.h"

namespace discern::ui {

void IdentityModel::set(std::shared_ptr<const SampleTable> table) {
  const Snapshot& snapshot = table->snapshot();
  std::vector<Row> rows;
  std::vector<int> merged(snapshot.identities.size(), 0);
  for (const project::IdentityRow& identity : snapshot.identities)
    if (identity.mergedInto >= 0) ++merged[static_cast<std::size_t>(identity.mergedInto)];
  for (std::size_t i = 0; i < snapshot.identities.size(); ++i) {
    if (snapshot.identities[i].mergedInto >= 0) continue;
    Row row;
    row.identity = static_cast<int>(i);
    row.merged = merged[i];
    double sum = 0;
    int below = 0;
    for (int sample : snapshot.samplesOfIdentity[i]) {
      if (!table->shows(sample)) continue;
      // Copies count where they alone are shown.
      const bool copy =
          table->shown() == Shown::Both && snapshot.samples[static_cast<std::size_t>(sample)].parent >= 0;
      ++(copy ? row.copies : row.images);
      const double score =
          copy ? std::numeric_limits<double>::quiet_NaN() : table->number(sample, Field::Score);
      if (std::isnan(score)) continue;
      ++row.scored;
      sum += score;
      below += score <= table->threshold();
    }
    row.mean = row.scored > 0 ? sum / row.scored : std::numeric_limits<double>::quiet_NaN();
    row.below =
        row.scored > 0 ? static_cast<double>(below) / row.scored : std::numeric_limits<double>::quiet_NaN();
    rows.push_back(row);
  }
  // The same people keep their rows, so that a selection in
  // a view survives a moved threshold and the end of a job.
  const auto samePerson = [&](const Row& a, const Row& b) {
    const auto person = [](const SampleTable& of, const Row& row) -> const project::IdentityRow& {
      return of.snapshot().identities[static_cast<std::size_t>(row.identity)];
    };
    const project::IdentityRow &now = person(*table, a), &before = person(*table_, b);
    return now.id == before.id && now.name == before.name && now.set == before.set;
  };
  const bool same = std::equal(rows.begin(), rows.end(), rows_.begin(), rows_.end(), samePerson);
  if (!same) beginResetModel();
  table_ = std::move(table);
  rows_ = std::move(rows);
  if (!same) namePlaces_.clear();
  if (!same)
    endResetModel();
  else if (!rows_.empty())
    emit dataChanged(index(0, 0), index(static_cast<int>(rows_.size()) - 1, Columns - 1));
}

int IdentityModel::rowOf(int identity) const {
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (rows_[i].identity == identity) return static_cast<int>(i);
  return -1;
}

bool IdentityModel::contains(int row, const QString& text) const {
  const auto& identity = table_->snapshot().identities[static_cast<std::size_t>(identityAt(row))];
  const auto has = [&](const QString& words) { return words.contains(text, Qt::CaseInsensitive); };
  return has(QString::fromStdString(identity.name)) || has(QString::fromStdString(identity.set)) ||
         has(engineText(project::toString(identity.role))) ||
         has(this->text(rows_[static_cast<std::size_t>(row)], State));
}

bool IdentityModel::hasNumber(int row, int column) const {
  const Row& one = rows_[static_cast<std::size_t>(row)];
  return column == MeanScore ? !std::isnan(one.mean) : column == BelowShare ? !std::isnan(one.below) : true;
}

int IdentityModel::compare(int a, int b, int column) const {
  const Row &one = rows_[static_cast<std::size_t>(a)], &other = rows_[static_cast<std::size_t>(b)];
  const auto order = [](double x, double y) { return x < y ? -1 : x > y ? 1 : 0; };
  if (column == Images) return order(one.images, other.images);
  if (column == MeanScore) return order(one.mean, other.mean);
  if (column == BelowShare) return order(one.below, other.below);
  if (column != Name) return QString::localeAwareCompare(text(one, column), text(other, column));
  // As the language sorts them, which is slow: worked out when the names are sorted for the first time.
  if (namePlaces_.size() != rows_.size()) {
    std::vector<QString> names;
    for (const Row& row : rows_) names.push_back(text(row, Name));
    std::vector<int> sorted(rows_.size());
    std::iota(sorted.begin(), sorted.end(), 0);
    const auto lower = [&](int x, int y) {
      return QString::localeAwareCompare(names[static_cast<std::size_t>(x)],
                                         names[static_cast<std::size_t>(y)]) < 0;
    };
    if (!std::ranges::is_sorted(sorted, lower)) std::ranges::sort(sorted, lower);
    namePlaces_.resize(rows_.size());
    int place = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      if (i > 0 && lower(sorted[i - 1], sorted[i])) ++place;
      namePlaces_[static_cast<std::size_t>(sorted[i])] = place;
    }
  }
  return namePlaces_[static_cast<std::size_t>(a)] - namePlaces_[static_cast<std::size_t>(b)];
}

int IdentityModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int IdentityModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : Columns; }

QString IdentityModel::text(const Row& row, int column) const {
  const project::IdentityRow& identity =
      table_->snapshot().identities[static_cast<std::size_t>(row.identity)];
  switch (column) {
    case Name:
      return QString::fromStdString(identity.name);
    case Images:
      return QString::number(row.images);
    case MeanScore:
      return std::isfinite(row.mean) ? QLocale().toString(row.mean, 'f', 3) : QStringLiteral("–");
    case BelowShare:
      return std::isfinite(row.below) ? QLocale().toString(row.below * 100, 'f', 0) + " %"
                                      : QStringLiteral("–");
    case RoleColumn:
      return engineText(project::toString(identity.role));
    case Set:
      return QString::fromStdString(identity.set);
    case State:
      if (identity.excluded) return tr("excluded");
      return row.merged > 0 ? tr("merged") : QString();
    default:
      return {};
  }
}

QVariant IdentityModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= static_cast<int>(rows_.size()) || index.column() >= Columns)
    return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  const int column = index.column();
  const bool number = column == Images || column == MeanScore || column == BelowShare;
  switch (role) {
    case Qt::DisplayRole:
      return text(row, column);
    case Qt::TextAlignmentRole:
      return QVariant(number ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ToolTipRole:
      if (column == Name && row.merged > 0)
        return tr("%1 (with %2 other name(s) merged into it)").arg(text(row, Name)).arg(row.merged);
      if (column == Images && row.copies > 0)
        return tr("Degraded copies, which are not counted: %1").arg(row.copies);
      return column == Name ? QVariant(text(row, Name)) : QVariant();
    case IdentityRole:
      return row.identity;
    case SortRole:
      if (column == Images) return row.images;
      if (column == MeanScore) return row.mean;
      if (column == BelowShare) return row.below;
      return text(row, column);
    default:
      return {};
  }
}

QVariant IdentityModel::headerData(int section, Qt::Orientation orientation, int role) const {
  static const std::array<const char*, Columns> titles = {
      QT_TR_NOOP("{Identity}"), QT_TR_NOOP("{Samples}"), QT_TR_NOOP("Mean"), QT_TR_NOOP("Below"),
      QT_TR_NOOP("Role"),       QT_TR_NOOP("Set"),       QT_TR_NOOP("State")};
  static const std::array<const char*, Columns> tips = {
      QT_TR_NOOP("Who it is"),
      QT_TR_NOOP("How many {samples}, without degraded copies"),
      QT_TR_NOOP("Mean score of its scored {samples}, without degraded copies"),
      QT_TR_NOOP("Share of its scored {samples}, without degraded copies, at or below the threshold"),
      QT_TR_NOOP("Train, test or pool (its centroid is a negative for others)"),
      QT_TR_NOOP("The set it was imported with"),
      QT_TR_NOOP("Excluded, or merged with other names")};
  if (orientation != Qt::Horizontal || section < 0 || section >= Columns) return {};
  const auto& kind = *table_->snapshot().kind;
  if (role == Qt::DisplayRole) return inWords(kind, tr(titles[static_cast<std::size_t>(section)]));
  if (role == Qt::ToolTipRole) return inWords(kind, tr(tips[static_cast<std::size_t>(section)]));
  return {};
}

IdentityProxy::IdentityProxy(IdentityModel& model, QObject* parent) : QSortFilterProxyModel(parent) {
  setSourceModel(&model);
}

void IdentityProxy::setText(const QString& text) {
  text_ = text.trimmed();
  invalidateFilter();
}

bool IdentityProxy::filterAcceptsRow(int row, const QModelIndex&) const {
  return text_.isEmpty() || static_cast<const IdentityModel*>(sourceModel())->contains(row, text_);
}

bool IdentityProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  const auto& model = *static_cast<const IdentityModel*>(sourceModel());
  const int column = left.column();
  const bool a = model.hasNumber(left.row(), column), b = model.hasNumber(right.row(), column);
  if (!a || !b)  // without a number last, in either direction
    return a != b && a == (sortOrder() == Qt::AscendingOrder);
  return model.compare(left.row(), right.row(), column) < 0;
}

}  // namespace discern::ui
