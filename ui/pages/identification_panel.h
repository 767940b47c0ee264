// 1:N identification on the Evaluation page: the cumulative
// match characteristic of the stored runs, and their numbers.
#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

#include "ui/models/results/identification.h"
#include "ui/widgets/when_seen.h"

class QStackedWidget;
class QStandardItemModel;
class QTableView;

namespace discern::ui {

class EmptyState;
class LineChart;

class IdentificationPanel : public QWidget {
  Q_OBJECT

 public:
  explicit IdentificationPanel(Session& session, QWidget* parent = nullptr);
  LineChart* chart() const { return cmc_; }

 signals:
  void jobRequested(const QString& job, const QStringList& options);

 private:
  void reload();
  QStringList chosenOptions() const;
  void showCurves();  // of the chosen runs; of the newest few where none is chosen

  Session& session_;
  WhenSeen reload_;
  std::vector<IdentifyRun> runs_;
  QString shown_;  // the runs of runs_
  QStackedWidget* stack_ = nullptr;
  EmptyState* empty_ = nullptr;
  LineChart* cmc_ = nullptr;
  QTableView* table_ = nullptr;
  QStandardItemModel* rows_ = nullptr;
};

}  // namespace discern::ui
