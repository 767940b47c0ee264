#include <QFontMetricsF>
#include <QLinearGradient>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/charts/colours.h"
#include "ui/charts/heatmap_chart.h"
#include "ui/charts/ticks.h"
#include "ui/charts/tip.h"

namespace discern::ui {
namespace {

constexpr double kBarWidth = 12, kBarLabels = 40;

}  // namespace

double HeatmapChart::labelWidth(double limit) const {
  const QFontMetricsF metrics(chartFont(font(), 0.9));
  double widest = metrics.horizontalAdvance(rowTitle_);
  const std::size_t step = std::max<std::size_t>(1, rows_.size() / 400);  // a sample says it well enough
  for (std::size_t r = 0; r < rows_.size(); r += step)
    widest = std::max(widest, metrics.horizontalAdvance(rows_[r].name));
  return std::min(widest + 10, limit);
}

HeatmapChart::View HeatmapChart::fittedView(const QRectF& target) const {
  View view;
  const double header = QFontMetricsF(chartFont(font(), 0.9)).height() + 8;
  view.labelWidth = labelWidth(std::min(190.0, target.width() * 0.3));
  view.area = QRectF(
      target.left() + kChartMargin + view.labelWidth, target.top() + kChartMargin + header,
      std::max(10.0, target.width() - 2 * kChartMargin - view.labelWidth - kBarWidth - kBarLabels - 14),
      std::max(10.0, target.height() - 2 * kChartMargin - header));
  const double barHeight = std::min(220.0, view.area.height());
  view.bar = QRectF(view.area.right() + 14, view.area.top(), kBarWidth, barHeight);
  view.rowHeight =
      std::min(kRow, view.area.height() / std::max<double>(1, static_cast<double>(rows_.size())));
  view.cellWidth = std::min(22.0, view.area.width() / std::max<double>(1, static_cast<double>(longest_)));
  view.gap = view.cellWidth >= 6 && view.rowHeight >= 6 ? 1 : 0;
  return view;
}

void HeatmapChart::drawCellsAsImage(QPainter& painter, const View& view) const {
  QImage image(std::max(1, static_cast<int>(longest_)), std::max(1, static_cast<int>(rows_.size())),
               QImage::Format_ARGB32);
  image.fill(Qt::transparent);
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(static_cast<int>(r)));
    for (std::size_t c = 0; c < rows_[r].values.size(); ++c)
      line[c] = mapColour(rows_[r].values[c], low_, high_).rgb();
  }
  painter.drawImage(QRectF(view.area.topLeft(), QSizeF(view.cellWidth * static_cast<double>(longest_),
                                                       view.rowHeight * static_cast<double>(rows_.size()))),
                    image);
}

bool HeatmapChart::isSelected(int id) const {
  return std::binary_search(selected_.begin(), selected_.end(), id);
}

