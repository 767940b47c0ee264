#include "ui/charts/timeline_chart.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/charts/colours.h"

namespace discern::ui {

TimelineChart::TimelineChart(const QString& name, QWidget* parent) : LineChart(name, parent) {
  setYAxis({{}, false, 0.0, 1.0});
}

void TimelineChart::setDots(const std::vector<TimelineDot>& dots, double end, double threshold) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  LineSeries kept, dropped;
  kept.name = QStringLiteral("kept");
  dropped.name = QStringLiteral("dropped");
  threshold_ = threshold;
  line_.clear();
  bool clips = false;
  for (const TimelineDot& dot : dots) {
    if (!std::isfinite(dot.score)) continue;
    LineSeries& one = dot.kept ? kept : dropped;
    one.points << QPointF(dot.time, dot.score);
    if (dot.seconds > 0) {  // as long as it is
      one.points << QPointF(dot.time + dot.seconds, dot.score) << QPointF(kNone, kNone);
      clips = true;
    }
    line_ << QPointF(dot.time, dot.score);
  }
  for (LineSeries* one : {&kept, &dropped}) {
    one->line = clips;
    one->markers = !clips;
  }
  if (clips) line_.clear();
  QVector<LineSeries> series;
  if (!kept.points.isEmpty()) series << kept;
  if (!dropped.points.isEmpty()) series << dropped;
  setXAxis({tr("Time, s"), false, 0.0, std::max(end, 1e-3)});
  setSeries(std::move(series));
}

// What joins the dots and where the threshold lies, both fainter than the dots.
void TimelineChart::paintPlot(QPainter& painter, const PlotFrame& frame) {
  LineChart::paintPlot(painter, frame);
  const ChartTheme theme = ChartTheme::of(palette());
  QColor faint = theme.text;
  faint.setAlpha(90);
  painter.setPen(QPen(faint, 1));
  QPolygonF line;
  for (const QPointF& p : line_) line << QPointF(frame.pixelX(p.x()), frame.pixelY(p.y()));
  painter.drawPolyline(line);
  if (!std::isfinite(threshold_)) return;
  painter.setPen(QPen(theme.text, 1, Qt::DashLine));
  const double y = frame.pixelY(threshold_);
  painter.drawLine(QPointF(frame.plot.left(), y), QPointF(frame.plot.right(), y));
}

// Where it is low, what is kept is told by colour and form alone.
std::vector<LegendEntry> TimelineChart::legend() const {
  constexpr int kLow = 150;
  return height() < kLow ? std::vector<LegendEntry>() : LineChart::legend();
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
