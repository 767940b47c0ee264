// How far a page's own job is, with a button that stops it; hidden while there is none. A failure stays until
// the next one.
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace discern::ui {

class JobWatch;

class JobProgress : public QWidget {
  Q_OBJECT

 public:
  explicit JobProgress(JobWatch& watch, QWidget* parent = nullptr);

 private:
  void showJob();

  JobWatch& watch_;
  QString problem_;
  QLabel* text_;
  QProgressBar* bar_;
  QPushButton* stop_;
};

}  // namespace discern::ui
