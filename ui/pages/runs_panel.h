// Trainings, scores, evaluations and searches of a project side by side: the options in which they differ,
// and their numbers.
#pragma once

#include <QWidget>
#include <vector>

#include "core/runs/run_table.h"
#include "ui/models/live/latest_task.h"
#include "ui/models/project/session.h"
#include "ui/widgets/when_seen.h"

class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class QStandardItemModel;
class QTableView;

namespace discern::ui {

class RunsPanel : public QWidget {
  Q_OBJECT

 public:
  explicit RunsPanel(Session& session, QWidget* parent = nullptr);

  bool isBusy() const { return reading_.busy(); }
  void save(const QString& file) const;  // the table as .csv; throws Error

 private:
  QWidget* buildHeader();
  QWidget* buildContent();
  void reload();  // the list of runs
  void read();    // the table of those that are ticked
  void show(runs::RunTable table);
  std::vector<int> ticked() const;

  Session& session_;
  WhenSeen reload_;
  LatestTask reading_;
  QString folder_, shown_;  // the project and the runs that the list has
  runs::RunTable table_;
  QComboBox *protocol_ = nullptr, *aggregation_ = nullptr;
  QListWidget* list_ = nullptr;
  QStandardItemModel* rows_ = nullptr;
  QTableView* view_ = nullptr;
  QLabel* note_ = nullptr;
  QPushButton* save_ = nullptr;
};

}  // namespace discern::ui
