#include "ui/widgets/video_timeline.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QShortcut>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "ui/charts/timeline_chart.h"
#include "ui/models/images/images.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/numbers.h"

namespace discern::ui {
namespace {

constexpr int kTick = 40;                       // milliseconds between two frames that are played
constexpr int kLargest = 480;                   // pixels of a frame's longer side
constexpr int kFrameWidth = 168, kLeast = 132;  // of the widget's parts, in pixels

QImage frameAt(const std::filesystem::path& file, double time) {
  cv::Mat frame = imaging::framesAt(file, {&time, 1}).front();
  const double scale = static_cast<double>(kLargest) / std::max(frame.cols, frame.rows);
  if (scale < 1) cv::resize(frame, frame, {}, scale, scale, cv::INTER_AREA);
  return toImage(frame);
}

}  // namespace

VideoTimeline::VideoTimeline(const QString& name, QWidget* parent)
    : QWidget(parent),
      frame_(new ImageView(this)),
      chart_(new TimelineChart(name, this)),
      place_(new QLabel(this)) {
  frame_->setObjectName(QStringLiteral("videoFrame"));
  frame_->setAccessibleName(tr("The frame of the video at that time"));
  frame_->setFixedWidth(kFrameWidth);
  frame_->setMinimumHeight(76);
  place_->setObjectName(QStringLiteral("videoPlace"));
  place_->setFixedWidth(kFrameWidth);
  makeButtons();
  auto* bar = new QHBoxLayout;
  bar->setSpacing(4);
  for (QToolButton* button : {previous_, back_, play_, on_, next_}) bar->addWidget(button);
  bar->addStretch(1);
  auto* marking = new QHBoxLayout;  // under the frame: beside the buttons it has no room in a small window
  marking->setSpacing(4);
  addMarking(*marking);
  auto* left = new QVBoxLayout;
  left->setSpacing(2);
  left->addWidget(frame_, 1);
  left->addWidget(place_);
  left->addLayout(marking);
  auto* right = new QVBoxLayout;
  right->setSpacing(2);
  right->addLayout(bar);
  right->addWidget(chart_, 1);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(8, 6, 8, 6);
  layout->setSpacing(8);
  layout->addLayout(left);
  layout->addLayout(right, 1);
  chart_->setMinimumHeight(84);
  setMinimumHeight(kLeast);
  hide();

  connect(chart_, &TimelineChart::pointedAt, this, [this](double time) {
    if (isPlaying()) return;
    wantFrame(std::clamp(time, 0.0, end()));
    showPlace(time);
  });
  connect(chart_, &TimelineChart::pointedAway, this, [this] {
    wantFrame(time_);
    showPlace(time_);
  });
  connect(chart_, &TimelineChart::clicked, this, [this](double time) { chooseAt(timeline_.nearest(time)); });
  connect(chart_, &PlotChart::cursorMoved, this, [this](double time) {
    play(false);
    goTo(time);
  });
  connect(&timer_, &QTimer::timeout, this, &VideoTimeline::tick);
  timer_.setInterval(kTick);
}

void VideoTimeline::makeButtons() {
  const auto button = [this](const char* name, const char* picture, const QString& text,
                             const QKeySequence& key, auto action) {
    auto* made = new QToolButton(this);
    made->setObjectName(QString::fromLatin1(name));
    made->setIcon(icon(QString::fromLatin1(picture)));
    made->setAccessibleName(text);
    made->setToolTip(text + QStringLiteral(" (%1)").arg(key.toString(QKeySequence::NativeText)));
    connect(made, &QToolButton::clicked, this, action);
    auto* keys = new QShortcut(key, this);
    keys->setContext(Qt::WindowShortcut);
    connect(keys, &QShortcut::activated, made, &QToolButton::click);
    return made;
  };
  previous_ = button("previousInVideo", "previous", tr("The {sample} before in the video"), QKeySequence("["),
                     [this] { chooseAt(timeline_.after(time_, -1)); });
  back_ =
      button("frameBack", "step-back", tr("One frame back"), QKeySequence(","), [this] { stepFrame(-1); });
  play_ = button("playVideo", "run", tr("Play"), QKeySequence("P"), [this] { play(!isPlaying()); });
  on_ = button("frameOn", "step-on", tr("One frame on"), QKeySequence("."), [this] { stepFrame(1); });
  next_ = button("nextInVideo", "next", tr("The next {sample} in the video"), QKeySequence("]"),
                 [this] { chooseAt(timeline_.after(time_, 1)); });
}

void VideoTimeline::addMarking(QHBoxLayout& row) {
  constexpr int kMostMarked = 999;
  marks_ =
      makeCombo(QStringLiteral("timelineMarks"),
                tr("Which {samples} are marked: what the operating point's threshold keeps, or those with "
                   "the best scores"),
                {tr("Threshold"), tr("Top K")});
  marks_->setAccessibleName(tr("Marked {samples}"));
  letShrink(marks_);
  keepChoice(marks_);
  count_ = new QSpinBox(this);
  count_->setObjectName(QStringLiteral("timelineBest"));
  count_->setAccessibleName(tr("How many {samples} are marked"));
  count_->setToolTip(tr("How many {samples} are marked"));
  count_->setRange(1, kMostMarked);
  count_->setValue(Marking().k);
  count_->hide();
  keepChoice(count_);
  row.addWidget(marks_, 1);
  row.addWidget(count_);
  connect(marks_, &QComboBox::currentIndexChanged, this, [this] {
    count_->setVisible(marking().best);
    emit markingChanged();
  });
  connect(count_, &QSpinBox::valueChanged, this, &VideoTimeline::markingChanged);
}

Marking VideoTimeline::marking() const { return {marks_->currentIndex() == 1, count_->value()}; }

void VideoTimeline::setTimeline(Timeline timeline, double threshold, const std::filesystem::path& root,
                                int sample) {
  if (timeline.points.empty()) return clear();
  const std::filesystem::path named(timeline.file);
  const std::filesystem::path file = named.is_absolute() ? named : root / named;
  timeline_ = std::move(timeline);
  threshold_ = threshold;
  const int at = timeline_.placeOf(sample);
  if (file != file_) {
    play(false);
    file_ = file;
    frameTask_.cancel();  // its frame is the other video's
    info_ = {};
    shown_ = -1;
    frame_->setImage({});
    frame_->setText({});
    time_ = at >= 0 ? timeline_.points[static_cast<std::size_t>(at)].time : 0;
    probeTask_.run([file](const LatestTask::Stopped&) { return imaging::probeVideo(file); },
                   [this](const imaging::VideoInfo& info) {
                     info_ = info;
                     fillChart();
                     showPlace(time_);
                   });
  } else if (at >= 0 && !isPlaying()) {
    time_ = timeline_.points[static_cast<std::size_t>(at)].time;
  }
  show();
  fillChart();
  goTo(time_);
}

void VideoTimeline::clear() {
  play(false);
  timeline_ = {};
  file_.clear();
  frameTask_.cancel();
  probeTask_.cancel();
  wanted_ = shown_ = -1;
  chart_->setDots({}, 0, std::nan(""));
  hide();
}

QImage VideoTimeline::frame() const { return frame_->image(); }

// Before the file was looked at, that of the last sample.
double VideoTimeline::end() const {
  double end = info_.seconds;
  for (const TimelinePoint& point : timeline_.points) end = std::max(end, point.time + point.seconds);
  return end;
}

void VideoTimeline::fillChart() {
  std::vector<TimelineDot> dots;
  for (const TimelinePoint& point : timeline_.points)
    dots.push_back({point.time, point.seconds, point.score, point.kept});
  chart_->setEmptyText(tr("No scores yet"));
  chart_->setDots(dots, end(), marking().best ? std::nan("") : threshold_);
}

void VideoTimeline::goTo(double time) {
  time_ = std::clamp(time, 0.0, end());
  chart_->setCursorLine(time_);
  wantFrame(time_);
  showPlace(time_);
}

void VideoTimeline::chooseAt(int place) {
  if (place < 0) return;
  play(false);
  const TimelinePoint point = timeline_.points[static_cast<std::size_t>(place)];
  goTo(point.time);
  emit sampleChosen(point.sample);
}

void VideoTimeline::stepFrame(int by) {
  play(false);
  const double rate = info_.rate > 0 ? info_.rate : 25;
  // From the middle of a frame, so that times that are not whole multiples step as well.
  const double frame = std::floor(time_ * rate + 0.01);
  goTo(std::min((frame + by) / rate, std::max(0.0, end() - 0.5 / rate)));
}

void VideoTimeline::play(bool on) {
  if (on == isPlaying()) return;
  if (on) {
    playedFrom_ = time_ >= end() - 2.0 * kTick / 1000 ? 0 : time_;
    clock_.start();
    timer_.start();
  } else {
    timer_.stop();
  }
  play_->setIcon(icon(on ? QStringLiteral("pause") : QStringLiteral("run")));
  play_->setAccessibleName(on ? tr("Pause") : tr("Play"));
}

void VideoTimeline::tick() {
  const double time = playedFrom_ + static_cast<double>(clock_.elapsed()) / 1000;
  goTo(time);
  if (time >= end()) play(false);
}

void VideoTimeline::wantFrame(double time) {
  wanted_ = time;
  if (!frameTask_.busy()) decode();
}

// One at a time, and then what is wanted by then: a hand that moves is not followed through every place.
void VideoTimeline::decode() {
  if (wanted_ == shown_ || file_.empty()) return;
  const auto done = [this, time = wanted_](const QImage& image, const QString& problem) {
    shown_ = time;
    frame_->setText(problem);
    frame_->setImage(image);
    decode();
  };
  frameTask_.run([file = file_, time = wanted_](const LatestTask::Stopped&) { return frameAt(file, time); },
                 [done](const QImage& image) { done(image, {}); },
                 [done](const std::string& problem) { done({}, QString::fromStdString(problem)); });
}

void VideoTimeline::showPlace(double time) {
  const int at = timeline_.nearest(time);
  QString text = tr("%1 of %2").arg(timeText(time), timeText(end()));
  if (at >= 0) {
    const TimelinePoint& point = timeline_.points[static_cast<std::size_t>(at)];
    text += QLatin1Char('\n');
    constexpr double kSame = 0.005;
    if (std::abs(point.time - time) > kSame) text += timeText(point.time) + QStringLiteral(": ");
    text += !std::isfinite(point.score) ? tr("no score")
            : point.kept                ? tr("%1, kept").arg(numberText(point.score))
                                        : tr("%1, dropped").arg(numberText(point.score));
  }
  place_->setText(text);
}

void VideoTimeline::hideEvent(QHideEvent*) { play(false); }

}  // namespace discern::ui
