// Scores: every image as a coloured cell, how the scores are distributed, and the extremes to look at.
#pragma once

#include <memory>
#include <vector>

#include "ui/models/images/score_overview.h"
#include "ui/models/live/latest_task.h"
#include "ui/pages/page.h"
#include "ui/widgets/when_seen.h"

class QComboBox;
class QLabel;
class QStackedWidget;

namespace discern::ui {

class EmptyState;
class HeatmapChart;
class HistogramChart;
class ImageStrip;
class TableSource;

class ScoresPage : public Page {
  Q_OBJECT

 public:
  explicit ScoresPage(Session& session, QWidget* parent = nullptr);

  QString title() const override { return tr("Scores"); }
  QString iconName() const override { return QStringLiteral("scores"); }
  std::vector<Chart*> charts() override;
  bool settled() const override;

 private:
  QWidget* makeBar();
  QWidget* makeSide();
  void connectAll();
  void tablesChanged();
  void refresh();
  void showOverview(const ScoreOverview& overview);
  void showThreshold();
  void updateEmptyState();
  QString tooltip(int row, int column) const;

  TableSource& source_;
  WhenSeen refresh_, follow_;  // follow_: the threshold
  QStackedWidget* stack_;
  EmptyState* empty_;
  QString emptyJob_;
  QComboBox *table_, *order_;
  QLabel* counts_;
  HeatmapChart* heatmap_;
  HistogramChart* histogram_;
  ImageStrip *worst_, *best_;
  LatestTask task_;
};

}  // namespace discern::ui
