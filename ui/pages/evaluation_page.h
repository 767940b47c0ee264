// ROC, DET and error versus discard of one stored evaluation, its table, and every switch it was made with;
// in a second tab identification, in a third all runs side by side.
#pragma once

#include <optional>
#include <vector>

#include "ui/models/results/run_results.h"
#include "ui/pages/figures.h"
#include "ui/pages/page.h"
#include "ui/widgets/when_seen.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QStandardItemModel;
class QTableView;

namespace discern::ui {

class EmptyState;
class IdentificationPanel;
class LineChart;
class RunsPanel;

class EvaluationPage : public Page {
  Q_OBJECT

 public:
  explicit EvaluationPage(Session& session, QWidget* parent = nullptr);

  QString title() const override { return QT_TR_NOOP("Evaluation"); }
  QString iconName() const override { return "evaluation"; }
  std::vector<Chart*> charts() override;
  bool settled() const override;

 private:
  QWidget* buildHeader();
  QWidget* buildContent();
  void reload();
  EvaluationCharts figures() const;
  void showRun();
  void showCharts();  // of the aggregations that are ticked in the table
  void showTable(const EvaluationRun& run);
  const EvaluationRun* shownRun() const;  // null: none
  void showSwitches(const EvaluationRun& run);

  WhenSeen reload_;
  std::vector<EvaluationRun> runs_;
  QString shown_;  // the protocol and the runs of runs_

  QStackedWidget* stack_ = nullptr;
  EmptyState* empty_ = nullptr;
  QString missingJob_;
  QComboBox* run_ = nullptr;
  QPushButton *make_ = nullptr, *evaluate_ = nullptr;
  QLabel* about_ = nullptr;
  LineChart *roc_ = nullptr, *det_ = nullptr, *edc_ = nullptr;
  IdentificationPanel* identification_ = nullptr;
  RunsPanel* runTable_ = nullptr;
  QTableView* table_ = nullptr;
  QStandardItemModel* rows_ = nullptr;
  QPlainTextEdit* switches_ = nullptr;
};

}  // namespace discern::ui
