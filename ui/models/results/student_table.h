// Students and teachers side by side.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "ui/models/results/student_results.h"

namespace discern::ui {

class StudentTable : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column {
    Name,
    Size,
    Mode,
    State,
    Auc,
    Accuracy,
    Parameters,
    Megabytes,
    Counted,
    Memory,
    Milliseconds,
    GpuMilliseconds,
    Seed,
    Columns
  };
  enum Role { SortRole = Qt::UserRole + 1 };  // numbers; unknown ones sort last when ascending

  using QAbstractTableModel::QAbstractTableModel;

  // Rows that stand for the same runs in the same order are
  // updated in place, so that a view keeps its selection.
  void set(std::vector<StudentRow> rows);
  // Which numbers the two columns of quality show.
  void setQuality(const QString& protocol, StudentRow::Layer layer);
  const StudentRow& at(int row) const { return rows_[static_cast<std::size_t>(row)]; }
  const std::vector<StudentRow>& rows() const { return rows_; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  double number(const StudentRow& row, int column) const;  // NaN: unknown, or not a number
  QString text(const StudentRow& row, int column) const;

  std::vector<StudentRow> rows_;
  QString protocol_;
  StudentRow::Layer layer_ = StudentRow::Layer::Identity;
};

}  // namespace discern::ui
