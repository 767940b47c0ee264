#include "ui/models/results/student_table.h"

#include <QFont>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/language/words.h"
#include "ui/models/results/run_results.h"

namespace discern::ui {
namespace {

struct ColumnText {
  const char *title, *tooltip;
};
constexpr ColumnText kColumns[StudentTable::Columns] = {
    {QT_TRANSLATE_NOOP("Words", "Network"),
     QT_TRANSLATE_NOOP("Words", "Bold: the teacher of the students above it")},
    {QT_TRANSLATE_NOOP("Words", "px"), QT_TRANSLATE_NOOP("Words", "Side of the input in pixels")},
    {QT_TRANSLATE_NOOP("Words", "Mode"),
     QT_TRANSLATE_NOOP("Words",
                       "c: classes; s: regression on the selected faces; sc: both; dc: classes, and "
                       "regression on all faces")},
    {QT_TRANSLATE_NOOP("Words", "State"), ""},
    {QT_TRANSLATE_NOOP("Words", "AUC"),
     QT_TRANSLATE_NOOP("Words", "Area under the ROC of the chosen protocol")},
    {QT_TRANSLATE_NOOP("Words", "Accuracy"),
     QT_TRANSLATE_NOOP("Words",
                       "Of the chosen protocol, mean over its folds; a protocol without folds has none")},
    {QT_TRANSLATE_NOOP("Words", "Params"),
     QT_TRANSLATE_NOOP("Words", "Parameters, without the softmax that training needs")},
    {QT_TRANSLATE_NOOP("Words", "MB"), QT_TRANSLATE_NOOP("Words", "The network on disk")},
    {QT_TRANSLATE_NOOP("Words", "Net MB"),
     QT_TRANSLATE_NOOP(
         "Words", "Memory that recognising one face takes: weights and workspace, counted (Measure costs)")},
    {QT_TRANSLATE_NOOP("Words", "RAM MB"),
     QT_TRANSLATE_NOOP("Words", "Peak of memory while one face is recognised (Measure costs)")},
    {QT_TRANSLATE_NOOP("Words", "ms/face"), QT_TRANSLATE_NOOP("Words", "For one face on one CPU thread")},
    {QT_TRANSLATE_NOOP("Words", "GPU ms"),
     QT_TRANSLATE_NOOP("Words", "For one face alone on a GPU (discern cost --device cuda)")},
    {QT_TRANSLATE_NOOP("Words", "Seed"),
     QT_TRANSLATE_NOOP("Words", "Of initial weights, order and perturbations")}};

QString countText(double count) {
  if (count >= 1e5) return Words::tr("%L1 M").arg(count / 1e6, 0, 'f', 2);
  return QLocale::c().toString(static_cast<qlonglong>(count));
}

}  // namespace

void StudentTable::set(std::vector<StudentRow> rows) {
  const bool same = std::ranges::equal(rows, rows_, {}, &StudentRow::key, &StudentRow::key);
  if (!same) beginResetModel();
  rows_ = std::move(rows);
  if (!same)
    endResetModel();
  else if (!rows_.empty())
    emit dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

void StudentTable::setQuality(const QString& protocol, StudentRow::Layer layer) {
  if (protocol == protocol_ && layer == layer_) return;
  protocol_ = protocol;
  layer_ = layer;
  if (!rows_.empty()) emit dataChanged(index(0, Auc), index(rowCount() - 1, Accuracy));
}

int StudentTable::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int StudentTable::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : Columns; }

double StudentTable::number(const StudentRow& row, int column) const {
  switch (column) {
    case Size:
      return row.size > 0 ? row.size : std::numeric_limits<double>::quiet_NaN();
    case Seed:
      return row.seed.isEmpty() ? std::numeric_limits<double>::quiet_NaN() : row.seed.toDouble();
    case Parameters:
      return row.parameters;
    case Megabytes:
      return row.megabytes;
    case Counted:
      return row.counted;
    case Memory:
      return row.memory;
    case Milliseconds:
      return row.milliseconds;
    case GpuMilliseconds:
      return row.gpuMilliseconds;
    case Auc:
      return row.auc(protocol_, layer_);
    case Accuracy:
      return row.accuracy(protocol_, layer_);
    default:
      return std::numeric_limits<double>::quiet_NaN();
  }
}

QString StudentTable::text(const StudentRow& row, int column) const {
  const double value = number(row, column);
  switch (column) {
    case Name:
      return row.name;
    case Mode:
      return row.mode;
    case Seed:
      return row.seed;
    case State:
      return row.isTeacher ? Words::tr("teacher") : row.state;
    default:
      break;
  }
  if (std::isnan(value)) return "–";
  switch (column) {
    case Size:
      return QString::number(row.size);
    case Parameters:
      return countText(value);
    case Milliseconds:
    case GpuMilliseconds:
      return QLocale().toString(value, 'g', 3);
    case Auc:
      return QLocale().toString(value, 'f', 4);
    case Accuracy:
      return percentText(value, 2);
    default:
      return QLocale().toString(value, 'f', value < 10 ? 2 : 1);
  }
}

QVariant StudentTable::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const StudentRow& row = at(index.row());
  switch (role) {
    case Qt::DisplayRole:
      return text(row, index.column());
    case SortRole: {
      if (index.column() == Name || index.column() == Mode || index.column() == State)
        return text(row, index.column());
      const double value = number(row, index.column());
      return std::isnan(value) ? std::numeric_limits<double>::infinity() : value;
    }
    case Qt::TextAlignmentRole:
      return int(index.column() == Name || index.column() == Mode || index.column() == State ||
                         index.column() == Seed
                     ? Qt::AlignLeft | Qt::AlignVCenter
                     : Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
      return row.note.isEmpty() ? QVariant() : row.note;
    case Qt::FontRole: {
      if (!row.isTeacher) return {};
      QFont bold;
      bold.setBold(true);
      return bold;
    }
    default:
      return {};
  }
}

QVariant StudentTable::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= Columns) return {};
  if (role == Qt::DisplayRole) return Words::tr(kColumns[section].title);
  if (role == Qt::ToolTipRole) return Words::tr(kColumns[section].tooltip);
  return {};
}

}  // namespace discern::ui
