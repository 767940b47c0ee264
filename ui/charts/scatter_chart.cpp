#include "ui/charts/scatter_chart.h"

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "ui/charts/colours.h"
#include "ui/charts/styles.h"
#include "ui/charts/tip.h"

namespace discern::ui {
namespace {
constexpr int kTipPicture = 112;  // pixels across, beside the mouse
}  // namespace

ScatterChart::ScatterChart(const QString& name, QWidget* parent) : PlotChart(name, parent) {}

void ScatterChart::setData(ScatterData data) {
  data_ = std::move(data);
  styles_ = stylesOf(data_.styleNames);
  hover_ = -1;
  index_.reset();
  std::erase_if(selected_, [&](int i) { return i >= static_cast<int>(data_.points.size()); });
  if (muted_.size() != data_.points.size()) muted_.clear();
  changed();
}

void ScatterChart::setColours(ScatterColours colours) {
  static_cast<ScatterColours&>(data_) = std::move(colours);
  styles_ = stylesOf(data_.styleNames);
  if (index_) index_->retag([this](std::size_t point) { return tagOf(point); });
  changed();
}

void ScatterChart::setPicture(std::function<QPixmap(int, int)> picture) { picture_ = std::move(picture); }

void ScatterChart::picturesCame() {
  if (pictured_)
    repaint();
  else if (hover_ >= 0)
    update();
}

void ScatterChart::setPicturesNear(bool near) {
  near_ = near;
  viewChanged();
}

void ScatterChart::centreOn(const std::vector<int>& points) {
  constexpr double kNearest = 0.08;  // part of the whole that is seen around a single dot
  std::optional<QRectF> box;         // of no size where all lie in one place
  for (const int i : points)
    if (const QPointF& p = data_.points.at(static_cast<std::size_t>(i)); std::isfinite(p.x() + p.y()))
      box = !box ? QRectF(p, QSizeF(0, 0))
                 : QRectF(QPointF(std::min(box->left(), p.x()), std::min(box->top(), p.y())),
                          QPointF(std::max(box->right(), p.x()), std::max(box->bottom(), p.y())));
  if (!box) return;
  resetZoom();
  const QRectF all = whole();
  const double width = std::max(1.2 * box->width(), kNearest * all.width());
  const double height = std::max(1.2 * box->height(), kNearest * all.height());
  setView({box->center().x() - width / 2, box->center().y() - height / 2, width, height});
}

void ScatterChart::setMuted(std::vector<unsigned char> muted) {
  if (muted == muted_) return;
  muted_ = std::move(muted);
  dotsChanged();
}

void ScatterChart::dotsChanged() {
  if (few_)
    viewChanged();  // Qt Charts holds them
  else
    repaint();
}

void ScatterChart::setTableColumns(const QStringList& columns, std::function<QStringList(int)> cells) {
  columns_ = columns;
  cells_ = std::move(cells);
}

void ScatterChart::setSelected(std::vector<int> points) {
  if (points == selected_) return;
  selected_ = std::move(points);
  dotsChanged();
}

void ScatterChart::setTooltip(std::function<QString(int)> tooltip) { tooltip_ = std::move(tooltip); }

bool ScatterChart::hasData() const { return !data_.points.empty(); }

std::vector<char> ScatterChart::hiddenStyles() const {
  std::vector<char> hidden;
  for (const QString& name : data_.styleNames) hidden.push_back(isHidden(name));
  return hidden;
}

bool ScatterChart::isShown(int point, const std::vector<char>& hidden) const {
  const auto i = static_cast<std::size_t>(point);
  const auto style = static_cast<std::size_t>(i < data_.styles.size() ? data_.styles[i] : 0);
  return style >= hidden.size() || !hidden[style];
}

void ScatterChart::dataRange(Range& x, Range& y) const {
  const std::vector<char> hidden = hiddenStyles();
  for (std::size_t i = 0; i < data_.points.size(); ++i) {
    if (!isShown(static_cast<int>(i), hidden)) continue;
    x.add(data_.points[i].x(), xAxis().log);
    y.add(data_.points[i].y(), yAxis().log);
  }
}

const PointIndex& ScatterChart::index() const {
  const std::pair log(xAxis().log, yAxis().log);
  if (index_ && indexLog_ == log) return *index_;
  indexLog_ = log;
  const auto unit = [](double value, bool isLog) {
    return !isLog ? value : value > 0 ? std::log10(value) : std::nan("");
  };
  std::vector<QPointF> units = data_.points;
  if (log.first || log.second)
    for (QPointF& p : units) p = {unit(p.x(), log.first), unit(p.y(), log.second)};
  std::vector<std::uint32_t> tags(units.size());
  for (std::size_t i = 0; i < tags.size(); ++i) tags[i] = tagOf(i);
  return index_.emplace(units, tags);
}

void ScatterChart::drawLabels(QPainter& painter, const PlotFrame& frame) const {
  if (data_.labels.isEmpty()) return;
  const ChartTheme theme = ChartTheme::of(palette());
  const QFont small = chartFont(font(), 0.86);
  const QFontMetricsF metrics(small);
  painter.setFont(small);
  painter.setPen(theme.text);
  const double r = radius_;
  std::vector<QRectF> taken;
  for (const int i : seen_) {
    const QPointF& p = data_.points[static_cast<std::size_t>(i)];
    taken.emplace_back(frame.pixelX(p.x()) - r, frame.pixelY(p.y()) - r, 2 * r, 2 * r);
  }
  for (const int i : seen_) {
    const QPointF& p = data_.points[static_cast<std::size_t>(i)];
    if (data_.labels.value(i).isEmpty()) continue;
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

void ScatterChart::addFront(const PlotFrame& frame) {
  const QPen pen(ChartTheme::of(palette()).muted, 1.4, Qt::DashLine);
  QPolygonF line;
  for (const int i : data_.front) {
    const QPointF& p = data_.points.at(static_cast<std::size_t>(i));
    if (frame.valid(p.x(), p.y())) line << QPointF(frame.pixelX(p.x()), frame.pixelY(p.y()));
  }
  const QRectF box = frame.plot.adjusted(-0.5, -0.5, 0.5, 0.5);
  if (std::ranges::all_of(line, [&](const QPointF& p) { return box.contains(p); })) {
    if (line.size() > 1) addLine(line, pen);
    return;
  }
  for (qsizetype i = 1; i < line.size(); ++i)
    if (QPointF a = line[i - 1], b = line[i]; cut(a, b, box)) addLine({a, b}, pen);
}

std::vector<LegendEntry> ScatterChart::legend() const {
  std::vector<LegendEntry> entries;
  for (int i = 0; i < data_.styleNames.size(); ++i)
    if (data_.styles.empty() || std::ranges::find(data_.styles, i) != data_.styles.end())
      entries.push_back({data_.styleNames[i], styles_[static_cast<std::size_t>(i)]});
  return entries;
}

int ScatterChart::pointAt(const QPointF& pixel) const {
  const PlotFrame shown = frame();
  if (shown.plot.isEmpty()) return -1;
  const double reach = radius_ + 5;
  const QPointF low = shown.unitAt({pixel.x() - reach, pixel.y() + reach});
  const QPointF high = shown.unitAt({pixel.x() + reach, pixel.y() - reach});
  const std::vector<char> hidden = hiddenStyles();
  int best = -1;
  double bestDistance = reach * reach;
  index().each(QRectF(low, high).intersected(shown.view()), [&](const PointIndex::Entry& entry) {
    const QPointF& p = entry.place;
    const double dx =
        shown.plot.left() + (p.x() - shown.xLow) / (shown.xHigh - shown.xLow) * shown.plot.width();
    const double dy =
        shown.plot.bottom() - (p.y() - shown.yLow) / (shown.yHigh - shown.yLow) * shown.plot.height();
    const double distance = (dx - pixel.x()) * (dx - pixel.x()) + (dy - pixel.y()) * (dy - pixel.y());
    if (distance >= bestDistance || !isShown(entry.number, hidden)) return;
    bestDistance = distance;
    best = entry.number;
  });
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
  if (!pictured_) painter.drawEllipse(pixel, radius_ + 2, radius_ + 2);
  QPixmap picture = picture_ ? picture_(hover_, kTipPicture) : QPixmap();
  if (!picture.isNull()) {
    picture = picture.scaled(QSize(kTipPicture, kTipPicture) * devicePixelRatioF(), Qt::KeepAspectRatio,
                             Qt::SmoothTransformation);
    picture.setDevicePixelRatio(devicePixelRatioF());
  }
  drawTip(painter, rect(), pixel, picture, text, theme, font());
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
    const std::vector<char> hidden = hiddenStyles();
    const QRectF whole = (lasso_ ? reach : box).intersected(shown.plot);
    const QRectF units(shown.unitAt(whole.bottomLeft()), shown.unitAt(whole.topRight()));
    index().each(units, [&](const PointIndex::Entry& entry) {
      const int i = entry.number;
      const QPointF& p = data_.points[static_cast<std::size_t>(i)];
      const QPointF pixel(shown.pixelX(p.x()), shown.pixelY(p.y()));
      if (isShown(i, hidden) && (!lasso_ || band_.containsPoint(pixel, Qt::OddEvenFill))) caught.push_back(i);
    });
    std::ranges::sort(caught);
    emit selectionMade(caught);
  }
  update();
}

void ScatterChart::mouseDoubleClickEvent(QMouseEvent* event) {
  const int point = pointAt(event->position());
  if (point < 0) return PlotChart::mouseDoubleClickEvent(event);
  emit pointDoubleClicked(point);
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
