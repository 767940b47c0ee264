// What mouse, wheel and keys do to a chart with axes.
#include <QAbstractScrollArea>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/charts/colours.h"
#include "ui/charts/plot_chart.h"

namespace discern::ui {
namespace {

constexpr double kNearest = 1e-6;  // part of the whole that can be seen at least
constexpr double kStep = 1.25;     // zoom of a key
constexpr double kLeastBand = 5;   // pixels: less was a click

// One name, one series: what is hidden in one chart is hidden in all on its page, which says that it is one
// by this property.
QList<PlotChart*> chartsOfPage(PlotChart* chart) {
  for (QWidget* parent = chart->parentWidget(); parent != nullptr; parent = parent->parentWidget())
    if (parent->property("oneLegend").toBool()) return parent->findChildren<PlotChart*>();
  return {chart};
}

}  // namespace

QString PlotChart::nameAt(const QPointF& pixel) const {
  const QRectF& plot = frame_.plot;
  if (y_.names.empty() || pixel.x() > plot.left() || pixel.y() < plot.top() || pixel.y() > plot.bottom())
    return {};
  const double value = frame_.valueY(pixel.y());
  return std::ranges::min_element(y_.names, {},
                                  [value](const auto& one) { return std::abs(one.first - value); })
      ->second;
}

bool PlotChart::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return Chart::event(event);
  auto* help = static_cast<QHelpEvent*>(event);
  const QString name = nameAt(help->pos());
  if (name.isEmpty()) return Chart::event(event);
  QToolTip::showText(help->globalPos(), name, this);
  return true;
}

void PlotChart::resetZoom() { setView(whole()); }

// Cut and moved so that it lies in what the data fill.
void PlotChart::setView(QRectF units) {
  const QRectF all = whole();
  const auto fit = [](double& from, double& size, double low, double span) {
    size = std::clamp(size, span * kNearest, span);
    from = std::clamp(from, low, low + span - size);
  };
  double x = units.x(), y = units.y(), width = units.width(), height = units.height();
  fit(x, width, all.x(), all.width());
  fit(y, height, all.y(), all.height());
  const bool everything = width >= all.width() * (1 - 1e-9) && height >= all.height() * (1 - 1e-9);
  const std::optional<QRectF> view = everything ? std::nullopt : std::optional(QRectF(x, y, width, height));
  if (view == zoom_) return;
  zoom_ = view;
  viewChanged();
  if (!aligned_) return;
  for (const auto& other : *aligned_)  // which follow along the axis that they share
    if (other && other != this) {
      const QRectF theirs = other->wanted().view();
      if (theirs.x() != x || theirs.width() != width) other->setView({x, theirs.y(), width, theirs.height()});
    }
}

PlotFrame PlotChart::wanted() {
  PlotFrame now = frame_;
  const QRectF view = zoom_.value_or(whole());
  now.xLow = view.left(), now.xHigh = view.right(), now.yLow = view.top(), now.yHigh = view.bottom();
  return now;
}

void PlotChart::zoomTo(const QRectF& pixels) {
  const QRectF inside = pixels.normalized().intersected(frame_.plot);
  if (inside.isEmpty()) return;
  const PlotFrame now = wanted();
  setView({now.unitAt(inside.bottomLeft()), now.unitAt(inside.topRight())});
}

void PlotChart::zoomBy(double factor, const QPointF& pixel, bool x, bool y) {
  const QRectF view = wanted().view();
  const QPointF at = wanted().unitAt(pixel);
  const double fx = x ? factor : 1, fy = y ? factor : 1;
  setView({at.x() - (at.x() - view.x()) / fx, at.y() - (at.y() - view.y()) / fy, view.width() / fx,
           view.height() / fy});
}

void PlotChart::panBy(const QPointF& pixels) {
  if (frame_.plot.isEmpty()) return;
  const PlotFrame now = wanted();
  setView(QRectF(now.unitAt(now.plot.bottomLeft() - pixels), now.view().size()));
}

QString PlotChart::keyAt(const QPointF& pixel) const {
  for (const auto& [name, place] : keys_)
    if (place.contains(pixel)) return name;
  return {};
}

QRectF PlotChart::legendKey(const QString& name) const {
  for (const auto& [key, place] : keys_)
    if (key == name) return place;
  return {};
}

bool PlotChart::nearCursor(const QPointF& pixel) const {
  if (!cursor_ || !draggable_) return false;
  return cursorTab(frame_).contains(pixel) || (frame_.plot.adjusted(-6, -10, 6, 4).contains(pixel) &&
                                               std::abs(frame_.pixelX(*cursor_) - pixel.x()) <= 6);
}

