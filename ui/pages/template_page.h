// Template: its images with the weight of each under every aggregation, how it matches, and what becomes of
// that when images are switched off.
#pragma once

#include <memory>
#include <vector>

#include "ui/models/live/latest_task.h"
#include "ui/models/live/template_source.h"
#include "ui/pages/page.h"
#include "ui/widgets/when_seen.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QTableWidget;
class QToolButton;

namespace discern::ui {

class EmptyState;
class ScoreStrip;
class TableSource;
class TemplateImages;
class VideoTimeline;

class TemplatePage : public Page {
  Q_OBJECT

 public:
  explicit TemplatePage(Session& session, QWidget* parent = nullptr);

  QString title() const override { return QT_TR_NOOP("Template"); }
  QString iconName() const override { return QStringLiteral("template"); }
  std::vector<Chart*> charts() override;
  bool showsSamples() const override { return true; }
  bool settled() const override;

  int shownTemplate() const { return tried_ ? tried_->index : -1; }  // -1: none
  std::vector<int> switchedOff() const;      // samples, ascending; a trial that is not stored
  std::vector<int> selectedSamples() const;  // of the table's chosen rows, ascending

 private:
  QWidget* makeBar();
  QWidget* makeImages();
  QWidget* makeMatch();
  void connectAll();
  void refresh();
  void updateEmptyState();
  void showNames();
  void ask();  // for the numbers of these switches
  void show(std::shared_ptr<const analysis::TriedTemplate> tried);
  void showTable();
  void fitImages();
  bool eventFilter(QObject* watched, QEvent* event) override;
  void stayAt(int sample, int row);
  void showMatch();
  void showVerdict();
  void showStrip();
  void showTimeline();
  void showProgress();
  void switchImage(int place, bool on);
  void step(int by);
  void chooseSample(int sample);

  TableSource& source_;
  TemplateSource& templates_;
  WhenSeen refresh_, table_, follow_;  // follow_: the threshold and what else moves the point
  QStackedWidget* stack_;
  EmptyState* empty_;
  QString emptyJob_;
  QToolButton *previous_, *next_;
  QComboBox *names_, *order_;
  QLabel *position_, *progress_;
  QTableView* images_;
  TemplateImages* model_;
  QSortFilterProxyModel* sorted_;
  QPushButton *reset_, *asPoint_, *leaveOut_;
  QLabel *verdict_, *note_, *narrow_;
  QTableWidget* match_;
  ScoreStrip* strip_;
  VideoTimeline* timeline_;
  QWidget* timelineCard_;
  std::shared_ptr<const LoadedTemplates> named_;  // whose names are listed
  std::vector<int> sequence_;                     // of templates, the worst first
  std::vector<bool> on_;                          // of the template that is asked for
  int asked_ = -1;
  bool fitting_ = false;
  std::shared_ptr<const TemplateAnswer> answer_;          // it is asked of
  std::shared_ptr<const analysis::TriedTemplate> tried_;  // that is shown; null: none
  LatestTask task_;
};

}  // namespace discern::ui
