// Scores: every image as a coloured cell, the templates (or identities) as rows with how each matches, how
// the scores are distributed, and the extremes to look at.
#pragma once

#include <memory>
#include <vector>

#include "ui/models/images/heat_rows.h"
#include "ui/models/images/score_overview.h"
#include "ui/models/live/latest_task.h"
#include "ui/pages/page.h"
#include "ui/widgets/when_seen.h"

class QComboBox;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace discern::ui {

class EmptyState;
class HeatmapChart;
class HistogramChart;
class ImageStrip;
class TableSource;
class TemplateSource;

class ScoresPage : public Page {
  Q_OBJECT

 public:
  explicit ScoresPage(Session& session, QWidget* parent = nullptr);

  QString title() const override { return QT_TR_NOOP("Scores"); }
  QString iconName() const override { return QStringLiteral("scores"); }
  std::vector<Chart*> charts() override;
  bool showsSamples() const override { return true; }
  bool settled() const override;

 private:
  QWidget* makeBar();
  QWidget* makeNotes();
  QWidget* makeHeatmap(QWidget* parent);
  QWidget* makeSide();
  void connectAll();
  void connectHeatmap();
  void tablesChanged();
  void refresh();
  HeatRequest request() const;
  bool ofTemplates() const;  // there are templates, and they are the rows
  void showOverview(const ScoreOverview& overview);
  void showRows();  // with what is known of their matches, sorted
  void goOn(int from,
            int row);  // of the image that the keys were at; what was left out gives way to the next
  bool isOut(int sample) const;
  void showProgress();
  void showThreshold();
  void showTitles();
  void sortBy(int header);
  void openRow(int row);
  void updateEmptyState();
  QString tooltip(int row, int column) const;
  QString matchText(int row) const;

  TableSource& source_;
  TemplateSource& templates_;
  WhenSeen refresh_, matches_, follow_;  // follow_: the threshold and what else moves the point
  QStackedWidget* stack_;
  EmptyState* empty_;
  QString emptyJob_;
  QComboBox *of_, *order_, *cells_, *colour_;
  QToolButton* reversed_;
  QLabel *counts_, *progress_;
  HeatmapChart* heatmap_;
  HistogramChart* histogram_;
  ImageStrip *worst_, *best_;
  bool wasOut_ = false;        // the chosen image, when it was chosen
  std::vector<HeatRow> rows_;  // as they are shown
  LatestTask task_;
};

}  // namespace discern::ui
