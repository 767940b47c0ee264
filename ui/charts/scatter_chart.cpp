#include "ui/charts/scatter_chart.h"

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/charts/colours.h"
#include "ui/charts/tip.h"

namespace discern::ui {
namespace {

constexpr double kCell = 16;  // pixels of a cell of the hover grid

bool sameFrame(const PlotFrame& a, const PlotFrame& b) {
  return a.plot == b.plot && a.xLow == b.xLow && a.xHigh == b.xHigh && a.yLow == b.yLow &&
         a.yHigh == b.yHigh && a.xLog == b.xLog && a.yLog == b.yLog;
}

}  // namespace

ScatterChart::ScatterChart(const QString& name, QWidget* parent) : PlotChart(name, parent) {}

void ScatterChart::setData(ScatterData data) {
  data_ = std::move(data);
  hover_ = -1;
  grid_.clear();
  std::erase_if(selected_, [&](int i) { return i >= static_cast<int>(data_.points.size()); });
  if (muted_.size() != data_.points.size()) muted_.clear();
  changed();
}

void ScatterChart::setMuted(std::vector<unsigned char> muted) {
  if (muted == muted_) return;
  muted_ = std::move(muted);
  changed();
}

void ScatterChart::setTableColumns(const QStringList& columns, std::function<QStringList(int)> cells) {
  columns_ = columns;
  cells_ = std::move(cells);
}

void ScatterChart::setSelected(std::vector<int> points) {
  selected_ = std::move(points);
  changed();
}

void ScatterChart::setTooltip(std::function<QString(int)> tooltip) { tooltip_ = std::move(tooltip); }

double ScatterChart::radius() const {
  if (data_.radius > 0) return data_.radius;
  const std::size_t n = data_.points.size();
  return n <= 60 ? 5.5 : n <= 1000 ? 3.5 : n <= 10000 ? 2.4 : 1.6;
}

bool ScatterChart::hasData() const { return !data_.points.empty(); }

void ScatterChart::dataRange(Range& x, Range& y) const {
  for (const QPointF& p : data_.points) {
    x.add(p.x(), xAxis().log);
    y.add(p.y(), yAxis().log);
  }
}

void ScatterChart::drawLabels(QPainter& painter, const PlotFrame& frame) const {
  if (data_.labels.isEmpty()) return;
  const ChartTheme theme = ChartTheme::of(palette());
  const QFont small = chartFont(font(), 0.86);
  const QFontMetricsF metrics(small);
  painter.setFont(small);
  painter.setPen(theme.text);
  const double r = radius();
  std::vector<QRectF> taken;
  for (const QPointF& p : data_.points)
    if (frame.valid(p.x(), p.y()))
      taken.emplace_back(frame.pixelX(p.x()) - r, frame.pixelY(p.y()) - r, 2 * r, 2 * r);
  for (int i = 0;
       i < std::min<int>(static_cast<int>(data_.labels.size()), static_cast<int>(data_.points.size())); ++i) {
    const QPointF& p = data_.points[static_cast<std::size_t>(i)];
    if (data_.labels[i].isEmpty() || !frame.valid(p.x(), p.y())) continue;
    const QPointF pixel(frame.pixelX(p.x()), frame.pixelY(p.y()));
    const QSizeF size(metrics.horizontalAdvance(data_.labels[i]), metrics.height());
    const double gap = r + 4;
    const std::array<QPointF, 4> places = {
        QPointF(pixel.x() + gap, pixel.y() - size.height() / 2),
        QPointF(pixel.x() - gap - size.width(), pixel.y() - size.height() / 2),
        QPointF(pixel.x() - size.width() / 2, pixel.y() - gap - size.height()),
        QPointF(pixel.x() - size.width() / 2, pixel.y() + gap)};
    for (const QPointF& place : places) {  // the first place that hides nothing; none: the tooltip tells
      const QRectF box(place, size);
      if (!frame.plot.contains(box)) continue;
      if (std::any_of(taken.begin(), taken.end(), [&](const QRectF& other) { return other.intersects(box); }))
        continue;
      painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), data_.labels[i]);
      taken.push_back(box);
      break;
    }
  }
}

