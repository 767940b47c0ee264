#include "ui/charts/plot_chart.h"

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

#include "ui/charts/colours.h"
#include "ui/charts/ticks.h"

namespace discern::ui {
namespace {

constexpr double kCovered = 1e6;          // as ink: the cursor's label on the legend
constexpr double kGap = 6, kSample = 26;  // pixels: between things, legend sample

std::vector<Tick> ticksOf(const AxisOptions& axis, double low, double high, int most) {
  return axis.log ? logTicks(low, high, most, axis.percent) : linearTicks(low, high, most, axis.percent);
}

// The range an axis shows, in axis units.
std::pair<double, double> shownRange(const AxisOptions& axis, double low, double high, bool empty) {
  if (axis.log) {
    if (empty) low = 1e-3, high = 1;
    const double from =
        axis.low && *axis.low > 0 ? std::log10(*axis.low) : std::floor(std::log10(low) + 1e-9);
    double to = axis.high && *axis.high > 0 ? std::log10(*axis.high) : std::ceil(std::log10(high) - 1e-9);
    if (!(to > from)) to = from + 1;
    return {from, to};
  }
  if (empty) low = 0, high = 1;
  const auto [roundLow, roundHigh] = niceRange(axis.low.value_or(low), axis.high.value_or(high));
  const double from = axis.low.value_or(roundLow);
  double to = axis.high.value_or(roundHigh);
  if (!(to > from)) to = from + 1;
  return {from, to};
}

}  // namespace

double PlotFrame::pixelX(double x) const {
  return plot.left() + ((xLog ? std::log10(x) : x) - xLow) / (xHigh - xLow) * plot.width();
}
double PlotFrame::pixelY(double y) const {
  return plot.bottom() - ((yLog ? std::log10(y) : y) - yLow) / (yHigh - yLow) * plot.height();
}
double PlotFrame::valueX(double pixel) const {
  const double x = xLow + (pixel - plot.left()) / plot.width() * (xHigh - xLow);
  return xLog ? std::pow(10.0, x) : x;
}
double PlotFrame::valueY(double pixel) const {
  const double y = yLow + (plot.bottom() - pixel) / plot.height() * (yHigh - yLow);
  return yLog ? std::pow(10.0, y) : y;
}
bool PlotFrame::valid(double x, double y) const {
  return std::isfinite(x) && std::isfinite(y) && (!xLog || x > 0) && (!yLog || y > 0);
}

void PlotChart::Range::add(double value, bool log) {
  if (!std::isfinite(value) || (log && value <= 0)) return;
  if (empty) {
    low = high = value;
    empty = false;
  }
  low = std::min(low, value);
  high = std::max(high, value);
}

PlotChart::PlotChart(const QString& name, QWidget* parent) : Chart(parent), name_(name) {
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setAccessibleName(captionOf(name_));
}

void PlotChart::setTitle(const QString& title) {
  title_ = title;
  setAccessibleName(title.isEmpty() ? captionOf(name_) : title);
  changed();
}
void PlotChart::setXAxis(const AxisOptions& axis) {
  x_ = axis;
  changed();
}
void PlotChart::setYAxis(const AxisOptions& axis) {
  y_ = axis;
  changed();
}
void PlotChart::setEmptyText(const QString& text) {
  emptyText_ = text;
  changed();
}
void PlotChart::setCursorLine(std::optional<double> x, const QString& label) {
  cursor_ = x;
  cursorLabel_ = label;
  update();
}
void PlotChart::setCursorDraggable(bool draggable) { draggable_ = draggable; }
void PlotChart::setUnsupported(std::optional<std::pair<double, double>> range, const QString& text) {
  unsupported_ = range;
  unsupportedText_ = text;
  changed();
}

PlotFrame PlotChart::layout(const QRectF& target) const {
  Range xs, ys;
  dataRange(xs, ys);
  PlotFrame frame;
  frame.xLog = x_.log;
  frame.yLog = y_.log;
  std::tie(frame.xLow, frame.xHigh) = shownRange(x_, xs.low, xs.high, xs.empty);
  std::tie(frame.yLow, frame.yHigh) = shownRange(y_, ys.low, ys.high, ys.empty);

  const QFontMetricsF small(chartFont(font(), 0.9));
  const double line = small.height();
  const double top =
      kChartMargin + (title_.isEmpty() ? 0 : QFontMetricsF(chartFont(font(), 1.0, true)).height() + kGap);
  const double bottom = kChartMargin + line + kGap + (x_.title.isEmpty() ? 0 : line + kGap / 2);
  const double height = std::max(20.0, target.height() - top - bottom);
  double widest = 0;
  for (const Tick& tick : ticksOf(y_, frame.yLow, frame.yHigh, std::max(2, static_cast<int>(height / 45))))
    widest = std::max(widest, small.horizontalAdvance(tick.label));
  const double left = kChartMargin + widest + kGap + (y_.title.isEmpty() ? 0 : line + kGap / 2);
  const double right = kChartMargin + 8;
  frame.plot =
      QRectF(target.left() + left, target.top() + top, std::max(20.0, target.width() - left - right), height);
  return frame;
}

void PlotChart::drawAxes(QPainter& painter, const PlotFrame& frame, const QRectF& target) const {
  const ChartTheme theme = ChartTheme::of(palette());
  const QFont small = chartFont(font(), 0.9);
  const QFontMetricsF metrics(small);
  const QRectF& plot = frame.plot;
  painter.setFont(small);
  const QPen grid(theme.grid, 1), numbers(theme.muted, 1);
  const auto xTicks = ticksOf(x_, frame.xLow, frame.xHigh, std::max(2, static_cast<int>(plot.width() / 75)));
  double lastRight = -std::numeric_limits<double>::infinity();
  for (const Tick& tick : xTicks) {
    const double x = plot.left() + (tick.position - frame.xLow) / (frame.xHigh - frame.xLow) * plot.width();
    painter.setPen(grid);
    if (!tick.label.isEmpty()) painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    painter.setPen(QPen(theme.frame, 1));
    painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + (tick.label.isEmpty() ? 2 : 4)));
    const double width = metrics.horizontalAdvance(tick.label);
    if (tick.label.isEmpty() || x - width / 2 < lastRight + 4) continue;
    lastRight = x + width / 2;
    painter.setPen(numbers);
    painter.drawText(QPointF(x - width / 2, plot.bottom() + kGap + metrics.ascent()), tick.label);
  }
  for (const Tick& tick :
       ticksOf(y_, frame.yLow, frame.yHigh, std::max(2, static_cast<int>(plot.height() / 45)))) {
    const double y =
        plot.bottom() - (tick.position - frame.yLow) / (frame.yHigh - frame.yLow) * plot.height();
    painter.setPen(grid);
    if (!tick.label.isEmpty()) painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    painter.setPen(numbers);
    painter.drawText(QPointF(plot.left() - kGap - metrics.horizontalAdvance(tick.label),
                             y + metrics.ascent() / 2 - metrics.descent() / 2),
                     tick.label);
  }
  painter.setPen(QPen(theme.frame, 1));
  painter.drawLine(plot.bottomLeft(), plot.bottomRight());
  painter.drawLine(plot.topLeft(), plot.bottomLeft());

  painter.setPen(theme.text);
  const QString xTitle = metrics.elidedText(x_.title, Qt::ElideRight, plot.width());
  painter.drawText(QPointF(plot.center().x() - metrics.horizontalAdvance(xTitle) / 2,
                           target.bottom() - kChartMargin + kGap / 2 - metrics.descent()),
                   xTitle);
  if (!y_.title.isEmpty()) {
    painter.save();
    const QString yTitle = metrics.elidedText(y_.title, Qt::ElideRight, plot.height());
    painter.translate(target.left() + kChartMargin / 2 + metrics.ascent(), plot.center().y());
    painter.rotate(-90);
    painter.drawText(QPointF(-metrics.horizontalAdvance(yTitle) / 2, 0), yTitle);
    painter.restore();
  }
  if (!title_.isEmpty()) {
    const QFont bold = chartFont(font(), 1.0, true);
    const QFontMetricsF boldMetrics(bold);
    painter.setFont(bold);
    painter.drawText(
        QPointF(target.left() + kChartMargin + 4, target.top() + kChartMargin + boldMetrics.ascent()),
        boldMetrics.elidedText(title_, Qt::ElideRight, target.width() - 2 * kChartMargin));
  }
}

