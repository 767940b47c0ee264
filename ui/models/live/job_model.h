// The jobs of this sitting as rows, newest last; shown by the job strip.
#pragma once

#include <QAbstractTableModel>

#include "ui/jobs/job_runner.h"

namespace discern::ui {

class JobModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Name, State, Stage, Progress, TimeLeft, ColumnCount };
  enum Role { IdRole = Qt::UserRole + 1, ShareRole };

  explicit JobModel(JobRunner& runner, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  JobRunner& runner_;
  int rows_ = 0;
};

}  // namespace discern::ui
