// SKD's benchmarks of identification on the Distil page: a student is sent through SCface or UCCS, and all
// that were stand side by side.
#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

#include "ui/models/live/job_watch.h"
#include "ui/models/project/session.h"
#include "ui/models/results/benchmarks.h"
#include "ui/widgets/when_seen.h"

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QStandardItemModel;
class QTableView;

namespace discern::ui {

class LineChart;

class BenchmarkPanel : public QWidget {
  Q_OBJECT

 public:
  BenchmarkPanel(Session& session, JobRunner& runner, QWidget* parent = nullptr);

  void choose(const QString& network);  // a student, or a teacher's features; another name changes nothing
  LineChart& chart() { return *chart_; }
  // distil-scface.csv and distil-uccs.csv of what there is; throws Error.
  QStringList exportTo(const QString& folder) const;

 signals:
  void jobRequested(const QString& job, const QStringList& options);
  void tuneRequested(const QString& student, const QString& set);

 private:
  QHBoxLayout* buildChoices();
  QHBoxLayout* buildOptions();
  QHBoxLayout* buildButtons();
  void buildTable();
  void connectAll();
  jobs::Benchmark benchmark() const;
  void reload();
  void showChoices();
  void showForm();  // what this benchmark asks for, and what is missing
  void showRows();
  void showCurves();  // of the chosen rows; of the newest few where none is chosen
  void chooseWanted();
  void identify();
  void saveTable();

  Session& session_;
  JobRunner& runner_;
  JobWatch jobs_;
  WhenSeen reload_;
  QStringList students_;
  QString wanted_;          // the network that is chosen as soon as it is listed
  bool setFollows_ = true;  // the benchmark, until another set is chosen
  QString shown_;           // the runs of rows_
  std::vector<BenchmarkRow> rows_;
  LineChart* chart_ = nullptr;
  QComboBox *benchmark_ = nullptr, *network_ = nullptr, *set_ = nullptr, *start_ = nullptr;
  QSpinBox* subjects_ = nullptr;
  QLabel* hint_ = nullptr;
  QPushButton *identify_ = nullptr, *draw_ = nullptr, *tune_ = nullptr, *save_ = nullptr;
  QStandardItemModel* items_ = nullptr;
  QTableView* table_ = nullptr;
};

}  // namespace discern::ui