int PlotChart::inkIn(const PlotFrame& frame, const QRectF& box) const {
  int ink = 0;
  for (const QPointF& point : inkSample())
    if (frame.valid(point.x(), point.y()))
      ink += box.contains(QPointF(frame.pixelX(point.x()), frame.pixelY(point.y())));
  return ink;
}

QRectF PlotChart::drawLegend(QPainter& painter, const PlotFrame& frame) const {
  const std::vector<LegendEntry> entries = legend();
  if (entries.empty()) return {};
  const ChartTheme theme = ChartTheme::of(palette());
  const QFont small = chartFont(font(), 0.88);
  const QFontMetricsF metrics(small);
  const double row = metrics.height() + 2;
  const QRectF& plot = frame.plot;
  double widest = 0;
  for (const LegendEntry& entry : entries) widest = std::max(widest, metrics.horizontalAdvance(entry.name));
  const double textWidth = std::min(widest, std::max(40.0, plot.width() * 0.55 - kSample));
  const QSizeF size(textWidth + kSample + 3 * kGap, row * static_cast<double>(entries.size()) + 2 * kGap);
  const double inset = 8;
  const std::array<QPointF, 4> corners = {
      QPointF(plot.right() - inset - size.width(), plot.top() + inset),
      QPointF(plot.left() + inset, plot.top() + inset),
      QPointF(plot.right() - inset - size.width(), plot.bottom() - inset - size.height()),
      QPointF(plot.left() + inset, plot.bottom() - inset - size.height())};
  std::array<int, 4> ink{};
  for (std::size_t i = 0; i < corners.size(); ++i)
    ink[i] = inkIn(frame, QRectF(corners[i], size).adjusted(-4, -6, 4, 6));
  const auto best = static_cast<std::size_t>(std::min_element(ink.begin(), ink.end()) - ink.begin());
  const QRectF box(corners[best], size);
  QColor ground = theme.background;
  ground.setAlpha(225);
  painter.setPen(QPen(theme.grid, 1));
  painter.setBrush(ground);
  painter.drawRoundedRect(box, 4, 4);
  painter.setFont(small);
  double y = box.top() + kGap;
  for (const LegendEntry& entry : entries) {
    const QPointF from(box.left() + kGap, y + row / 2), to(from.x() + kSample, from.y());
    const QColor colour = styleColour(entry.style, theme.dark);
    if (entry.fill) {
      QColor faint = colour;
      faint.setAlpha(110);
      painter.setPen(QPen(colour, 1));
      painter.setBrush(faint);
      painter.drawRect(QRectF(from.x() + 4, from.y() - 5, kSample - 8, 10));
    }
    if (entry.line) {
      painter.setPen(stylePen(entry.style, theme.dark));
      painter.drawLine(from, to);
    }
    if (entry.marker) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(colour);
      painter.drawPath(styleMarker(entry.style, (from + to) / 2, 4));
    }
    painter.setPen(theme.text);
    painter.setBrush(Qt::NoBrush);
    painter.drawText(QPointF(to.x() + kGap, y + row / 2 + metrics.ascent() / 2 - metrics.descent() / 2),
                     metrics.elidedText(entry.name, Qt::ElideMiddle, textWidth + 1));
    y += row;
  }
  return box;
}

