// Which faces are worth learning from: one lambda moves the count curve's cursor, the colours of the map and
// the gallery of what is discarded, and stands beside the lowest scores. Every step is a look-up.
#pragma once

#include <vector>

#include "ui/models/live/job_watch.h"
#include "ui/models/live/selection_source.h"
#include "ui/pages/page.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;
class QStackedWidget;
class QTabWidget;

namespace discern::ui {

class EmptyState;
class GalleryView;
class ImageStrip;
class LineChart;
class ScatterChart;
class TableSource;

class SelectionPage : public Page {
  Q_OBJECT

 public:
  SelectionPage(Session& session, JobRunner& runner, QWidget* parent = nullptr);

  QString title() const override { return "Selection"; }
  QString iconName() const override { return "selection"; }
  std::vector<Chart*> charts() override;
  bool settled() const override;

 private:
  // selection_panels.cpp: the pieces of the page
  QWidget* buildControls();
  QWidget* buildSelectionBox();
  QWidget* buildLambdaBox();
  QWidget* buildMapBox();
  QWidget* buildContent();
  QWidget* buildMap();
  QWidget* buildCurve();
  QWidget* buildDiscarded();
  QWidget* buildRankings();
  void askSelect();
  void askMap();

  void connectAll();
  void showNames();
  void showPath();    // another selection
  void showLambda();  // the slider's path: look-ups and what is seen, nothing else
  void showDiscarded();
  void showRankings();
  void showCurve();
  void showLayout();
  void showComparison();
  void showSelection();  // the session's
  void showEmpty();
  void showJobs();
  double scale() const;  // of the curve's axis: 1, or by the number of other centroids
  QString describe(int sample) const;
  int sampleOnMap(int point) const;

  SelectionSource& source_;
  TableSource& table_;
  JobWatch jobs_;
  int followed_ = -1;          // the job whose map is shown
  std::vector<int> compared_;  // samples of the dots of scores_
  QString emptyJob_;

  QStackedWidget* stack_ = nullptr;
  EmptyState* empty_ = nullptr;
  QComboBox *selections_ = nullptr, *maps_ = nullptr, *axis_ = nullptr, *measure_ = nullptr,
            *order_ = nullptr, *ranking_ = nullptr;
  QPushButton *select_ = nullptr, *makeMap_ = nullptr;
  QLabel *about_ = nullptr, *keptText_ = nullptr, *mapNote_ = nullptr, *discardedText_ = nullptr,
         *overlap_ = nullptr;
  QSlider* slider_ = nullptr;
  QDoubleSpinBox *raw_ = nullptr, *normalised_ = nullptr, *share_ = nullptr;
  QWidget* lambdaBox_ = nullptr;
  LineChart* curve_ = nullptr;
  ScatterChart *map_ = nullptr, *scores_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  GalleryView* gallery_ = nullptr;
  ImageStrip *byPath_ = nullptr, *byScore_ = nullptr;
};

}  // namespace discern::ui
