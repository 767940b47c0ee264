#include "ui/models/job_model.h"

#include <cmath>

namespace discern::ui {
namespace {

constexpr qsizetype kLongestLog = 5000;

QString progressText(const Job& job) {
  if (job.total > 0) return QString("%L1 of %L2").arg(job.done).arg(job.total);
  return job.done > 0 ? QString("%L1").arg(job.done) : QString();
}

}  // namespace

QString toString(Job::State state) {
  switch (state) {
    case Job::State::Waiting:
      return "waiting";
    case Job::State::Running:
      return "running";
    case Job::State::Stopping:
      return "stopping";
    case Job::State::Done:
      return "done";
    case Job::State::Failed:
      return "failed";
    case Job::State::Cancelled:
      return "cancelled";
  }
  return {};
}

QString durationText(double seconds) {
  if (!(seconds >= 0) || !std::isfinite(seconds)) return {};
  const auto whole = static_cast<qint64>(std::llround(seconds));
  if (whole < 60) return QString("%1 s").arg(whole);
  if (whole < 3600) return QString("%1 min %2 s").arg(whole / 60).arg(whole % 60);
  return QString("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString rateText(double perSecond) {
  if (!(perSecond > 0) || !std::isfinite(perSecond)) return {};
  if (perSecond >= 1e6) return QString("%1 M/s").arg(perSecond / 1e6, 0, 'f', 1);
  if (perSecond >= 1e3) return QString("%1 k/s").arg(perSecond / 1e3, 0, 'f', 1);
  return QString("%1/s").arg(perSecond, 0, 'f', perSecond < 10 ? 2 : 1);
}

int JobModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(jobs_.size());
}

int JobModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant JobModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Job& job = jobs_[static_cast<std::size_t>(index.row())];
  if (role == IdRole) return job.id;
  if (role == ShareRole) return job.share();
  if (role == Qt::ToolTipRole)
    return job.error.isEmpty() ? (QStringList{job.name} + job.options).join(' ') : job.error;
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case Name:
      return job.name;
    case StateColumn:
      return toString(job.state);
    case Stage:
      return job.state == Job::State::Failed ? job.error : job.stage;
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
  static const QStringList titles = {"Job", "State", "Stage", "Progress", "Time left"};
  return titles.value(section);
}

const Job* JobModel::find(int id) const {
  return id >= 0 && id < static_cast<int>(jobs_.size()) ? &jobs_[static_cast<std::size_t>(id)] : nullptr;
}

Job* JobModel::get(int id) { return const_cast<Job*>(find(id)); }

int JobModel::add(Job job) {
  const int id = rowCount();
  job.id = id;
  beginInsertRows({}, id, id);
  jobs_.push_back(std::move(job));
  endInsertRows();
  return id;
}

void JobModel::setState(int id, Job::State state, const QString& error) {
  Job* job = get(id);
  if (job == nullptr || job->isOver()) return;
  job->state = state;
  if (!error.isEmpty()) job->error = error;
  if (state == Job::State::Running) job->started = QDateTime::currentDateTime();
  if (job->isOver()) {
    job->finished = QDateTime::currentDateTime();
    job->secondsLeft = job->rate = -1;
    if (!job->error.isEmpty()) appendLog(id, job->error);
  }
  changed(id);
}

void JobModel::apply(int id, const JobEvent& event) {
  Job* job = get(id);
  if (job == nullptr || job->isOver()) return;
  using Kind = JobEvent::Kind;
  switch (event.kind) {
    case Kind::Progress:
      job->stage = event.stage;
      job->done = event.done;
      job->total = event.total;
      job->rate = event.rate;
      job->secondsLeft = event.secondsLeft;
      break;
    case Kind::StageDone:
      job->stage = event.stage;
      job->done = job->total;
      job->rate = job->secondsLeft = -1;
      appendLog(id, QString("%1: done").arg(event.stage));
      break;
    case Kind::Note:
      appendLog(id, event.text);
      break;
    case Kind::Result:
      job->result = event.object;
      break;
    case Kind::Error:
      job->error = event.text;
      break;
    case Kind::Start:
    case Kind::Metric:
      return;
  }
  changed(id);
}

void JobModel::appendLog(int id, const QString& line) {
  Job* job = get(id);
  if (job == nullptr) return;
  job->log.append(line);
  if (job->log.size() > kLongestLog) job->log.remove(0, job->log.size() - kLongestLog);
  emit logged(id, line);
}

void JobModel::changed(int id) { emit dataChanged(index(id, 0), index(id, ColumnCount - 1)); }

}  // namespace discern::ui
