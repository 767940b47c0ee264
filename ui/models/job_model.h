// The jobs of this sitting as rows, newest last. Fed by the job runner, shown by the job strip and its log.
#pragma once

#include <QAbstractTableModel>
#include <QDateTime>
#include <QStringList>
#include <vector>

#include "ui/jobs/job_events.h"

namespace discern::ui {

struct Job {
  enum class State { Waiting, Running, Stopping, Done, Failed, Cancelled };

  int id = -1;
  QString name;         // "extract"
  QStringList options;  // as they were when the job was asked for
  QString project;      // folder
  int chain = -1;       // jobs of one chain: when one fails, the later ones are not started
  State state = State::Waiting;
  QString stage;
  qint64 done = 0, total = 0;
  double rate = -1, secondsLeft = -1;  // negative: unknown
  QString error;                       // Failed: one sentence
  QStringList log;                     // notes, ends of stages and lines that are no events
  QJsonObject result;
  QDateTime started, finished;

  bool isOver() const { return state == State::Done || state == State::Failed || state == State::Cancelled; }
  double share() const { return total > 0 ? double(done) / double(total) : 0; }
};

QString toString(Job::State state);
// "12 s", "3 min 20 s", "2 h 5 min"; empty when unknown.
QString durationText(double seconds);
// "95.2/s", "3.4 k/s"; empty when unknown.
QString rateText(double perSecond);

class JobModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Name, StateColumn, Stage, Progress, TimeLeft, ColumnCount };
  enum Role { IdRole = Qt::UserRole + 1, ShareRole };

  using QAbstractTableModel::QAbstractTableModel;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  const std::vector<Job>& jobs() const { return jobs_; }
  const Job* find(int id) const;
  int add(Job job);  // gives it an id, returns it
  void setState(int id, Job::State state, const QString& error = {});
  void apply(int id, const JobEvent& event);
  void appendLog(int id, const QString& line);  // keeps the last 5,000 lines

 signals:
  void logged(int id, const QString& line);

 private:
  Job* get(int id);
  void changed(int id);

  std::vector<Job> jobs_;  // the id is the row
};

}  // namespace discern::ui
