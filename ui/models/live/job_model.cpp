#include "ui/models/live/job_model.h"

#include "ui/language/words.h"

namespace discern::ui {
namespace {

QString progressText(const Job& job) {
  if (job.total > 0) return Words::tr("%L1 of %L2").arg(job.done).arg(job.total);
  return job.done > 0 ? QString("%L1").arg(job.done) : QString();
}

}  // namespace

// The id of a job is its row.
JobModel::JobModel(JobRunner& runner, QObject* parent)
    : QAbstractTableModel(parent), runner_(runner), rows_(static_cast<int>(runner.jobs().size())) {
  connect(&runner_, &JobRunner::jobAdded, this, [this](int id) {
    beginInsertRows({}, id, id);
    rows_ = id + 1;
    endInsertRows();
  });
  connect(&runner_, &JobRunner::jobChanged, this,
          [this](int id) { emit dataChanged(index(id, 0), index(id, ColumnCount - 1)); });
}

int JobModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : rows_; }

int JobModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant JobModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Job& job = *runner_.find(index.row());
  if (role == IdRole) return job.id;
  if (role == ShareRole) return job.share();
  if (role == Qt::ToolTipRole)
    return job.error.isEmpty() ? (QStringList{job.name} + job.options).join(' ') : job.error;
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case Name:
      return job.name;
    case State:
      return toString(job.state);
    case Stage:
      return job.state == Job::State::Failed ? job.error : engineText(job.stage);
    case Progress:
      return progressText(job);
    case TimeLeft:
      return job.isOver() ? QString() : durationText(job.secondsLeft);
    default:
      return {};
  }
}

QVariant JobModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  const QStringList titles = {tr("Job"), tr("State"), tr("Stage"), tr("Progress"), tr("Time left")};
  return titles.value(section);
}

}  // namespace discern::ui
