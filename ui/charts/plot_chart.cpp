#include "ui/charts/plot_chart.h"

#include <QFontMetricsF>
#include <QGraphicsItem>
#include <QGraphicsLayout>
#include <QPainter>
#include <QtCharts/QAreaSeries>
#include <QtCharts/QCategoryAxis>
#include <QtCharts/QChart>
#include <QtCharts/QLegendMarker>
#include <QtCharts/QLineSeries>
#include <QtCharts/QScatterSeries>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/charts/colours.h"
#include "ui/charts/styles.h"
#include "ui/charts/ticks.h"
#include "ui/language/words.h"

namespace discern::ui {
namespace {

constexpr double kGap = 6;      // pixels between things
constexpr double kUnder = 3.5;  // between Qt Charts' axes and its series
constexpr double kOver = 100;
constexpr double kLegendRoom = 1000;  // pixels: height, which it does not fill

std::vector<Tick> ticksOf(const AxisOptions& axis, double low, double high, int most) {
  return axis.log ? logTicks(low, high, most, axis.percent) : linearTicks(low, high, most, axis.percent);
}
// Cut to `room` pixels; as many as do not touch, the uppermost among them.
std::vector<Tick> nameTicks(const AxisOptions& axis, double low, double high, int most,
                            const QFontMetricsF& metrics, double room) {
  std::vector<Tick> ticks;
  for (const auto& [value, name] : axis.names)
    if (value >= low && value <= high)
      ticks.push_back({value, metrics.elidedText(name, Qt::ElideMiddle, room)});
  std::ranges::sort(ticks, std::greater<>(), &Tick::position);
  const auto every = (ticks.size() + static_cast<std::size_t>(most) - 1) / static_cast<std::size_t>(most);
  std::vector<Tick> shown;
  for (std::size_t i = 0; i < ticks.size(); i += std::max<std::size_t>(every, 1)) shown.push_back(ticks[i]);
  std::ranges::reverse(shown);
  return shown;
}

// Of a y axis of so many pixels, in a chart of so many.
std::vector<Tick> upwardTicks(const AxisOptions& axis, double low, double high, double height, double width,
                              const QFontMetricsF& metrics) {
  constexpr double kWidest = 130;
  const auto most = [&](double each) { return std::max(2, static_cast<int>(height / each)); };
  return axis.names.empty() ? ticksOf(axis, low, high, most(45))
                            : nameTicks(axis, low, high, most(metrics.height() + 1), metrics,
                                        std::min(kWidest, 0.3 * width));
}

int mostTicks(double pixels, double each) { return std::max(2, static_cast<int>(pixels / each)); }

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

// What Qt Charts cannot draw, between or above what it can.
class PlotItem : public QGraphicsItem {
 public:
  PlotItem(QGraphicsItem* chart, double z, std::function<void(QPainter&)> paint)
      : QGraphicsItem(chart), paint_(std::move(paint)) {
    setZValue(z);
  }
  QRectF boundingRect() const override { return {-1e4, -1e4, 3e4, 3e4}; }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override {
    painter->save();
    paint_(*painter);
    painter->restore();
  }

