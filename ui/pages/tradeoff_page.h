// Accuracy against compute for every aggregation, from the latest sweep of what is chosen: the Pareto front,
// the knee, and a table.
#pragma once

#include <optional>
#include <vector>

#include "ui/models/results/run_results.h"
#include "ui/pages/figures.h"
#include "ui/pages/page.h"
#include "ui/widgets/when_seen.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QStandardItemModel;
class QTableView;

namespace discern::ui {

class EmptyState;
class ScatterChart;

class TradeoffPage : public Page {
  Q_OBJECT

 public:
  explicit TradeoffPage(Session& session, QWidget* parent = nullptr);

  QString title() const override { return QT_TR_NOOP("Trade-off"); }
  QString iconName() const override { return "tradeoff"; }
  std::vector<Chart*> charts() override;

 private:
  using Entry = SweepDots::Entry;  // a dot of the chart

  QWidget* buildContent();
  QWidget* buildSide();
  void reload();
  void showSweep();
  void showTable();
  void showThreshold();  // rings the swept point nearest to the operating point
  void showAbout();
  bool ofPoint() const;  // swept of what is chosen
  bool canUse() const;   // what it was swept of is still in the project
  void use(int entry);   // it becomes the operating point, as a whole
  const SweepCurveRow& curveOf(const Entry& entry) const;
  const SweepPointRow& pointOf(const Entry& entry) const;

  WhenSeen reload_, follow_;  // follow_: the threshold
  std::optional<SweepRun> sweep_;
  QString folder_;  // the project of sweep_
  std::vector<Entry> entries_;
  std::vector<int> front_;
  int knee_ = -1;  // entry

  QStackedWidget* stack_ = nullptr;
  EmptyState* empty_ = nullptr;
  ScatterChart* chart_ = nullptr;
  QTableView* table_ = nullptr;
  QStandardItemModel* rows_ = nullptr;
  QLabel *about_ = nullptr, *kneeText_ = nullptr;
  QPushButton *useKnee_ = nullptr, *run_ = nullptr;
};

}  // namespace discern::ui
