// Notices sets whose images are not where the project knows them: when it is opened, and after jobs that
// touch files.
#pragma once

#include <QObject>

#include "ui/jobs/job_runner.h"
#include "ui/models/live/latest_task.h"
#include "ui/models/project/session.h"

namespace discern::ui {

class MovedSets : public QObject {
  Q_OBJECT

 public:
  MovedSets(Session& session, JobRunner& runner, QObject* parent = nullptr);

  QString set() const { return set_; }  // the first one; empty: all are there, as far as is known
  bool busy() const { return task_.busy(); }

 signals:
  void found(const QString& set, const QString& folder);  // that it was in
  void none();

 private:
  void look();

  Session& session_;
  LatestTask task_;
  QString set_;
  bool owed_ = false;
};

}  // namespace discern::ui
