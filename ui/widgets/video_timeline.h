// A video's scores over its time, and its frames: under the mouse, where it plays, step by step.
#pragma once

#include <QElapsedTimer>
#include <QImage>
#include <QTimer>
#include <QWidget>
#include <filesystem>

#include "core/imaging/video.h"
#include "ui/models/images/timeline.h"
#include "ui/models/live/latest_task.h"

class QComboBox;
class QHBoxLayout;
class QLabel;
class QSpinBox;
class QToolButton;

namespace discern::ui {

class ImageView;
class TimelineChart;

class VideoTimeline : public QWidget {
  Q_OBJECT

 public:
  // name: of the chart; it is hidden until there is a video.
  explicit VideoTimeline(const QString& name, QWidget* parent = nullptr);

  // What a person wants to see marked, kept between starts (combos.h); the timeline that is set says what
  // that is.
  Marking marking() const;

  // root: what a relative file is relative to; threshold: NaN where there is none; sample: at whose time it
  // stands.
  void setTimeline(Timeline timeline, double threshold, const std::filesystem::path& root, int sample);
  void clear();  // no video: it hides
  const Timeline& timeline() const { return timeline_; }
  TimelineChart& chart() { return *chart_; }

  double time() const { return time_; }        // where it stands, seconds
  double frameTime() const { return shown_; }  // of the frame that is seen; < 0: none yet
  QImage frame() const;                        // that is seen
  bool isPlaying() const { return timer_.isActive(); }
  bool busy() const { return frameTask_.busy() || probeTask_.busy(); }

 signals:
  void sampleChosen(int sample);
  void markingChanged();

 protected:
  void hideEvent(QHideEvent*) override;

 private:
  void makeButtons();
  void addMarking(QHBoxLayout& row);
  void goTo(double time);
  void chooseAt(int place);
  void stepFrame(int by);
  void play(bool on);
  void tick();
  void wantFrame(double time);
  void decode();
  void fillChart();
  void showPlace(double time);
  double end() const;

  Timeline timeline_;
  double threshold_ = 0;
  std::filesystem::path file_;  // absolute
  imaging::VideoInfo info_;     // seconds 0: not known yet
  double time_ = 0, wanted_ = -1, shown_ = -1;
  double playedFrom_ = 0;
  ImageView* frame_;
  TimelineChart* chart_;
  QLabel* place_;
  QToolButton *previous_, *back_, *play_, *on_, *next_;
  QComboBox* marks_;
  QSpinBox* count_;  // of the best
  QTimer timer_;
  QElapsedTimer clock_;
  LatestTask frameTask_, probeTask_;
};

}  // namespace discern::ui