void PlotChart::drawUnsupported(QPainter& painter, const PlotFrame& frame) const {
  if (!unsupported_) return;
  const ChartTheme theme = ChartTheme::of(palette());
  const auto clampX = [&](double x) {
    if (frame.xLog && x <= 0) return frame.plot.left();
    return std::clamp(frame.pixelX(x), frame.plot.left(), frame.plot.right());
  };
  const double from = clampX(unsupported_->first), to = clampX(unsupported_->second);
  if (to <= from) return;
  const QRectF area(from, frame.plot.top(), to - from, frame.plot.height());
  QColor veil = theme.dark ? QColor(70, 70, 70, 120) : QColor(120, 120, 120, 45);
  painter.fillRect(area, veil);
  veil.setAlpha(theme.dark ? 200 : 90);
  painter.fillRect(area, QBrush(veil, Qt::BDiagPattern));
  if (unsupportedText_.isEmpty()) return;
  painter.save();
  const QFont small = chartFont(font(), 0.85);
  const QFontMetricsF metrics(small);
  painter.setFont(small);
  painter.setPen(theme.muted);
  if (metrics.horizontalAdvance(unsupportedText_) + 12 <= area.width()) {
    painter.drawText(area.adjusted(6, 6, -6, -6), Qt::AlignHCenter | Qt::AlignTop, unsupportedText_);
  } else if (area.width() >= metrics.height()) {
    painter.translate(area.center());
    painter.rotate(-90);
    painter.drawText(QRectF(-area.height() / 2, -area.width() / 2, area.height(), area.width()),
                     Qt::AlignCenter, metrics.elidedText(unsupportedText_, Qt::ElideRight, area.height()));
  }
  painter.restore();
}