 private:
  std::function<void(QPainter&)> paint_;
};

void placeKeys(QLegend& legend, double width) {
  legend.layout()->invalidate();
  legend.layout()->setGeometry(QRectF(0, 0, width, kLegendRoom));
}

// The keys of a legend as they lie in the chart: Qt Charts hands out markers without their places.
std::vector<QRectF> keyPlaces(const QLegend& legend) {
  std::vector<QRectF> places;
  for (const QGraphicsItem* group : legend.childItems())
    for (QGraphicsItem* key : group->childItems())
      if (key->toGraphicsObject() != nullptr && key->isVisible())
        places.push_back(key->mapRectToScene(key->boundingRect()));
  return places;
}

}  // namespace

double PlotFrame::pixelX(double x) const {
  return plot.left() + ((xLog ? std::log10(x) : x) - xLow) / (xHigh - xLow) * plot.width();
}
double PlotFrame::pixelY(double y) const {
  return plot.bottom() - ((yLog ? std::log10(y) : y) - yLow) / (yHigh - yLow) * plot.height();
}
QPointF PlotFrame::unitAt(const QPointF& pixel) const {
  return {xLow + (pixel.x() - plot.left()) / plot.width() * (xHigh - xLow),
          yLow + (plot.bottom() - pixel.y()) / plot.height() * (yHigh - yLow)};
}
double PlotFrame::valueX(double pixel) const {
  const double x = unitAt({pixel, 0}).x();
  return xLog ? std::pow(10.0, x) : x;
}
double PlotFrame::valueY(double pixel) const {
  const double y = unitAt({0, pixel}).y();
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
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setAccessibleName(engineText(captionOf(name_)));
  scene_.setItemIndexMethod(QGraphicsScene::NoIndex);
  chart_ = new QChart;
  scene_.addItem(chart_);
  chart_->setBackgroundVisible(false);
  chart_->setAnimationOptions(QChart::NoAnimation);
  chart_->setMinimumSize(0, 0);
  chart_->layout()->setContentsMargins(0, 0, 0, 0);
  chart_->setMargins({int(kChartMargin), int(kChartMargin) - 3, int(kChartMargin), 0});
  chart_->legend()->detachFromChart();
  chart_->legend()->layout()->setContentsMargins(0, 0, 0, 0);
  chart_->legend()->setMarkerShape(QLegend::MarkerShapeFromSeries);
  xTicks_ = new QCategoryAxis;
  yTicks_ = new QCategoryAxis;
  chart_->addAxis(xTicks_, Qt::AlignBottom);
  chart_->addAxis(yTicks_, Qt::AlignLeft);
  for (QCategoryAxis* axis : {xTicks_, yTicks_}) {
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    axis->setTruncateLabels(false);
  }
  yTicks_->setLineVisible(false);  // Qt Charts rounds it off the plot's edge
  new PlotItem(chart_, kUnder, [this](QPainter& painter) { drawUnder(painter); });
  new PlotItem(chart_, kOver, [this](QPainter& painter) {
    painter.setClipRect(built_.plot.adjusted(-1, -1, 1, 1));
    paintPlot(painter, built_);
  });
}

PlotChart::~PlotChart() = default;

void PlotChart::setTitle(const QString& title) {
  title_ = title;
  setAccessibleName(title.isEmpty() ? engineText(captionOf(name_)) : title);
  viewChanged();
}
void PlotChart::setXAxis(const AxisOptions& axis) {
  if (axis == x_) return;
  if (axis.log != x_.log || axis.low != x_.low || axis.high != x_.high) zoom_.reset();
  x_ = axis;
  changed();
}
void PlotChart::setYAxis(const AxisOptions& axis) {
  if (axis == y_) return;
  if (axis.log != y_.log || axis.low != y_.low || axis.high != y_.high) zoom_.reset();
  y_ = axis;
  changed();
}
void PlotChart::setEmptyText(const QString& text) {
  emptyText_ = text;
  viewChanged();
}
void PlotChart::setCursorLine(std::optional<double> x, const QString& label) {
  const bool tab = cursor_ && !cursorLabel_.isEmpty(), tabNow = x && !label.isEmpty();
  cursor_ = x;
  cursorLabel_ = label;
  if (tab != tabNow) return viewChanged();  // it takes room
  update();
}
void PlotChart::setCursorDraggable(bool draggable) { draggable_ = draggable; }
void PlotChart::setUnsupported(std::optional<std::pair<double, double>> range, const QString& text) {
  unsupported_ = range;
  unsupportedText_ = text;
  repaint();
}

void PlotChart::setHidden(const QString& name, bool hidden) {
  if (hidden == isHidden(name)) return;
  if (hidden)
    hidden_.insert(name);
  else
    hidden_.remove(name);
  changed();
}

void PlotChart::changed() {
  whole_.reset();
  viewChanged();
}
void PlotChart::viewChanged() {
  builtSize_ = {};
  repaint();
}
void PlotChart::repaint() {
  still_ = {};
  update();
}

// --- what Qt Charts draws

QRectF PlotChart::whole() {
  if (whole_) return *whole_;
  Range xs, ys;
  dataRange(xs, ys);
  const auto [left, right] = shownRange(x_, xs.low, xs.high, xs.empty);
  const auto [low, high] = shownRange(y_, ys.low, ys.high, ys.empty);
  whole_ = QRectF(left, low, right - left, high - low);
  return *whole_;
}

bool PlotChart::cut(QPointF& a, QPointF& b, const QRectF& box) {
  const QPointF way = b - a;
  double from = 0, to = 1;
  const std::pair<double, double> edges[] = {{-way.x(), a.x() - box.left()},
                                             {way.x(), box.right() - a.x()},
                                             {-way.y(), a.y() - box.top()},
                                             {way.y(), box.bottom() - a.y()}};
  for (const auto& [step, room] : edges) {
    if (step == 0 && room < 0) return false;
    if (step < 0) from = std::max(from, room / step);
    if (step > 0) to = std::min(to, room / step);
  }
  if (from > to) return false;
  const QPointF start = a;
  if (from > 0) a = start + from * way;
  if (to < 1) b = start + to * way;
  return true;
}

void PlotChart::attach(QXYSeries& series, const QPolygonF& pixels) const {
  QList<QPointF> points;
  points.reserve(pixels.size());
  for (const QPointF& pixel : pixels) {  // Qt Charts leaves out a dot beyond the edge by a rounding error
    const QPointF unit = built_.unitAt(pixel);
    points << QPointF(std::clamp(unit.x(), built_.xLow, built_.xHigh),
                      std::clamp(unit.y(), built_.yLow, built_.yHigh));
  }
  series.replace(points);
}

void PlotChart::addLine(const QPolygonF& line, const QPen& pen) {
  auto* series = new QLineSeries;
  series->setPen(pen);
  attach(*series, line);
  chart_->addSeries(series);
  series->attachAxis(xTicks_);
  series->attachAxis(yTicks_);
}

void PlotChart::addArea(const QPolygonF& upper, const QPolygonF& lower, const QBrush& brush,
                        const QPen& pen) {
  auto* above = new QLineSeries;
  auto* below = new QLineSeries;
  attach(*above, upper);
  attach(*below, lower);
  auto* series = new QAreaSeries(above, below);
  above->setParent(series);
  below->setParent(series);
  series->setBrush(brush);
  series->setPen(pen);
  chart_->addSeries(series);
  series->attachAxis(xTicks_);
  series->attachAxis(yTicks_);
}

void PlotChart::addDots(const QPolygonF& dots, int style, double radius, const QBrush& brush,
                        const QPen& pen) {
  auto* series = new QScatterSeries;
  series->setMarkerShape(styleShape(style));
  series->setMarkerSize(2 * radius);
  series->setBrush(brush);
  series->setPen(pen);
  const double aside = pen.style() == Qt::NoPen ? 0 : pen.widthF() / 2;  // Qt Charts centres it so far off
  attach(*series, dots.translated(aside, aside));
  chart_->addSeries(series);
  series->attachAxis(xTicks_);
  series->attachAxis(yTicks_);
}

double PlotChart::addLegend(double left, double top, double width, const ChartTheme& theme) {
  QLegend& legend = *chart_->legend();
  builtKeys_.clear();
  const std::vector<LegendEntry> entries = this->legend();
  legend.setVisible(!entries.empty());
  if (entries.empty()) return 0;
  legend.setFont(chartFont(font(), 0.88));
  legend.setLabelColor(theme.text);
  for (const LegendEntry& entry : entries) {  // a series without points: its key alone
    const bool hidden = isHidden(entry.name);
    QColor colour = styleColour(entry.style, theme.dark);
    if (hidden) colour.setAlpha(70);
    QColor fill = colour;
    if (entry.fill) fill.setAlpha(hidden ? 30 : 110);
    auto* key = new QScatterSeries;
    key->setMarkerShape(entry.fill ? QScatterSeries::MarkerShapeRectangle : styleShape(entry.style));
    key->setMarkerSize(9);
    key->setBrush(fill);
    key->setPen(QPen(colour, 1));
    key->setName(shownName(*this, entry.name).toHtmlEscaped());
    chart_->addSeries(key);
    QColor label = theme.text;
    if (hidden) label.setAlpha(110);
    for (QLegendMarker* marker : legend.markers(key)) {
      QFont named = legend.font();
      named.setStrikeOut(hidden);
      marker->setFont(named);
      marker->setLabelBrush(label);
    }
  }
  // Rows as wide as there is room: Qt Charts wraps by the width of the last key, so it may need less.
  QRectF all;
  std::vector<QRectF> places;
  for (legendRoom_ = width; legendRoom_ > 40; legendRoom_ *= 0.9) {
    legend.setGeometry(QRectF(left, top, legendRoom_, kLegendRoom));
    placeKeys(legend, legendRoom_);
    places = keyPlaces(legend);
    all = {};
    for (const QRectF& place : places) all |= place;
    if (all.right() <= left + width) break;
  }
  // Beside the title where it fits there, else below, in the middle.
  const QFontMetricsF bold(chart_->titleFont());
  const double beside = width / 2 - bold.horizontalAdvance(title_) / 2 - 2 * kGap;
  const bool inTitle = !title_.isEmpty() && all.width() <= beside && all.height() < 2 * bold.height();
  QPointF aside(std::max(0.0, (width - all.width()) / 2) + left - all.left(), 0);
  if (inTitle)
    aside = {left + width - all.right(), chart_->margins().top() + bold.height() / 2 - all.center().y()};
  legend.setPos(legend.pos() + aside);
  for (std::size_t i = 0; i < std::min(places.size(), entries.size()); ++i)
    builtKeys_.emplace_back(entries[i].name, places[i].translated(aside));
  return inTitle ? 0 : all.height();
}

namespace {
// Too low for everything: what the curves need comes before the name of their axis.
bool isLow(const QSizeF& size) { return size.height() < 170; }
}  // namespace

void PlotChart::fillAxes(const PlotFrame& frame, const ChartTheme& theme) {
  const QFont small = chartFont(font(), 0.9);
  const QFontMetricsF metrics(small);
  const auto fill = [&](QCategoryAxis& axis, const AxisOptions& options, double low, double high,
                        const std::vector<Tick>& ticks, double pixels, std::vector<double>& minor) {
    for (const QString& label : axis.categoriesLabels()) axis.remove(label);
    axis.setRange(low, high);                // while there is no label that would be laid out for it
    axis.setStartValue(low - (high - low));  // out of sight: the first tick is a tick
    minor.clear();
    double last = -std::numeric_limits<double>::infinity();
    for (const Tick& tick : ticks) {
      const double part = (tick.position - low) / (high - low);
      if (tick.label.isEmpty()) {
        minor.push_back(part);
        continue;
      }
      const double half = metrics.horizontalAdvance(tick.label) / 2;
      if (pixels > 0 && part * pixels - half < last + 4) continue;  // would touch the one before
      last = part * pixels + half;
      axis.append(tick.label, tick.position);
    }
    axis.setLabelsFont(small);
    axis.setTitleFont(small);
    axis.setTitleText(&axis == xTicks_ && isLow(builtSize_) ? QString() : options.title.toHtmlEscaped());
    axis.setTitleBrush(theme.text);
    axis.setLabelsColor(theme.muted);
    axis.setGridLinePen(QPen(theme.grid, 1));
    axis.setLinePen(QPen(theme.frame, 1));
  };
  const QSizeF plot = frame.plot.size();
  fill(*xTicks_, x_, frame.xLow, frame.xHigh,
       ticksOf(x_, frame.xLow, frame.xHigh, mostTicks(plot.width(), 75)), plot.width(), xMinor_);
  fill(*yTicks_, y_, frame.yLow, frame.yHigh,
       upwardTicks(y_, frame.yLow, frame.yHigh, plot.height(), builtSize_.width(), metrics), 0, yMinor_);
}

const PlotFrame& PlotChart::build(const QSizeF& size, bool vectors) {
  if (builtSize_ == size && builtVectors_ == vectors) return built_;
  builtSize_ = size;
  builtVectors_ = vectors;
  const ChartTheme theme = ChartTheme::of(palette());
  chart_->removeAllSeries();
  const QRectF view = zoom_.value_or(whole());
  built_ = {{}, view.left(), view.right(), view.top(), view.bottom(), x_.log, y_.log};

  const auto layOut = [this] {
    chart_->layout()->invalidate();
    chart_->layout()->activate();
  };
  const QFont bold = chartFont(font(), 1.0, true);
  const QString title = title_.toHtmlEscaped();
  if (chart_->title() != title || chart_->titleFont() != bold || chart_->size() != size) {
    chart_->setPlotArea({});  // while that is fixed, Qt Charts places no title
    chart_->setTitleFont(bold);
    chart_->setTitle(title);
    chart_->resize(size);
    scene_.setSceneRect(QRectF(QPointF(), size));
    layOut();
  }
  chart_->setTitleBrush(theme.text);

  const QFontMetricsF small(chartFont(font(), 0.9));
  const double line = small.height();
  double top = kChartMargin + (title_.isEmpty() ? 0 : QFontMetricsF(bold).height() + 2);
  const double keys = addLegend(kChartMargin, top - 3, size.width() - 2 * kChartMargin, theme);
  if (keys > 0) top += keys;
  if (cursor_) top += (cursorLabel_.isEmpty() ? 0 : line + 2) + (draggable_ ? kHandle : 0);
  if (keys > 0 || !title_.isEmpty()) top += 2;
  const double bottom = line + kGap + 4 + (x_.title.isEmpty() || isLow(size) ? 0 : line + kGap) + kGap / 2;
  const double height = std::max(20.0, std::floor(size.height() - top - bottom));
  double widest = 0;
  for (const Tick& tick : upwardTicks(y_, built_.yLow, built_.yHigh, height, size.width(), small))
    widest = std::max(widest, small.horizontalAdvance(tick.label));
  ownLeft_ = std::ceil(kChartMargin / 2 + widest + kGap + 2 + (y_.title.isEmpty() ? 0 : line + kGap));
  double left = ownLeft_;
  if (aligned_)
    for (const auto& other : *aligned_)
      if (other && other != this) left = std::max(left, other->screenLeft_);
  const double right = kChartMargin + 12;
  built_.plot = QRectF(left, std::ceil(top), std::max(20.0, std::floor(size.width() - left - right)), height);
  fillAxes(built_, theme);
  addSeries(built_, vectors);
  for (QLegendMarker* marker : chart_->legend()->markers())  // the keys have names, what they stand for none
    if (marker->series()->name().isEmpty()) marker->setVisible(false);
  placeKeys(*chart_->legend(), legendRoom_);
  chart_->setPlotArea(built_.plot);
  layOut();
  return built_;
}

void PlotChart::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) viewChanged();
  Chart::changeEvent(event);
}

void alignPlotAreas(const std::vector<PlotChart*>& charts) {
  const auto group = std::make_shared<PlotChart::Group>(charts.begin(), charts.end());
  for (PlotChart* chart : charts) {
    chart->aligned_ = group;
    chart->viewChanged();
  }
}

}  // namespace discern::ui
