#include "ui/charts/score_strip.h"

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/charts/colours.h"
#include "ui/charts/ticks.h"
#include "ui/charts/tip.h"
#include "ui/language/words.h"

namespace discern::ui {
namespace {

constexpr double kSmallest = 10, kLargest = 84, kGap = 3, kStem = 10;

// Lowest lane of each picture so that none covers another, from left to right; empty: more than `lanes`.
std::vector<int> lanesOf(const std::vector<double>& left, double side, int lanes) {
  std::vector<std::size_t> order(left.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return left[i]; });
  std::vector<double> until(static_cast<std::size_t>(std::max(1, lanes)), -HUGE_VAL);
  std::vector<int> result(left.size(), 0);
  for (const std::size_t i : order) {
    const auto free = std::ranges::find_if(until, [&](double end) { return end <= left[i]; });
    if (free == until.end()) return {};
    *free = left[i] + side + kGap;
    result[i] = static_cast<int>(free - until.begin());
  }
  return result;
}

}  // namespace

ScoreStrip::ScoreStrip(const QString& name, QWidget* parent) : Chart(parent), name_(name) {
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setAccessibleName(engineText(captionOf(name)));
}

void ScoreStrip::setImages(std::vector<StripImage> images) {
  images_ = std::move(images);
  hover_ = -1;
  update();
}

void ScoreStrip::setPictures(std::function<QPixmap(int, int)> pictures) { pictures_ = std::move(pictures); }

void ScoreStrip::setThreshold(double score) {
  threshold_ = score;
  update();
}

void ScoreStrip::setTitle(const QString& axis) {
  title_ = axis;
  update();
}

void ScoreStrip::setCurrent(int id) {
  current_ = id;
  update();
}

void ScoreStrip::setEmptyText(const QString& text) {
  emptyText_ = text;
  update();
}

double ScoreStrip::xOf(const Layout& layout, double score) const {
  return layout.axis.left() + std::clamp(score, 0.0, 1.0) * layout.axis.width();
}

ScoreStrip::Layout ScoreStrip::layoutIn(const QRectF& target) const {
  Layout layout;
  const double footer = QFontMetricsF(chartFont(font(), 0.9)).height() + 12;
  layout.axis =
      QRectF(target.left() + 46, target.top() + kChartMargin + 16, std::max(20.0, target.width() - 92),
             std::max(20.0, target.height() - 2 * kChartMargin - footer - 16));
  const double room = std::max(kSmallest, layout.axis.height() - kStem);
  std::vector<int> lanes;
  std::vector<double> left;
  for (double side = std::min(kLargest, room); side >= kSmallest && lanes.empty(); side -= 2) {
    left.clear();
    for (const StripImage& image : images_)
      left.push_back(std::isfinite(image.score) ? xOf(layout, image.score) - side / 2 : target.left() + 2);
    lanes = lanesOf(left, side, static_cast<int>((room + kGap) / (side + kGap)));
    layout.side = side;
  }
  if (lanes.size() != images_.size()) lanes.assign(images_.size(), 0);  // so many that they cover each other
  for (std::size_t i = 0; i < images_.size(); ++i)
    layout.places.emplace_back(left[i],
                               layout.axis.bottom() - kStem - layout.side - lanes[i] * (layout.side + kGap),
                               layout.side, layout.side);
  return layout;
}

void ScoreStrip::drawAxis(QPainter& painter, const Layout& layout) const {
  const ChartTheme theme = ChartTheme::of(palette());
  const QFont small = chartFont(font(), 0.9);
  const QFontMetricsF metrics(small);
  painter.setFont(small);
  painter.setPen(QPen(theme.frame, 1));
  painter.drawLine(layout.axis.bottomLeft(), layout.axis.bottomRight());
  for (const Tick& tick : linearTicks(0, 1, 10, false)) {
    const double x = xOf(layout, tick.position);
    painter.setPen(QPen(theme.frame, 1));
    painter.drawLine(QPointF(x, layout.axis.bottom()), QPointF(x, layout.axis.bottom() + 4));
    painter.setPen(theme.muted);
    painter.drawText(
        QPointF(x - metrics.horizontalAdvance(tick.label) / 2, layout.axis.bottom() + 6 + metrics.ascent()),
        tick.label);
  }
  painter.setPen(theme.muted);
  painter.drawText(QPointF(layout.axis.left() - 40, layout.axis.top() - 16 + metrics.ascent()), title_);
  if (!std::isfinite(threshold_)) return;
  const double x = xOf(layout, threshold_);
  painter.setPen(QPen(theme.accent, 1.6, Qt::DashLine));
  painter.drawLine(QPointF(x, layout.axis.top() - 2), QPointF(x, layout.axis.bottom()));
  const QString text = tr("threshold %L1").arg(threshold_, 0, 'f', 3);
  const double width = metrics.horizontalAdvance(text);
  painter.setPen(theme.accent);
  painter.drawText(QPointF(std::clamp(x + 5, layout.axis.left(), layout.axis.right() - width + 40),
                           layout.axis.top() - 16 + metrics.ascent()),
                   text);
}

