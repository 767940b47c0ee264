// How small can the recogniser get? Students of several sizes and modes are queued, watched and put beside
// each other and their teacher: accuracy against parameters, memory and time, and in SKD's benchmarks.
#pragma once

#include <QHash>

#include "ui/models/live/job_watch.h"
#include "ui/models/live/selection_source.h"
#include "ui/models/results/student_table.h"
#include "ui/pages/page.h"
#include "ui/widgets/when_seen.h"

class QStackedWidget;

namespace discern::ui {

class BenchmarkPanel;
class CostChart;
class EmptyState;
class RunCurves;
class StudentForm;
class StudentsPanel;

// Its parts are in ui/pages/distil.
class DistilPage : public Page {
  Q_OBJECT

 public:
  DistilPage(Session& session, JobRunner& runner, QWidget* parent = nullptr);

  QString title() const override { return QT_TR_NOOP("Distil"); }
  QString iconName() const override { return "distil"; }
  std::vector<Chart*> charts() override;
  QStringList exportTo(const QString& folder) override;  // the benchmarks' tables
  bool settled() const override;

 private:
  QWidget* buildControls();
  QWidget* buildContent();
  QWidget* buildStudents();
  void connectJobs();
  void connectParts();
  void showRows();     // runs and waiting jobs
  void showQuality();  // on another protocol, of another layer
  void showCosts();
  void showChosen();
  void showEmpty();

  SelectionSource& source_;
  JobRunner& runner_;
  JobWatch jobs_;
  StudentTable* students_;
  QHash<int, int> runOfJob_;  // of this sitting
  QString emptyJob_;
  WhenSeen rows_;

  QStackedWidget* stack_ = nullptr;
  EmptyState* empty_ = nullptr;
  StudentForm* form_ = nullptr;
  RunCurves* curves_ = nullptr;
  CostChart* costs_ = nullptr;
  StudentsPanel* panel_ = nullptr;
  BenchmarkPanel* benchmarks_ = nullptr;
};

}  // namespace discern::ui