void ScatterChart::drawData(QPainter& painter, const PlotFrame& frame) {
  const ChartTheme theme = ChartTheme::of(palette());
  if (!data_.front.empty()) {
    QPolygonF line;
    for (int i : data_.front) {
      const QPointF& p = data_.points.at(static_cast<std::size_t>(i));
      if (frame.valid(p.x(), p.y())) line << QPointF(frame.pixelX(p.x()), frame.pixelY(p.y()));
    }
    painter.setPen(QPen(theme.muted, 1.4, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
  }
  drawDots(painter, frame);
  drawLabels(painter, frame);
}

std::vector<LegendEntry> ScatterChart::legend() const {
  std::vector<LegendEntry> entries;
  for (int i = 0; i < data_.styleNames.size(); ++i)
    if (data_.styles.empty() || std::ranges::find(data_.styles, i) != data_.styles.end())
      entries.push_back({data_.styleNames[i], i, false, true, false});
  return entries;
}

std::vector<QPointF> ScatterChart::inkSample() const {
  std::vector<QPointF> sample;
  const std::size_t step = std::max<std::size_t>(1, data_.points.size() / 500);
  const PlotFrame shown = frame();
  for (std::size_t i = 0; i < data_.points.size(); i += step) {
    const QPointF& p = data_.points[i];
    sample.push_back(p);
    if (data_.labels.value(static_cast<int>(i)).isEmpty()) continue;
    for (const double beside :
         {20.0, 45.0}) {  // pixels: there its label is likely to stand, on one side or the other
      sample.emplace_back(shown.valueX(shown.pixelX(p.x()) + beside), p.y());
      sample.emplace_back(shown.valueX(shown.pixelX(p.x()) - beside), p.y());
    }
  }
  return sample;
}

const std::vector<std::vector<int>>& ScatterChart::grid() const {
  const PlotFrame shown = frame();
  if (!grid_.empty() && sameFrame(shown, gridFrame_)) return grid_;
  gridFrame_ = shown;
  gridColumns_ = std::max(1, static_cast<int>(shown.plot.width() / kCell) + 1);
  const int rows = std::max(1, static_cast<int>(shown.plot.height() / kCell) + 1);
  grid_.assign(static_cast<std::size_t>(gridColumns_ * rows), {});
  for (std::size_t i = 0; i < data_.points.size(); ++i) {
    const QPointF& p = data_.points[i];
    if (!shown.valid(p.x(), p.y())) continue;
    const int column = static_cast<int>((shown.pixelX(p.x()) - shown.plot.left()) / kCell);
    const int row = static_cast<int>((shown.pixelY(p.y()) - shown.plot.top()) / kCell);
    if (column < 0 || row < 0 || column >= gridColumns_ || row >= rows) continue;
    grid_[static_cast<std::size_t>(row * gridColumns_ + column)].push_back(static_cast<int>(i));
  }
  return grid_;
}

int ScatterChart::pointAt(const QPointF& pixel) const {
  const auto& cells = grid();
  const PlotFrame shown = frame();
  const int rows = static_cast<int>(cells.size()) / std::max(1, gridColumns_);
  const int column = static_cast<int>((pixel.x() - shown.plot.left()) / kCell);
  const int row = static_cast<int>((pixel.y() - shown.plot.top()) / kCell);
  int best = -1;
  const double reach = radius() + 5;
  double bestDistance = reach * reach;
  for (int r = std::max(0, row - 1); r <= std::min(rows - 1, row + 1); ++r)
    for (int c = std::max(0, column - 1); c <= std::min(gridColumns_ - 1, column + 1); ++c)
      for (int i : cells[static_cast<std::size_t>(r * gridColumns_ + c)]) {
        const QPointF& p = data_.points[static_cast<std::size_t>(i)];
        const double dx = shown.pixelX(p.x()) - pixel.x(), dy = shown.pixelY(p.y()) - pixel.y();
        if (dx * dx + dy * dy >= bestDistance) continue;
        bestDistance = dx * dx + dy * dy;
        best = i;
      }
  return best;
}

void ScatterChart::hoverAt(const QPointF& pixel) {
  const int found = banding_ ? -1 : pointAt(pixel);
  if (found == hover_) return;
  hover_ = found;
  update();
}

void ScatterChart::hoverEnd() {
  if (hover_ < 0) return;
  hover_ = -1;
  update();
}

QString ScatterChart::tooltipOf(int point) const {
  if (tooltip_) return tooltip_(point);
  const QPointF& p = data_.points[static_cast<std::size_t>(point)];
  QString text =
      point < data_.labels.size() && !data_.labels[point].isEmpty() ? data_.labels[point] + '\n' : QString();
  text += (xAxis().title.isEmpty() ? QStringLiteral("x") : xAxis().title) + ": " + shortNumber(p.x()) + '\n';
  text += (yAxis().title.isEmpty() ? QStringLiteral("y") : yAxis().title) + ": " + shortNumber(p.y());
  return text;
}

QString ScatterChart::hoverText() const {
  return hover_ >= 0 && hover_ < static_cast<int>(data_.points.size()) ? tooltipOf(hover_) : QString();
}

void ScatterChart::drawHover(QPainter& painter, const PlotFrame& frame) {
  const ChartTheme theme = ChartTheme::of(palette());
  if (banding_ && band_.size() > 1) {
    QColor fill = theme.accent;
    fill.setAlpha(45);
    painter.setPen(QPen(theme.accent, 1.2));
    painter.setBrush(fill);
    if (lasso_)
      painter.drawPolygon(band_);
    else
      painter.drawRect(QRectF(band_.first(), band_.last()).normalized());
  }
  const QString text = hoverText();
  if (text.isEmpty()) return;
  const QPointF& p = data_.points[static_cast<std::size_t>(hover_)];
  const QPointF pixel(frame.pixelX(p.x()), frame.pixelY(p.y()));
  painter.setPen(QPen(theme.text, 1.4));
  painter.setBrush(Qt::NoBrush);
  painter.drawEllipse(pixel, radius() + 2, radius() + 2);
  drawTip(painter, rect(), pixel, text, theme, font());
}

void ScatterChart::mousePressEvent(QMouseEvent* event) {
  PlotChart::mousePressEvent(event);
  if (event->isAccepted() || event->button() != Qt::LeftButton) return;
  banding_ = true;
  band_ = QPolygonF{event->position()};
  event->accept();
}

void ScatterChart::mouseMoveEvent(QMouseEvent* event) {
  if (!banding_) return PlotChart::mouseMoveEvent(event);
  hover_ = -1;
  band_ << event->position();
  update();
}

void ScatterChart::mouseReleaseEvent(QMouseEvent* event) {
  if (!banding_) return PlotChart::mouseReleaseEvent(event);
  banding_ = false;
  const QRectF box = QRectF(band_.first(), event->position()).normalized();
  const QRectF reach = band_.boundingRect();
  if (reach.width() < 4 && reach.height() < 4) {
    const int point = pointAt(event->position());
    if (point >= 0)
      emit pointClicked(point);
    else
      emit selectionMade({});
  } else {
    std::vector<int> caught;
    const PlotFrame shown = frame();
    for (std::size_t i = 0; i < data_.points.size(); ++i) {
      const QPointF& p = data_.points[i];
      if (!shown.valid(p.x(), p.y())) continue;
      const QPointF pixel(shown.pixelX(p.x()), shown.pixelY(p.y()));
      if (lasso_ ? band_.containsPoint(pixel, Qt::OddEvenFill) : box.contains(pixel))
        caught.push_back(static_cast<int>(i));
    }
    emit selectionMade(caught);
  }
  update();
}

void ScatterChart::mouseDoubleClickEvent(QMouseEvent* event) {
  const int point = pointAt(event->position());
  if (point >= 0) emit pointDoubleClicked(point);
}

ChartTable ScatterChart::table() const {
  const bool named = !data_.labels.isEmpty(), valued = !data_.values.empty(), styled = !data_.styles.empty();
  ChartTable table;
  table.columns = columns_;
  if (named) table.columns << QStringLiteral("label");
  table.columns << (xAxis().title.isEmpty() ? QStringLiteral("x") : xAxis().title)
                << (yAxis().title.isEmpty() ? QStringLiteral("y") : yAxis().title);
  if (styled) table.columns << QStringLiteral("series");
  if (valued) table.columns << (data_.valueTitle.isEmpty() ? QStringLiteral("value") : data_.valueTitle);
  for (std::size_t i = 0; i < data_.points.size(); ++i) {
    QStringList row = cells_ ? cells_(static_cast<int>(i)) : QStringList();
    if (named) row << data_.labels.value(static_cast<int>(i));
    row << QString::number(data_.points[i].x(), 'g', 10) << QString::number(data_.points[i].y(), 'g', 10);
    if (styled) {
      const int style = i < data_.styles.size() ? data_.styles[i] : 0;
      row << data_.styleNames.value(style, QString::number(style));
    }
    if (valued) row << (i < data_.values.size() ? QString::number(data_.values[i], 'g', 8) : QString());
    table.rows << row;
  }
  return table;
}

}  // namespace discern::ui
