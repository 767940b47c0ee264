// The line at the foot of the window: what runs, how far
// it is, how long it takes, and a log above it on demand.
#pragma once

#include <QFrame>
#include <map>
#include <string>

#include "ui/models/live/job_model.h"

class QHBoxLayout;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QSplitter;
class QTableView;
class QTimer;
class QToolButton;

namespace discern::ui {

class JobStrip : public QFrame {
  Q_OBJECT

 public:
  explicit JobStrip(JobRunner& runner, QWidget* parent = nullptr);

  // Seconds that jobs took before, by their names: what a chain of them will take is told by it.
  void setKnownSeconds(std::map<std::string, double> known) { known_ = std::move(known); }
  void addTool(QWidget* tool);     // of the window, at the line's right
  void note(const QString& text);  // for some seconds, while nothing runs
  void setLogVisible(bool visible);
  bool isLogVisible() const;

 private:
  QWidget* buildLine();
  QWidget* buildLog();
  void show(int id);  // the job the line is about
  void refresh();
  void showLog();  // of the job selected in the table, else of the shown one
  void appendLog(int id, const QString& line);

  JobRunner& runner_;
  JobModel model_;
  std::map<std::string, double> known_;
  int job_ = -1, loggedJob_ = -1;
  QString note_;
  QTimer* noted_ = nullptr;  // how long
  QHBoxLayout* line_ = nullptr;
  QLabel *icon_ = nullptr, *text_ = nullptr, *figures_ = nullptr;
  QProgressBar* bar_ = nullptr;
  QPushButton* cancel_ = nullptr;
  QToolButton* toggle_ = nullptr;
  QWidget* panel_ = nullptr;
  QTableView* table_ = nullptr;
  QPlainTextEdit* log_ = nullptr;
};

}  // namespace discern::ui
