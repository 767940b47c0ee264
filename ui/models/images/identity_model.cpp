#include "ui/models/images/identity_model.h"

#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

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
  if (!same) {
    namePlaces_.clear();
    shown_ = arranged();
    endResetModel();
    return;
  }
  show(arranged());
  if (!shown_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

void IdentityModel::setText(const QString& text) {
  if (text.trimmed() == text_) return;
  text_ = text.trimmed();
  show(arranged());
}

void IdentityModel::sort(int column, Qt::SortOrder order) {
  sortColumn_ = column;
  sortOrder_ = order;
  show(arranged());
}

int IdentityModel::rowOf(int identity) const {
  for (int row = 0; row < rowCount(); ++row)
    if (at(row).identity == identity) return row;
  return -1;
}

bool IdentityModel::matches(const Row& row) const {
  if (text_.isEmpty()) return true;
  const auto has = [&](int column) { return text(row, column).contains(text_, Qt::CaseInsensitive); };
  return has(Name) || has(Set) || has(RoleColumn) || has(State);
}

std::vector<double> IdentityModel::sortKeys() const {
  const bool names = sortColumn_ == Name;
  if (names && namePlaces_.size() == rows_.size()) return namePlaces_;
  std::vector<double> keys;
  keys.reserve(rows_.size());
  if (sortColumn_ == Images || sortColumn_ == MeanScore || sortColumn_ == BelowShare) {
    for (const Row& row : rows_)
      keys.push_back(sortColumn_ == Images ? row.images : sortColumn_ == MeanScore ? row.mean : row.below);
    return keys;
  }
  // As the language sorts them, which is slow: the places of the names are kept.
  std::vector<QString> texts;
  for (const Row& row : rows_) texts.push_back(text(row, sortColumn_));
  std::vector<std::size_t> sorted(rows_.size());
  std::iota(sorted.begin(), sorted.end(), 0);
  const auto lower = [&](std::size_t x, std::size_t y) {
    return texts[x] != texts[y] && QString::localeAwareCompare(texts[x], texts[y]) < 0;
  };
  if (!std::ranges::is_sorted(sorted, lower)) std::ranges::sort(sorted, lower);
  keys.resize(rows_.size());
  for (std::size_t i = 1; i < sorted.size(); ++i)
    keys[sorted[i]] = keys[sorted[i - 1]] + (lower(sorted[i - 1], sorted[i]) ? 1 : 0);
  if (names) namePlaces_ = keys;
  return keys;
}

std::vector<int> IdentityModel::arranged() const {
  std::vector<int> shown;
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (matches(rows_[i])) shown.push_back(static_cast<int>(i));
  if (sortColumn_ < 0 || sortColumn_ >= Columns) return shown;
  const std::vector<double> keys = sortKeys();
  const bool ascending = sortOrder_ == Qt::AscendingOrder;
  std::ranges::stable_sort(shown, [&](int a, int b) {
    const double x = keys[static_cast<std::size_t>(a)], y = keys[static_cast<std::size_t>(b)];
    if (std::isnan(x) || std::isnan(y)) return !std::isnan(x) && std::isnan(y);
    return ascending ? x < y : x > y;
  });
  return shown;
}

void IdentityModel::show(std::vector<int> shown) {
  if (shown == shown_) return;
  if (shown.size() != shown_.size() || !std::ranges::is_permutation(shown, shown_)) {
    beginResetModel();
    shown_ = std::move(shown);
    endResetModel();
    return;
  }
  emit layoutAboutToBeChanged({}, VerticalSortHint);
  std::vector<int> rowOfPlace(rows_.size(), -1);
  for (std::size_t row = 0; row < shown.size(); ++row)
    rowOfPlace[static_cast<std::size_t>(shown[row])] = static_cast<int>(row);
  const QModelIndexList before = persistentIndexList();
  QModelIndexList after;
  for (const QModelIndex& one : before) {
    const int place = shown_[static_cast<std::size_t>(one.row())];
    after.push_back(index(rowOfPlace[static_cast<std::size_t>(place)], one.column()));
  }
  shown_ = std::move(shown);
  changePersistentIndexList(before, after);
  emit layoutChanged({}, VerticalSortHint);
}

int IdentityModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(shown_.size());
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
  if (!index.isValid() || index.row() >= rowCount() || index.column() >= Columns) return {};
  const Row& row = at(index.row());
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

}  // namespace discern::ui