void PlotChart::mousePressEvent(QMouseEvent* event) {
  const bool left = event->button() == Qt::LeftButton, shift = event->modifiers() & Qt::ShiftModifier;
  const QPointF pixel = event->position();
  event->ignore();
  if (!hasData()) return;
  if (left && nearCursor(pixel)) {
    drag_ = Drag::Cursor;
  } else if (const QString key = keyAt(pixel); left && !key.isEmpty()) {
    const bool hidden = !isHidden(key);
    for (PlotChart* chart : chartsOfPage(this)) chart->setHidden(key, hidden);
  } else if (!frame_.plot.adjusted(-2, -2, 2, 2).contains(pixel)) {
    return;
  } else if (event->button() == Qt::MiddleButton || (left && (space_ || (shift && !selects())))) {
    drag_ = Drag::Pan;
  } else if (left && (shift || !selects())) {
    drag_ = Drag::Zoom;
  } else {
    return;
  }
  hoverEnd();
  from_ = to_ = pixel;
  event->accept();
}

void PlotChart::mouseMoveEvent(QMouseEvent* event) {
  const QPointF pixel = event->position();
  switch (drag_) {
    case Drag::Cursor:
      cursor_ = frame_.valueX(std::clamp(pixel.x(), frame_.plot.left(), frame_.plot.right()));
      update();
      emit cursorMoved(*cursor_);
      return;
    case Drag::Pan:
      panBy(pixel - std::exchange(to_, pixel));
      return;
    case Drag::Zoom:
      to_ = pixel;
      update();
      return;
    case Drag::None:
      break;
  }
  if (nearCursor(pixel))
    setCursor(Qt::SizeHorCursor);
  else if (!keyAt(pixel).isEmpty())
    setCursor(Qt::PointingHandCursor);
  else
    unsetCursor();
  if (frame_.plot.adjusted(-8, -8, 8, 8).contains(pixel))
    hoverAt(pixel);
  else
    hoverEnd();
}

void PlotChart::mouseReleaseEvent(QMouseEvent* event) {
  const Drag drag = std::exchange(drag_, Drag::None);
  if (drag == Drag::Cursor) emit cursorReleased(*cursor_);
  if (drag != Drag::Zoom) return;
  to_ = event->position();
  const QRectF band = QRectF(from_, to_).normalized();
  update();
  if (band.width() >= kLeastBand && band.height() >= kLeastBand) zoomTo(band);
}

void PlotChart::mouseDoubleClickEvent(QMouseEvent* event) {
  if (!keyAt(event->position()).isEmpty()) return mousePressEvent(event);
  if (event->button() == Qt::LeftButton && frame_.plot.contains(event->position())) resetZoom();
}

// In a page that scrolls the plain wheel scrolls the page.
bool PlotChart::takesWheel(const QWheelEvent& event) const {
  if (event.modifiers() & Qt::ControlModifier) return true;
  for (const QWidget* parent = parentWidget(); parent != nullptr; parent = parent->parentWidget())
    if (qobject_cast<const QAbstractScrollArea*>(parent) != nullptr) return false;
  return true;
}

void PlotChart::wheelEvent(QWheelEvent* event) {
  const QPointF pixel = event->position();
  const int turned = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
  if (!hasData() || turned == 0 || !takesWheel(*event)) return event->ignore();
  const QPointF at(std::clamp(pixel.x(), frame_.plot.left(), frame_.plot.right()),
                   std::clamp(pixel.y(), frame_.plot.top(), frame_.plot.bottom()));
  zoomBy(std::pow(kStep, turned / 120.0), at,
         pixel.x() >= frame_.plot.left(),  // over an axis: that one alone
         pixel.y() <= frame_.plot.bottom());
  event->accept();
}

void PlotChart::keyPressEvent(QKeyEvent* event) {
  const QPointF middle = frame_.plot.center();
  const double x = frame_.plot.width() / 10, y = frame_.plot.height() / 10;
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomBy(kStep, middle);
    case Qt::Key_Minus:
      return zoomBy(1 / kStep, middle);
    case Qt::Key_0:
    case Qt::Key_Home:
      return resetZoom();
    case Qt::Key_Left:
      return panBy({x, 0});
    case Qt::Key_Right:
      return panBy({-x, 0});
    case Qt::Key_Up:
      return panBy({0, y});
    case Qt::Key_Down:
      return panBy({0, -y});
    case Qt::Key_Space:
      space_ = true;
      return;
    default:
      Chart::keyPressEvent(event);
  }
}

void PlotChart::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) space_ = false;
  Chart::keyReleaseEvent(event);
}

void PlotChart::leaveEvent(QEvent*) { hoverEnd(); }

void PlotChart::focusInEvent(QFocusEvent* event) {
  tabbed_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
  update();
}

void PlotChart::focusOutEvent(QFocusEvent*) {
  tabbed_ = space_ = false;
  update();
}

void PlotChart::drawHand(QPainter& painter) const {
  const ChartTheme theme = ChartTheme::of(palette());
  painter.setPen(QPen(theme.accent, 1.2));
  painter.setBrush(Qt::NoBrush);
  if (tabbed_) painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
  if (drag_ != Drag::Zoom) return;
  QColor fill = theme.accent;
  fill.setAlpha(45);
  painter.setBrush(fill);
  painter.drawRect(QRectF(from_, to_).normalized().intersected(frame_.plot));
}

}  // namespace discern::ui
