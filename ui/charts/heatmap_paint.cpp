#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/charts/colours.h"
#include "ui/charts/heatmap_chart.h"
#include "ui/charts/tip.h"

namespace discern::ui {
namespace {

constexpr double kLegendHeight = 10, kLegendWidth = 120;
constexpr double kNarrow = 3;  // pixels: narrower cells are painted as pixels

QColor markColour(const ChartTheme& theme) {
  return theme.dark ? QColor(0xff, 0xb0, 0x3a) : QColor(0xd5, 0x5e, 0x00);
}

// Over a cell of that colour.
QBrush hatch(const QColor& under) {
  QColor ink = textOn(under);
  ink.setAlpha(190);
  return {ink, Qt::BDiagPattern};
}

}  // namespace

double HeatmapChart::labelWidth(double limit) const {
  if (widest_ >= 0) return std::min(widest_ + 12, limit);
  const QFontMetricsF metrics(chartFont(font(), 0.9));
  double widest = metrics.horizontalAdvance(rowTitle_ + QStringLiteral(" ▾"));
  const std::size_t step = std::max<std::size_t>(1, rows_.size() / 400);  // a sample says it well enough
  for (std::size_t r = 0; r < rows_.size(); r += step)
    widest = std::max(widest, metrics.horizontalAdvance(rows_[r].name));
  widest_ = widest;
  return std::min(widest + 12, limit);
}

double HeatmapChart::columnWidth(const HeatmapColumn& column) const {
  const QFontMetricsF metrics(chartFont(font(), 0.9));
  const double least = column.kind == HeatmapColumn::Kind::Share ? 58 : 40;
  return std::max(least, metrics.horizontalAdvance(column.title + QStringLiteral(" ▾")) + 12);
}

QString HeatmapChart::figureText(const HeatmapColumn& column, double value) const {
  if (!std::isfinite(value)) return QStringLiteral("–");
  switch (column.kind) {
    case HeatmapColumn::Kind::Share:
      return QLocale().toString(100 * value, 'f', 0) + QStringLiteral(" %");
    case HeatmapColumn::Kind::Count:
      return QLocale().toString(value, 'f', 0);
    case HeatmapColumn::Kind::Similarity:
      break;
  }
  return QLocale().toString(value, 'f', 3);
}

HeatmapChart::View HeatmapChart::fittedView(const QRectF& target) const {
  View view;
  const QFontMetricsF metrics(chartFont(font(), 0.9));
  const double header = metrics.height() + 8, footer = metrics.height() + 10;
  view.labelWidth = labelWidth(std::min(columns_.empty() ? 190.0 : 130.0, target.width() * 0.3));
  double left = target.left() + kChartMargin + view.labelWidth;
  for (const HeatmapColumn& column : columns_) {
    view.columnLeft.push_back(left);
    left += columnWidth(column);
  }
  view.columnLeft.push_back(left);
  left += columns_.empty() ? 0 : 6;
  view.area =
      QRectF(left, target.top() + kChartMargin + header, std::max(10.0, target.right() - kChartMargin - left),
             std::max(10.0, target.height() - 2 * kChartMargin - header - footer));
  view.legend = QRectF(view.area.left(), view.area.bottom() + footer - kLegendHeight - 1,
                       std::min(kLegendWidth, view.area.width() / 3), kLegendHeight);
  view.rowHeight =
      std::min(kRow, view.area.height() / std::max<double>(1, static_cast<double>(rows_.size())));
  return view;
}

// Rows thinner than can be seen alone: a pixel has the mean of its cells.
void HeatmapChart::drawRowsAsImage(QPainter& painter, const View& view) const {
  const int width = std::clamp(static_cast<int>(view.area.width()), 1, 2000);
  QImage image(width, std::max(1, static_cast<int>(rows_.size())), QImage::Format_ARGB32);
  image.fill(Qt::transparent);
  const double scale = view.area.width() / width;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(static_cast<int>(r)));
    const HeatmapRow& row = rows_[r];
    const double cell = cellWidth(view, row) / scale;
    std::size_t before = row.values.size(), until = 0;  // cells of the last pixel
    for (int x = 0; x < width; ++x) {
      const auto from = static_cast<std::size_t>(x / cell);
      if (from >= row.values.size()) break;
      const auto to = std::clamp(static_cast<std::size_t>((x + 1) / cell), from + 1, row.values.size());
      if (from == before && to == until) {
        line[x] = line[x - 1];
        continue;
      }
      before = from;
      until = to;
      double sum = 0;
      int known = 0;
      for (std::size_t c = from; c < to; ++c)
        if (std::isfinite(row.values[c])) sum += row.values[c], ++known;
      line[x] = mapColour(known > 0 ? sum / known : std::nan(""), low_, high_).rgb();
    }
  }
  painter.drawImage(QRectF(view.area.topLeft(),
                           QSizeF(view.area.width(), view.rowHeight * static_cast<double>(rows_.size()))),
                    image);
}

