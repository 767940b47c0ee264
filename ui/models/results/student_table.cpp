#include "ui/models/results/student_table.h"

#include <QFont>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/models/results/run_results.h"

namespace discern::ui {
namespace {

struct ColumnText {
  const char *title, *tooltip;
};
constexpr ColumnText kColumns[StudentTable::Columns] = {
    {"Network", "Bold: the teacher of the students above it"},
    {"px", "Side of the input in pixels"},
    {"Mode",
     "c: classes; s: regression on the selected faces; sc: both; dc: classes, and regression on all faces"},
    {"State", ""},
    {"AUC", "Area under the ROC of the chosen protocol"},
    {"Accuracy", "Of the chosen protocol, mean over its folds; a protocol without folds has none"},
    {"Params", "Parameters, without the softmax that training needs"},
    {"MB", "The network on disk"},
    {"RAM MB", "Peak of memory while one face is recognised (Measure costs)"},
    {"ms/face", "For one face on one CPU thread"},
    {"Seed", "Of initial weights, order and perturbations"}};

QString countText(double count) {
  if (count >= 1e5) return QString("%1 M").arg(count / 1e6, 0, 'f', 2);
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
    case Memory:
      return row.memory;
    case Milliseconds:
      return row.milliseconds;
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
      return row.isTeacher ? QString("teacher") : row.state;
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
      return QString::number(value, 'g', 3);
    case Auc:
      return QString::number(value, 'f', 4);
    case Accuracy:
      return percentText(value, 2);
    default:
      return QString::number(value, 'f', value < 10 ? 2 : 1);
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
  if (role == Qt::DisplayRole) return kColumns[section].title;
  if (role == Qt::ToolTipRole) return kColumns[section].tooltip;
  return {};
}

}  // namespace discern::ui
