// What is painted of a chart with axes: the picture that stands, and over it what moves.
#include <QFontMetricsF>
#include <QPaintEngine>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/charts/colours.h"
#include "ui/charts/plot_chart.h"

namespace discern::ui {

void PlotChart::drawUnder(QPainter& painter) const {
  const ChartTheme theme = ChartTheme::of(palette());
  const QRectF& plot = built_.plot;
  painter.setPen(QPen(theme.frame, 1));
  painter.drawLine(plot.topLeft(), plot.bottomLeft());
  for (const double part : xMinor_) {
    const double x = plot.left() + part * plot.width();
    painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 2));
  }
  for (const double part : yMinor_) {
    const double y = plot.bottom() - part * plot.height();
    painter.drawLine(QPointF(plot.left() - 2, y), QPointF(plot.left(), y));
  }
  drawUnsupported(painter, built_);
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
}

QRectF PlotChart::cursorTab(const PlotFrame& frame) const {
  if (!cursor_ || cursorLabel_.isEmpty()) return {};
  const QFontMetricsF metrics(chartFont(font(), 0.88, true));
  const QSizeF size(metrics.horizontalAdvance(cursorLabel_) + 12, metrics.height() + 1);
  const double bottom = frame.plot.top() - (draggable_ ? kHandle - 1 : 1);
  QRectF tab(QPointF(frame.pixelX(*cursor_) - size.width() / 2, bottom - size.height()), size);
  tab.moveLeft(std::min(tab.left(), frame.plot.right() + 12 - size.width()));
  tab.moveLeft(std::max(tab.left(), 2.0));
  return tab;
}

void PlotChart::drawCursor(QPainter& painter, const PlotFrame& frame) const {
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
    painter.drawPolygon(
        QPolygonF({QPointF(x - 6, frame.plot.top() - kHandle), QPointF(x + 6, frame.plot.top() - kHandle),
                   QPointF(x, frame.plot.top())}));
  const QRectF tab = cursorTab(frame);
  if (tab.isNull()) return;
  painter.drawRoundedRect(tab, 3, 3);
  painter.setFont(chartFont(font(), 0.88, true));
  painter.setPen(textOn(colour));
  painter.drawText(tab, Qt::AlignCenter, cursorLabel_);
}

bool PlotChart::drawGround(QPainter& painter, const QRectF& target) const {
  const ChartTheme theme = ChartTheme::of(palette());
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(target, theme.background);
  if (hasData() || emptyText_.isEmpty()) return true;
  painter.setFont(chartFont(font()));
  painter.setPen(theme.muted);
  painter.drawText(target.adjusted(24, 12, -24, -12), Qt::AlignCenter | Qt::TextWordWrap, emptyText_);
  return false;
}

void PlotChart::drawStill(QPainter& painter, const QRectF& target) {
  build(target.size(), painter.paintEngine()->type() != QPaintEngine::Raster);
  scene_.render(&painter, target, QRectF(QPointF(), target.size()), Qt::IgnoreAspectRatio);
}

void PlotChart::draw(QPainter& painter, const QRectF& target) {
  painter.save();
  if (drawGround(painter, target)) {
    drawStill(painter, target);
    painter.translate(target.topLeft());
    drawCursor(painter, built_);
  }
  painter.restore();
}

void PlotChart::paintEvent(QPaintEvent*) {
  const QSize wanted = (QSizeF(size()) * devicePixelRatioF()).toSize();
  if (still_.size() != wanted) {
    still_ = QPixmap(wanted);
    still_.setDevicePixelRatio(devicePixelRatioF());
    QPainter painter(&still_);
    const QRectF rest = drawContext(painter, rect());
    if (drawGround(painter, rest)) {
      drawStill(painter, rest);
      frame_ = built_;
      keys_ = builtKeys_;
      if (aligned_ && screenLeft_ != ownLeft_) {
        screenLeft_ = ownLeft_;
        for (const auto& other : *aligned_)
          if (other && other != this) other->viewChanged();
      }
    }
  }
  QPainter painter(this);
  painter.drawPixmap(0, 0, still_);
  painter.setRenderHint(QPainter::Antialiasing);
  if (hasData() || emptyText_.isEmpty()) drawCursor(painter, frame_);
  if (hasData()) drawHover(painter, frame_);
  drawHand(painter);
}

}  // namespace discern::ui