bool HeatmapChart::isSelected(int id) const {
  return std::binary_search(selected_.begin(), selected_.end(), id);
}

void HeatmapChart::drawCell(QPainter& painter, const HeatmapRow& row, std::size_t c,
                            const QRectF& cell) const {
  const ChartTheme theme = ChartTheme::of(palette());
  const float value = row.values[c];
  if (std::isfinite(value)) {
    const QColor colour = mapColour(value, low_, high_);
    painter.fillRect(cell, colour);
    if (isDropped(row, c)) painter.fillRect(cell, hatch(colour));
  } else {
    painter.setPen(QPen(theme.muted, 1, Qt::DotLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(cell.adjusted(0, 0, -1, -1));
    if (isDropped(row, c)) painter.fillRect(cell, hatch(theme.background));
  }
  if (!isSelected(row.ids[c])) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme.background, 3));
  painter.drawRect(cell.adjusted(1, 1, -2, -2));
  painter.setPen(QPen(markColour(theme), 2));
  painter.drawRect(cell.adjusted(0, 0, -1, -1));
}

// A row of more images than can be told apart: each pixel has the mean of its cells, and is hatched where
// most of them are dropped.
void HeatmapChart::drawStrip(QPainter& painter, const HeatmapRow& row, const QRectF& strip) const {
  const ChartTheme theme = ChartTheme::of(palette());
  const int width = std::max(1, static_cast<int>(strip.width()));
  const double cell = static_cast<double>(width) / static_cast<double>(row.values.size());
  double hatchedFrom = -1;
  QColor under;
  const auto endHatch = [&](double x) {
    if (hatchedFrom >= 0)
      painter.fillRect(QRectF(strip.left() + hatchedFrom, strip.top(), x - hatchedFrom, strip.height()),
                       hatch(under));
    hatchedFrom = -1;
  };
  for (int x = 0; x < width; ++x) {
    const auto from = std::min(static_cast<std::size_t>(x / cell), row.values.size() - 1);
    const auto to = std::clamp(static_cast<std::size_t>((x + 1) / cell), from + 1, row.values.size());
    double sum = 0;
    std::size_t known = 0, dropped = 0;
    bool selected = false;
    for (std::size_t c = from; c < to; ++c) {
      if (std::isfinite(row.values[c])) sum += row.values[c], ++known;
      dropped += isDropped(row, c) ? 1 : 0;
      selected = selected || isSelected(row.ids[c]);
    }
    const QColor colour = mapColour(known > 0 ? sum / static_cast<double>(known) : std::nan(""), low_, high_);
    painter.fillRect(QRectF(strip.left() + x, strip.top(), 1, strip.height()), colour);
    if (selected) painter.fillRect(QRectF(strip.left() + x, strip.bottom() - 3, 1, 3), markColour(theme));
    if (2 * dropped > to - from) {
      if (hatchedFrom < 0) hatchedFrom = x, under = colour;
    } else {
      endHatch(x);
    }
  }
  endHatch(width);
}

