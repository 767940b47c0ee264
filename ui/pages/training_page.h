// Training a DDNet or a base model: options, start, pause
// and resume, live curves, and the runs that were made.
#pragma once

#include <QTimer>
#include <vector>

#include "ui/models/live/job_watch.h"
#include "ui/models/results/training_curves.h"
#include "ui/pages/page.h"
#include "ui/widgets/when_seen.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QStandardItemModel;
class QTableView;
class QTabWidget;

namespace discern::ui {

class EmptyState;
class JobForm;
class LineChart;

class TrainingPage : public Page {
  Q_OBJECT

 public:
  TrainingPage(Session& session, JobRunner& runner, QWidget* parent = nullptr);

  QString title() const override { return QT_TR_NOOP("Training"); }
  QString iconName() const override { return "training"; }
  std::vector<Chart*> charts() override;

 private:
  struct Form {
    JobForm* form = nullptr;
    QString job;           // that it starts
    const char* predicts;  // kind of the model whose scores "Predict scores" asks for
    const char* makes;     // kind of the model that it trains
    QString suggested;     // name, until a person types another one
  };

  QWidget* buildForms();
  QWidget* buildCharts();
  bool isHere() const;         // job_ is one of the open project
  const Job* current() const;  // the open project's training that runs, or waits; null: none
  void onEvent(int id, const JobEvent& event);
  void onFinished(int id);
  void reload();
  void offerNetworks(Form& form);
  void suggestName(Form& form);
  void warnOfName();
  void showButtons();
  bool isStopped() const;  // what the open form asks for
  void showCurves();
  void start();
  const Form& form() const;  // the open one
  int selectedRun() const;   // -1: none

  JobRunner& runner_;
  JobWatch watch_;
  int job_ = -1;  // the job that trained last, of any project: itself a training, or a recipe with one
  int run_ = -1;  // the training's row in the project's runs
  bool training_ = false;  // it is at it now
  TrainingCurves live_;
  QTimer redraw_;       // many metrics arrive a second
  bool follow_ = true;  // show the newest run that has curves (a head's has none)
  int newest_ = -1;     // its row
  bool filling_ = false;

  QTabWidget* tabs_ = nullptr;
  std::vector<Form> forms_;  // one a tab
  QPushButton *start_ = nullptr, *cancel_ = nullptr, *predict_ = nullptr;
  QLabel* state_ = nullptr;
  LineChart *loss_ = nullptr, *quality_ = nullptr;
  QTableView* table_ = nullptr;
  QStandardItemModel* runs_ = nullptr;
  WhenSeen reload_, buttons_, curves_;
};

}  // namespace discern::ui
