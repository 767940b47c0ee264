// Which faces are worth learning from: one lambda moves the count curve's cursor, the colours of the map and
// the gallery of what is discarded, and stands beside the lowest scores. Every step is a look-up.
#pragma once

#include "ui/models/live/job_watch.h"
#include "ui/models/live/selection_source.h"
#include "ui/pages/page.h"

class QStackedWidget;

namespace discern::ui {

class ChosenPanel;
class EmptyState;
class FaceMap;
class IdentityGraphView;
class KeptCurve;
class RankingsPanel;
class TableSource;

// Its parts, in ui/pages/selection, follow the session by themselves.
class SelectionPage : public Page {
  Q_OBJECT

 public:
  SelectionPage(Session& session, JobRunner& runner, QWidget* parent = nullptr);

  QString title() const override { return QT_TR_NOOP("Selection"); }
  QString iconName() const override { return "selection"; }
  std::vector<Chart*> charts() override;
  bool showsSamples() const override { return true; }
  bool settled() const override;

 private:
  QWidget* buildControls();
  QWidget* buildContent();
  void connectJobs();
  void askSelect();
  void askMap();
  void showEmpty();  // what is missing
  void followMap();  // that is being made

  SelectionSource& source_;
  TableSource& table_;
  JobWatch jobs_;
  int followed_ = -1;  // the job whose map is shown
  QString emptyJob_;

  QStackedWidget* stack_ = nullptr;
  EmptyState* empty_ = nullptr;
  FaceMap* map_ = nullptr;
  ChosenPanel* chosen_ = nullptr;
  KeptCurve* curve_ = nullptr;
  RankingsPanel* rankings_ = nullptr;
  IdentityGraphView* graph_ = nullptr;
};

}  // namespace discern::ui
