// Inspector: one image, everything known about it, and what would change without it.
#pragma once

#include <memory>
#include <vector>

#include "ui/models/images/inspection.h"
#include "ui/models/images/uses.h"
#include "ui/models/live/latest_task.h"
#include "ui/pages/page.h"
#include "ui/widgets/when_seen.h"

class QBoxLayout;
class QFrame;
class QGridLayout;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableWidget;
class QToolButton;
class QVBoxLayout;

namespace discern::ui {

class EmptyState;
class ExplainPanel;
class HistogramChart;
class ImageStrip;
class ImageView;
class JobRunner;
class TableSource;
class VideoTimeline;

class InspectorPage : public Page {
  Q_OBJECT

 public:
  // runner: whose jobs are shown while they run; null: nobody's.
  explicit InspectorPage(Session& session, QWidget* parent = nullptr, JobRunner* runner = nullptr);

  QString title() const override { return QT_TR_NOOP("Inspector"); }
  QString iconName() const override { return QStringLiteral("inspector"); }
  std::vector<Chart*> charts() override;
  bool showsSamples() const override { return true; }
  bool settled() const override;

  int sample() const { return sample_; }  // the one that is shown; -1: none

 private:
  // inspector_panels.cpp: the pieces of the page
  QWidget* makeBar();
  QWidget* makePictures();
  QWidget* makeAlignBar(QWidget* parent);  // below the picture: corrects its landmarks
  QWidget* makeFacts(JobRunner* runner);
  QFrame* makeCard(const QString& heading, QVBoxLayout*& layout);
  QLabel* addFact(QGridLayout* grid, const QString& name, const QString& tooltip);

  void follow();  // the session's current sample
  void refresh();
  void updateEmptyState();
  void showFacts();
  QString fateText(double score);  // of the sample, at the threshold
  void showComparators();
  void showPictures(const Pictures& pictures);
  void showAlignBar();
  void showTimeline();
  void placeFace();  // five points where a face may be
  void saveFace();
  void showInspection(const Inspection& inspection);
  void showWhatIf(const Inspection& inspection);
  std::vector<int> sequence() const;         // what previous and next go through
  const std::vector<analysis::Use>& uses();  // right of sample_ and of what is in its video
  void step(int by);
  void stepIdentity(int by);
  InspectionRequest request() const;

  TableSource& source_;
  WhenSeen refresh_, follow_;  // follow_: the threshold
  int sample_ = -1;
  std::vector<analysis::Use> uses_;
  std::shared_ptr<const SampleTable> usesTable_;  // whose uses_ are
  std::shared_ptr<const data::Protocol> usesProtocol_;
  int usesSample_ = -1;
  QStackedWidget* stack_;
  EmptyState* empty_;
  QString emptyJob_;
  QToolButton *previous_, *next_;
  QLabel *heading_, *position_;
  ImageView *stored_, *face_;
  QLabel* alignHint_;
  QPushButton *placeFace_, *saveFace_, *resetFace_;
  Pictures pictures_;       // that are shown
  bool faceMoved_ = false;  // points that are not saved
  VideoTimeline* timeline_;
  QWidget* timelineCard_;
  QBoxLayout* strips_;  // of these, beside each other where a timeline takes the room
  ImageStrip *rivals_, *own_;
  QLabel *score_, *sentence_, *decided_;
  QToolButton* decide_;
  QLabel *percentile_, *ratio_, *ownCosine_, *rivalCosine_, *rivalName_, *file_, *about_;
  HistogramChart* histogram_;
  QTableWidget *comparators_, *whatIf_;
  QLabel *whatIfVerdict_, *whatIfNote_;
  ExplainPanel* explain_ = nullptr;
  LatestTask pictureTask_, inspectTask_;
};

}  // namespace discern::ui