void HeatmapChart::drawCells(QPainter& painter, const View& view, int first, int last) const {
  if (view.rowHeight < kNarrow) return drawRowsAsImage(painter, view);
  const double rowGap = view.rowHeight >= 8 ? 2 : 0;
  painter.setRenderHint(QPainter::Antialiasing, false);
  for (int r = first; r <= last; ++r) {
    const HeatmapRow& row = rows_[static_cast<std::size_t>(r)];
    const double y = view.area.top() + r * view.rowHeight - view.scrollY;
    const double width = cellWidth(view, row), gap = width >= 6 && view.rowHeight >= 6 ? 1 : 0;
    if (row.values.empty()) continue;
    if (width < kNarrow) {
      drawStrip(painter, row,
                QRectF(view.area.left(), y, width * static_cast<double>(row.values.size()),
                       view.rowHeight - rowGap));
      continue;
    }
    for (std::size_t c = 0; c < row.values.size(); ++c)
      drawCell(
          painter, row, c,
          QRectF(view.area.left() + static_cast<double>(c) * width, y, width - gap, view.rowHeight - rowGap));
  }
  painter.setRenderHint(QPainter::Antialiasing);
}

void HeatmapChart::drawHeader(QPainter& painter, const View& view, const QRectF& target) const {
  const ChartTheme theme = ChartTheme::of(palette());
  const QFont small = chartFont(font(), 0.9);
  const QFontMetricsF metrics(small);
  painter.setFont(small);
  const double y = view.area.top() - 8 - metrics.descent();
  const auto title = [&](int header, const QString& text) {
    painter.setPen(header == sorted_ ? theme.text : theme.muted);
    return header == sorted_ ? text + (reversed_ ? QStringLiteral(" ▴") : QStringLiteral(" ▾")) : text;
  };
  painter.drawText(QPointF(target.left() + kChartMargin, y),
                   metrics.elidedText(title(0, rowTitle_), Qt::ElideRight, view.labelWidth - 8));
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const QString text = title(static_cast<int>(c) + 1, columns_[c].title);
    painter.drawText(QPointF(view.columnLeft[c + 1] - 6 - metrics.horizontalAdvance(text), y), text);
  }
  painter.setPen(theme.muted);
  painter.drawText(QPointF(view.area.left(), y),
                   metrics.elidedText(columnTitle_, Qt::ElideRight, view.area.width()));
}

void HeatmapChart::drawFigures(QPainter& painter, const View& view, double y, const HeatmapRow& row) const {
  const ChartTheme theme = ChartTheme::of(palette());
  const QFontMetricsF metrics(painter.font());
  const double baseline = y + view.rowHeight / 2 + metrics.ascent() / 2 - metrics.descent() / 2;
  for (std::size_t c = 0; c < columns_.size() && c < row.figures.size(); ++c) {
    const double value = row.figures[c], right = view.columnLeft[c + 1] - 6;
    if (columns_[c].kind == HeatmapColumn::Kind::Share && std::isfinite(value) && view.rowHeight >= 8) {
      const QRectF whole(view.columnLeft[c] + 2, y + 2, right - view.columnLeft[c] - 2, view.rowHeight - 6);
      QColor fill = theme.accent;
      fill.setAlpha(70);
      painter.fillRect(whole, theme.grid);
      painter.fillRect(
          QRectF(whole.topLeft(), QSizeF(whole.width() * std::clamp(value, 0.0, 1.0), whole.height())), fill);
    }
    painter.setPen(std::isfinite(value) ? theme.text : theme.muted);
    const QString text = figureText(columns_[c], value);
    painter.drawText(QPointF(right - 3 - metrics.horizontalAdvance(text), baseline), text);
  }
}

