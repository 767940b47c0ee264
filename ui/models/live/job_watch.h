// The unfinished job of some kinds for the open project: what a page says about its own jobs. No widgets.
#pragma once

#include <QObject>
#include <QStringList>

#include "ui/jobs/job_runner.h"

namespace discern::ui {

class Session;

class JobWatch : public QObject {
  Q_OBJECT

 public:
  // `kinds`: names of jobs, "select", "tsne".
  JobWatch(Session& session, JobRunner& runner, QStringList kinds, QObject* parent = nullptr);

  // The one that runs, else the one that waits longest; null: none.
  const Job* current() const;
  // Those that have not ended, in the order they will run.
  std::vector<const Job*> unfinished() const;
  QString text() const;  // "tsne: laying out, 120 of 1,000, 3 s left"; empty: none
  void cancel();         // the current one

 signals:
  void changed();
  void finished(const discern::ui::Job& job);  // of these kinds

 private:
  bool isOurs(const Job& job) const;

  Session& session_;
  JobRunner& runner_;
  QStringList kinds_;
};

// The word after `option` of a job; empty: not given.
QString optionOf(const Job& job, const QString& option);

}  // namespace discern::ui