void ScoreStrip::drawImage(QPainter& painter, const StripImage& image, const QRectF& place,
                           const Layout& layout) const {
  const ChartTheme theme = ChartTheme::of(palette());
  if (std::isfinite(image.score)) {
    painter.setPen(QPen(theme.grid, 1));
    const double x = xOf(layout, image.score);
    painter.drawLine(QPointF(x, place.bottom()), QPointF(x, layout.axis.bottom()));
  }
  const QPixmap picture = pictures_ ? pictures_(image.id, static_cast<int>(place.width())) : QPixmap();
  const bool grey = !image.kept || !image.on;
  painter.fillRect(place, theme.grid);
  if (!picture.isNull()) {
    const QSizeF fitted = QSizeF(picture.size()).scaled(place.size(), Qt::KeepAspectRatio);
    const QRectF inside(place.center() - QPointF(fitted.width() / 2, fitted.height() / 2), fitted);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setOpacity(grey ? 0.55 : 1);
    if (grey)
      painter.drawImage(inside, picture.toImage().convertToFormat(QImage::Format_Grayscale8));
    else
      painter.drawPixmap(inside, picture, QRectF(picture.rect()));
    painter.setOpacity(1);
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(image.id == current_ ? theme.accent
                      : grey               ? theme.muted
                                           : theme.text,
                      image.id == current_ ? 3 : 1, image.kept ? Qt::SolidLine : Qt::DashLine));
  painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5));
  if (image.on) return;
  painter.setPen(QPen(theme.text, 2));
  painter.drawLine(place.topLeft(), place.bottomRight());
  painter.drawLine(place.topRight(), place.bottomLeft());
}

void ScoreStrip::draw(QPainter& painter, const QRectF& target) {
  const ChartTheme theme = ChartTheme::of(palette());
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(target, theme.background);
  if (images_.empty()) {
    painter.setFont(chartFont(font()));
    painter.setPen(theme.muted);
    painter.drawText(target.adjusted(24, 12, -24, -12), Qt::AlignCenter | Qt::TextWordWrap, emptyText_);
  } else {
    const Layout layout = layoutIn(target);
    drawAxis(painter, layout);
    for (std::size_t i = 0; i < images_.size(); ++i) drawImage(painter, images_[i], layout.places[i], layout);
  }
  painter.restore();
}

void ScoreStrip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  draw(painter, rect());
  if (hover_ < 0) return;
  for (const StripImage& image : images_)
    if (image.id == hover_)
      drawTip(painter, rect(), pictureRect(hover_).center(),
              image.name +
                  (std::isfinite(image.score) ? tr("\nscore %L1").arg(image.score, 0, 'f', 3)
                                              : tr("\nno score")) +
                  (image.kept ? tr(", kept") : tr(", dropped")) +
                  (image.on ? QString() : tr(", switched off")),
              ChartTheme::of(palette()), font());
}

QRectF ScoreStrip::pictureRect(int id) const {
  const Layout layout = layoutIn(rect());
  for (std::size_t i = 0; i < images_.size(); ++i)
    if (images_[i].id == id) return layout.places[i];
  return {};
}

int ScoreStrip::idAt(const QPointF& pixel) const {
  const Layout layout = layoutIn(rect());
  for (std::size_t i = images_.size(); i-- > 0;)  // the last one is on top
    if (layout.places[i].contains(pixel)) return images_[i].id;
  return -1;
}

void ScoreStrip::mousePressEvent(QMouseEvent* event) {
  if (const int id = idAt(event->position()); event->button() == Qt::LeftButton && id >= 0)
    emit imageClicked(id);
}

void ScoreStrip::mouseDoubleClickEvent(QMouseEvent* event) {
  if (const int id = idAt(event->position()); id >= 0) emit imageOpened(id);
}

void ScoreStrip::mouseMoveEvent(QMouseEvent* event) {
  const int id = idAt(event->position());
  if (std::exchange(hover_, id) != id) update();
}

void ScoreStrip::leaveEvent(QEvent*) {
  hover_ = -1;
  update();
}

ChartTable ScoreStrip::table() const {
  ChartTable table;
  table.columns = {QStringLiteral("name"), QStringLiteral("id"), QStringLiteral("score"),
                   QStringLiteral("kept"), QStringLiteral("on")};
  const auto yesNo = [](bool value) { return value ? QStringLiteral("yes") : QStringLiteral("no"); };
  for (const StripImage& image : images_)
    table.rows << QStringList{image.name, QString::number(image.id),
                              std::isfinite(image.score) ? QString::number(image.score, 'g', 8) : QString(),
                              yesNo(image.kept), yesNo(image.on)};
  return table;
}

}  // namespace discern::ui