void HeatmapChart::drawNames(QPainter& painter, const View& view, const QRectF& target, int first,
                             int last) const {
  const ChartTheme theme = ChartTheme::of(palette());
  const QFont small = chartFont(font(), 0.9);
  const QFontMetricsF metrics(small);
  painter.setFont(small);
  // Every k-th name when rows are thinner than a line of text.
  const int every = std::max(1, static_cast<int>(std::ceil((metrics.height() - 2) / view.rowHeight)));
  painter.save();
  painter.setClipRect(QRectF(target.left(), view.area.top(), target.width(), view.area.height()));
  for (int r = first - first % every; r <= last; r += every) {
    const HeatmapRow& row = rows_[static_cast<std::size_t>(r)];
    const double y = view.area.top() + r * view.rowHeight - view.scrollY;
    painter.setPen(theme.text);
    painter.drawText(QPointF(target.left() + kChartMargin,
                             y + view.rowHeight / 2 + metrics.ascent() / 2 - metrics.descent() / 2),
                     metrics.elidedText(row.name, Qt::ElideMiddle, view.labelWidth - 8));
    drawFigures(painter, view, y, row);
  }
  painter.restore();
}

void HeatmapChart::drawLegend(QPainter& painter, const View& view) const {
  const ChartTheme theme = ChartTheme::of(palette());
  const QFont small = chartFont(font(), 0.85);
  const QFontMetricsF metrics(small);
  const QRectF& bar = view.legend;
  const double baseline = bar.center().y() + metrics.ascent() / 2 - metrics.descent() / 2;
  painter.setFont(small);
  painter.setPen(theme.muted);
  double x = bar.left();
  const auto say = [&](const QString& text) {
    painter.setPen(theme.muted);
    painter.drawText(QPointF(x, baseline), text);
    x += metrics.horizontalAdvance(text) + 6;
  };
  say(valueTitle_ + ' ' + shortNumber(low_));
  const QRectF colours(x, bar.top(), bar.width(), bar.height());
  painter.setPen(Qt::NoPen);
  painter.setBrush(mapRamp(colours));
  painter.drawRect(colours);
  x = colours.right() + 6;
  say(shortNumber(high_));
  if (!std::isfinite(threshold_)) return;
  const QString dropped = tr("dropped at %L1").arg(threshold_, 0, 'f', 3);
  x += 8;
  if (x + bar.height() * 2 + 6 + metrics.horizontalAdvance(dropped) > view.area.right()) return;
  const QRectF sample(x, bar.top(), bar.height() * 2, bar.height());
  painter.fillRect(sample, mapColour(0.2));
  painter.fillRect(sample, hatch(mapColour(0.2)));
  x = sample.right() + 6;
  say(dropped);
}

void HeatmapChart::drawCurrent(QPainter& painter, const View& view) const {
  if (current_.row < 0) return;
  const ChartTheme theme = ChartTheme::of(palette());
  const QRectF cell = cellRect(current_.row, current_.column);
  if (cell.bottom() < view.area.top() || cell.top() > view.area.bottom()) return;
  painter.save();
  painter.setClipRect(QRectF(0, view.area.top() - 2, width(), view.area.height() + 4));
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme.background, 4));
  painter.drawRect(cell.adjusted(-1, -1, 0, 0));
  painter.setPen(QPen(hasFocus() ? theme.accent : theme.muted, 2));
  painter.drawRect(cell.adjusted(-1, -1, 0, 0));
  painter.restore();
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
  const int first = std::max(0, static_cast<int>(view.scrollY / view.rowHeight));
  const int last = std::min(static_cast<int>(rows_.size()) - 1,
                            static_cast<int>((view.scrollY + view.area.height()) / view.rowHeight));
  drawHeader(painter, view, target);
  drawNames(painter, view, target, first, last);
  painter.save();
  painter.setClipRect(view.area);
  drawCells(painter, view, first, last);
  painter.restore();
  drawLegend(painter, view);
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
  drawCurrent(painter, view);
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