void PlotChart::drawCursor(QPainter& painter, const PlotFrame& frame, const QRectF& legend) const {
  if (!cursor_ || !std::isfinite(*cursor_) || (frame.xLog && *cursor_ <= 0)) return;
  const double x = frame.pixelX(*cursor_);
  if (x < frame.plot.left() - 1 || x > frame.plot.right() + 1) return;
  const ChartTheme theme = ChartTheme::of(palette());
  const QColor colour = theme.dark ? QColor(0xff, 0xb0, 0x3a) : QColor(0xb3, 0x47, 0x00);
  painter.setPen(QPen(colour, 1.6));
  painter.drawLine(QPointF(x, frame.plot.top()), QPointF(x, frame.plot.bottom()));
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  if (draggable_)  // a handle says that it can be moved
    painter.drawPolygon(QPolygonF({QPointF(x - 6, frame.plot.top() - 8), QPointF(x + 6, frame.plot.top() - 8),
                                   QPointF(x, frame.plot.top())}));
  if (cursorLabel_.isEmpty()) return;
  const QFont small = chartFont(font(), 0.88, true);
  const QFontMetricsF metrics(small);
  const QSizeF size(metrics.horizontalAdvance(cursorLabel_) + 12, metrics.height() + 4);
  // Above or below, right or left: wherever it hides least.
  QRectF box;
  double least = std::numeric_limits<double>::infinity();
  for (double y : {frame.plot.top() + 3, frame.plot.bottom() - size.height() - 3})
    for (double left : {x + 5, x - 5 - size.width()}) {
      const QRectF place(QPointF(left, y), size);
      const bool inside = place.left() >= frame.plot.left() && place.right() <= frame.plot.right();
      const double cost =
          inkIn(frame, place) + (place.intersects(legend) ? kCovered : 0) + (inside ? 0 : 2 * kCovered);
      if (cost >= least) continue;
      least = cost;
      box = place;
    }
  if (box.left() < frame.plot.left()) box.moveLeft(frame.plot.left());
  painter.drawRoundedRect(box, 3, 3);
  painter.setFont(small);
  painter.setPen(textOn(colour));
  painter.drawText(box, Qt::AlignCenter, cursorLabel_);
}

bool PlotChart::isEmpty() const { return !hasData() && !emptyText_.isEmpty(); }

void PlotChart::drawStill(QPainter& painter, const QRectF& target, const PlotFrame& frame) {
  const ChartTheme theme = ChartTheme::of(palette());
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(target, theme.background);
  if (isEmpty()) {
    painter.setFont(chartFont(font()));
    painter.setPen(theme.muted);
    painter.drawText(target.adjusted(24, 12, -24, -12), Qt::AlignCenter | Qt::TextWordWrap, emptyText_);
    return;
  }
  drawAxes(painter, frame, target);
  painter.save();
  painter.setClipRect(frame.plot.adjusted(-1, -1, 1, 1));
  drawUnsupported(painter, frame);
  drawData(painter, frame);
  painter.restore();
}

void PlotChart::drawMoving(QPainter& painter, const PlotFrame& frame) const {
  if (isEmpty()) return;
  painter.setRenderHint(QPainter::Antialiasing);
  drawCursor(painter, frame, drawLegend(painter, frame));
}

void PlotChart::draw(QPainter& painter, const QRectF& target) {
  const PlotFrame frame = layout(target);
  painter.save();
  drawStill(painter, target, frame);
  drawMoving(painter, frame);
  painter.restore();
}

void PlotChart::paintEvent(QPaintEvent*) {
  const QSize wanted = (QSizeF(size()) * devicePixelRatioF()).toSize();
  if (still_.size() != wanted) {
    still_ = QPixmap(wanted);
    still_.setDevicePixelRatio(devicePixelRatioF());
    frame_ = layout(rect());
    QPainter painter(&still_);
    drawStill(painter, rect(), frame_);
  }
  QPainter painter(this);
  painter.drawPixmap(0, 0, still_);
  drawMoving(painter, frame_);
  if (hasData()) drawHover(painter, frame_);
}

void PlotChart::changed() {
  still_ = {};
  update();
}

void PlotChart::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) changed();
  Chart::changeEvent(event);
}

bool PlotChart::nearCursor(const QPointF& pixel) const {
  return cursor_ && draggable_ && frame_.plot.adjusted(-6, -10, 6, 4).contains(pixel) &&
         std::abs(frame_.pixelX(*cursor_) - pixel.x()) <= 6;
}

void PlotChart::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && nearCursor(event->position())) {
    dragging_ = true;
    event->accept();
    return;
  }
  event->ignore();
}

void PlotChart::mouseMoveEvent(QMouseEvent* event) {
  const QPointF pixel = event->position();
  if (dragging_) {
    cursor_ = frame_.valueX(std::clamp(pixel.x(), frame_.plot.left(), frame_.plot.right()));
    update();
    emit cursorMoved(*cursor_);
    return;
  }
  if (nearCursor(pixel))
    setCursor(Qt::SizeHorCursor);
  else
    unsetCursor();
  if (frame_.plot.adjusted(-8, -8, 8, 8).contains(pixel))
    hoverAt(pixel);
  else
    hoverEnd();
}

void PlotChart::mouseReleaseEvent(QMouseEvent* event) {
  if (!dragging_) return;
  dragging_ = false;
  emit cursorReleased(*cursor_);
}

void PlotChart::leaveEvent(QEvent*) { hoverEnd(); }

}  // namespace discern::ui
