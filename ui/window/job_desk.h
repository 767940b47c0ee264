// Where pages and menus ask for jobs: asked for their options where a person has to say them, else given
// those that what is looked at stands for (models/live/job_requests.h).
#pragma once

#include <QObject>
#include <QStringList>
#include <vector>

#include "ui/jobs/job_runner.h"

class QWidget;

namespace discern::ui {

class JobDialog;
class JobForm;
class Kept;
class Session;

class JobDesk : public QObject {
  Q_OBJECT

 public:
  // `window`: what its dialogs stand on.
  JobDesk(Session& session, JobRunner& runner, QWidget& window);

  // What its dialogs were given last time is put in again; `kept` outlives this.
  void setKept(Kept& kept) { kept_ = &kept; }

  void remembered(JobDialog& dialog, const QString& job);

  void request(const QString& job, const QStringList& options = {});
  void run();  // whatever is missing: images, features, scores, evaluation, sweep

 signals:
  void formMade(discern::ui::JobForm& form);  // of a dialog that is about to be shown
  void importRequested();
  void said(const QString& sentence);

 private:
  void enqueue(const std::vector<JobRequest>& requests);
  std::vector<JobRequest> refresh() const;
  void offerNames(JobForm& form) const;
  void askExtract();
  void askScore();
  void askProtocol();
  void askExport();
  void askAggregate();
  void askIdentify(const QStringList& options);  // that its form begins with

  Session& session_;
  JobRunner& runner_;
  QWidget& window_;
  Kept* kept_ = nullptr;
};

}  // namespace discern::ui
