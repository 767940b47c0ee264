// The training curves of some runs over each other, read off the window's thread and followed while one goes
// on.
#pragma once

#include <QHash>
#include <QTimer>
#include <QWidget>
#include <vector>

#include "ui/models/live/latest_task.h"
#include "ui/models/project/session.h"
#include "ui/models/results/student_results.h"
#include "ui/widgets/when_seen.h"

class QComboBox;

namespace discern::ui {

class LineChart;

class RunCurves : public QWidget {
  Q_OBJECT

 public:
  explicit RunCurves(Session& session, QWidget* parent = nullptr);

  void setRuns(std::vector<StudentRow> runs);
  LineChart& chart() { return *chart_; }
  bool isBusy() const { return reading_.busy(); }

 private:
  void read();
  void showCurves();

  struct Curves {
    TrainingCurves curves;
    bool complete = false;  // read after the run had ended
  };
  Session& session_;
  std::vector<StudentRow> runs_;
  QHash<int, Curves> curvesOf_;  // by run
  LatestTask reading_;
  WhenSeen read_;
  QTimer follow_;  // while a shown run goes on
  LineChart* chart_;
  QComboBox* metric_;
};

}  // namespace discern::ui