void HeatmapChart::drawCells(QPainter& painter, const View& view) const {
  if (view.rowHeight < 3 || view.cellWidth < 3) return drawCellsAsImage(painter, view);
  const ChartTheme theme = ChartTheme::of(palette());
  const int firstRow = std::max(0, static_cast<int>(view.scrollY / view.rowHeight));
  const int lastRow = std::min(static_cast<int>(rows_.size()) - 1,
                               static_cast<int>((view.scrollY + view.area.height()) / view.rowHeight));
  const int firstColumn = std::max(0, static_cast<int>(view.scrollX / view.cellWidth));
  const double rowGap = view.rowHeight >= 8 ? 2 : 0;
  const QColor mark = theme.dark ? QColor(0xff, 0xb0, 0x3a) : QColor(0xd5, 0x5e, 0x00);
  painter.setRenderHint(QPainter::Antialiasing, false);
  for (int r = firstRow; r <= lastRow; ++r) {
    const HeatmapRow& row = rows_[static_cast<std::size_t>(r)];
    const int lastColumn = std::min(static_cast<int>(row.values.size()) - 1,
                                    static_cast<int>((view.scrollX + view.area.width()) / view.cellWidth));
    const double y = view.area.top() + r * view.rowHeight - view.scrollY;
    for (int c = firstColumn; c <= lastColumn; ++c) {
      const QRectF cell(view.area.left() + c * view.cellWidth - view.scrollX, y, view.cellWidth - view.gap,
                        view.rowHeight - rowGap);
      const float value = row.values[static_cast<std::size_t>(c)];
      const QColor colour = mapColour(value, low_, high_);
      if (std::isfinite(value)) {
        painter.fillRect(cell, colour);
        if (value <= threshold_)
          painter.fillRect(QRectF(cell.left(), cell.bottom() - 2.5, view.cellWidth, 2.5), mark);
      } else {
        painter.setPen(QPen(theme.muted, 1, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(cell.adjusted(0, 0, -1, -1));
      }
      if (!isSelected(row.ids[static_cast<std::size_t>(c)])) continue;
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(theme.background, 3));
      painter.drawRect(cell.adjusted(1, 1, -2, -2));
      painter.setPen(QPen(mark, 2));
      painter.drawRect(cell.adjusted(0, 0, -1, -1));
    }
  }
  painter.setRenderHint(QPainter::Antialiasing);
}

void HeatmapChart::drawNames(QPainter& painter, const View& view, const QRectF& target) const {
  const ChartTheme theme = ChartTheme::of(palette());
  const QFont small = chartFont(font(), 0.9);
  const QFontMetricsF metrics(small);
  painter.setFont(small);
  painter.setPen(theme.muted);
  const double headerY = view.area.top() - 8 - metrics.descent();
  painter.drawText(QPointF(target.left() + kChartMargin, headerY),
                   metrics.elidedText(rowTitle_, Qt::ElideRight, view.labelWidth - 8));
  painter.drawText(QPointF(view.area.left(), headerY),
                   metrics.elidedText(columnTitle_, Qt::ElideRight, view.area.width()));
  // Every k-th name when rows are thinner than a line of text.
  const int every = std::max(1, static_cast<int>(std::ceil((metrics.height() - 2) / view.rowHeight)));
  painter.save();
  painter.setClipRect(QRectF(target.left(), view.area.top(), target.width(), view.area.height()));
  painter.setPen(theme.text);
  const int first = std::max(0, static_cast<int>(view.scrollY / view.rowHeight));
  for (int r = first - first % every; r < static_cast<int>(rows_.size()); r += every) {
    const double y = view.area.top() + r * view.rowHeight - view.scrollY;
    if (y > view.area.bottom()) break;
    painter.drawText(
        QPointF(target.left() + kChartMargin,
                y + view.rowHeight / 2 + metrics.ascent() / 2 - metrics.descent() / 2),
        metrics.elidedText(rows_[static_cast<std::size_t>(r)].name, Qt::ElideMiddle, view.labelWidth - 8));
  }
  painter.restore();
}

void HeatmapChart::drawBar(QPainter& painter, const View& view) const {
  const ChartTheme theme = ChartTheme::of(palette());
  const QFont small = chartFont(font(), 0.85);
  const QFontMetricsF metrics(small);
  QLinearGradient gradient(view.bar.bottomLeft(), view.bar.topLeft());
  for (int i = 0; i <= 16; ++i) gradient.setColorAt(i / 16.0, mapColour(i / 16.0));
  painter.setPen(Qt::NoPen);
  painter.setBrush(gradient);
  painter.drawRect(view.bar);
  painter.setFont(small);
  painter.setPen(theme.muted);
  for (const Tick& tick :
       linearTicks(low_, high_, std::max(2, static_cast<int>(view.bar.height() / 45)), false)) {
    const double y = view.bar.bottom() - (tick.position - low_) / (high_ - low_) * view.bar.height();
    painter.drawLine(QPointF(view.bar.right(), y), QPointF(view.bar.right() + 3, y));
    painter.drawText(
        QPointF(view.bar.right() + 6, std::clamp(y + metrics.ascent() / 2 - 1,
                                                 view.bar.top() + metrics.ascent() - 2, view.bar.bottom())),
        tick.label);
  }
  const double right = view.bar.right() + kBarLabels;
  painter.drawText(
      QPointF(right - metrics.horizontalAdvance(valueTitle_), view.bar.top() - 8 - metrics.descent()),
      valueTitle_);
  if (std::isfinite(threshold_) && threshold_ >= low_ && threshold_ <= high_) {
    const double y = view.bar.bottom() - (threshold_ - low_) / (high_ - low_) * view.bar.height();
    painter.setPen(QPen(theme.dark ? QColor(0xff, 0xb0, 0x3a) : QColor(0xd5, 0x5e, 0x00), 2));
    painter.drawLine(QPointF(view.bar.left() - 3, y), QPointF(view.bar.right() + 3, y));
  }
}

void HeatmapChart::render(QPainter& painter, const QRectF& target, const View& view) const {
  const ChartTheme theme = ChartTheme::of(palette());
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(target, theme.background);
  if (rows_.empty()) {
    painter.setFont(chartFont(font()));
    painter.setPen(theme.muted);
    painter.drawText(target.adjusted(24, 12, -24, -12), Qt::AlignCenter | Qt::TextWordWrap, emptyText_);
    painter.restore();
    return;
  }
  drawNames(painter, view, target);
  painter.save();
  painter.setClipRect(view.area);
  drawCells(painter, view);
  painter.restore();
  drawBar(painter, view);
  painter.restore();
}

void HeatmapChart::draw(QPainter& painter, const QRectF& target) {
  render(painter, target, fittedView(target));
}

void HeatmapChart::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const View view = screenView();
  render(painter, rect(), view);
  const ChartTheme theme = ChartTheme::of(palette());
  if (banding_) {
    QColor fill = theme.accent;
    fill.setAlpha(50);
    painter.setPen(QPen(theme.accent, 1.2));
    painter.setBrush(fill);
    painter.drawRect(QRectF(pressed_, bandEnd_).normalized());
  } else if (hover_.valid()) {
    const QRectF cell = cellRect(hover_.row, hover_.column);
    painter.setPen(QPen(theme.text, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(cell.adjusted(-1, -1, 0, 0));
    drawTip(painter, rect(), cell.center(), hoverText(), theme, font());
  }
}

}  // namespace discern::ui
