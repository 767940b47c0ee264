#include "ui/charts/timeline_chart.h"

#include <QMouseEvent>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/charts/colours.h"

namespace discern::ui {

TimelineChart::TimelineChart(const QString& name, QWidget* parent) : LineChart(name, parent) {
  setYAxis({tr("Score"), false, 0.0, 1.0});
}

void TimelineChart::setDots(const std::vector<TimelineDot>& dots, double end, double threshold) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  LineSeries line, kept, dropped;
  line.style = kOtherStyle;
  kept.name = QStringLiteral("kept");
  dropped.name = QStringLiteral("dropped");
  bool clips = false;
  for (const TimelineDot& dot : dots) {
    if (!std::isfinite(dot.score)) continue;
    LineSeries& one = dot.kept ? kept : dropped;
    one.points << QPointF(dot.time, dot.score);
    if (dot.seconds > 0) {  // as long as it is
      one.points << QPointF(dot.time + dot.seconds, dot.score) << QPointF(kNone, kNone);
      clips = true;
    }
    line.points << QPointF(dot.time, dot.score);
  }
  for (LineSeries* one : {&kept, &dropped}) {
    one->line = clips;
    one->markers = !clips;
  }
  QVector<LineSeries> series;
  if (!clips) series << line;
  if (!kept.points.isEmpty()) series << kept;
  if (!dropped.points.isEmpty()) series << dropped;
  if (std::isfinite(threshold) && !series.isEmpty()) {
    LineSeries at;
    at.name = QStringLiteral("threshold");
    at.points << QPointF(0, threshold) << QPointF(end, threshold);
    series << at;
  }
  setXAxis({tr("Time, s"), false, 0.0, std::max(end, 1e-3)});
  setSeries(std::move(series));
}

void TimelineChart::hoverAt(const QPointF& pixel) {
  LineChart::hoverAt(pixel);
  const PlotFrame shown = frame();
  pointed_ = true;
  emit pointedAt(shown.valueX(std::clamp(pixel.x(), shown.plot.left(), shown.plot.right())));
}

void TimelineChart::hoverEnd() {
  LineChart::hoverEnd();
  if (std::exchange(pointed_, false)) emit pointedAway();
}

void TimelineChart::mousePressEvent(QMouseEvent* event) {
  pressed_.reset();
  if (event->button() == Qt::LeftButton && frame().plot.contains(event->position()))
    pressed_ = event->position();
  LineChart::mousePressEvent(event);
}

void TimelineChart::mouseReleaseEvent(QMouseEvent* event) {
  LineChart::mouseReleaseEvent(event);
  constexpr double kClick = 4;  // pixels that a hand may tremble
  const auto pressed = std::exchange(pressed_, std::nullopt);
  if (pressed && (event->position() - *pressed).manhattanLength() <= kClick)
    emit clicked(frame().valueX(pressed->x()));
}

}  // namespace discern::ui
