// How small can the recogniser get? Students of several sizes and modes are queued, watched and put beside
// each other and their teacher: accuracy against parameters, memory and time.
#pragma once

#include <QHash>
#include <QTimer>
#include <vector>

#include "ui/models/live/job_watch.h"
#include "ui/models/live/latest_task.h"
#include "ui/models/live/selection_source.h"
#include "ui/models/results/student_table.h"
#include "ui/pages/page.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace discern::ui {

class EmptyState;
class JobForm;
class LineChart;
class ScatterChart;

class DistilPage : public Page {
  Q_OBJECT

 public:
  DistilPage(Session& session, JobRunner& runner, QWidget* parent = nullptr);

  QString title() const override { return "Distil"; }
  QString iconName() const override { return "distil"; }
  std::vector<Chart*> charts() override;
  bool settled() const override { return !reading_.busy() && !source_.busy(); }

 private:
  // distil_panels.cpp: the pieces of the page
  QWidget* buildControls();
  QWidget* buildHow();
  QWidget* buildContent();
  QWidget* buildCurves();
  QWidget* buildCosts();
  QWidget* buildTable();

  void connectAll();
  void start();
  QStringList optionsOf(const QString& size, const QString& mode) const;
  QStringList chosen(const std::vector<QCheckBox*>& boxes) const;
  void showChoices();       // of the form, then the form
  void showForm();          // the button's text, what is missing
  void showRows();          // runs and waiting jobs
  void chooseRuns();        // the table's selection moved
  void chooseRow(int row);  // of students_
  void readCurves();        // of the shown runs, off the window's thread
  void showCurves();
  void showCosts();
  void showEmpty();
  std::vector<int> chosenRows() const;    // of students_
  std::vector<StudentRow> shown() const;  // with a run: the chosen ones, else the newest few
  double costOf(const StudentRow& row) const;

  SelectionSource& source_;
  JobRunner& runner_;
  JobWatch jobs_;
  StudentTable* students_;
  QSortFilterProxyModel* sorted_;
  QHash<int, int> runOfJob_;  // of this sitting
  struct Curves {
    TrainingCurves curves;
    bool complete = false;  // read after the run had ended
  };
  QHash<int, Curves> curvesOf_;  // by run
  std::vector<int> dots_;        // rows of students_ behind the dots of costs_
  LatestTask reading_;
  QTimer follow_;              // while a shown run goes on
  bool lambdaFollows_ = true;  // the Selection page's, until another is typed
  QString emptyJob_;

  JobForm *what_ = nullptr, *how_ = nullptr;
  QComboBox *amount_ = nullptr, *metric_ = nullptr, *protocol_ = nullptr, *quality_ = nullptr,
            *layer_ = nullptr, *cost_ = nullptr;
  QDoubleSpinBox *lambda_ = nullptr, *keep_ = nullptr;
  QStackedWidget *amounts_ = nullptr, *stack_ = nullptr;
  std::vector<QCheckBox*> sizes_, modes_;
  QLabel *hint_ = nullptr, *protocolNote_ = nullptr;
  QPushButton *start_ = nullptr, *stopAll_ = nullptr, *measure_ = nullptr, *select_ = nullptr;
  EmptyState* empty_ = nullptr;
  LineChart* curves_ = nullptr;
  ScatterChart* costs_ = nullptr;
  QTableView* table_ = nullptr;
};

}  // namespace discern::ui
