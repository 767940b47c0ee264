// The dots of a scatter chart: painted as shapes where they
// are few, stamped into a picture where they are many.
#include <QPaintEngine>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "ui/charts/colours.h"
#include "ui/charts/scatter_chart.h"
#include "ui/charts/stamp.h"

namespace discern::ui {
namespace {

constexpr std::size_t kStamped = 300;   // more dots than this are stamped on screen
constexpr std::size_t kVectors = 5000;  // and more than this also in SVG and PDF: nobody could open the file
constexpr double kRaster = 2;           // pixels of that picture per pixel of the chart
constexpr std::size_t kCrowd = 40;      // more chosen dots than this lie on a ground: rings would hide them
constexpr double kRingPen = 1.6, kMutedPen = 1.1;

QPainterPath ring(double radius) {
  QPainterPath path;
  path.addEllipse(QPointF(0, 0), radius, radius);
  return path;
}

}  // namespace

// Colours that are asked for once a dot, made once a drawing.
struct ScatterChart::Looks {
  ChartTheme theme;
  double radius = 0;
  std::vector<QRgb> styles, categories;
  QRgb faint = 0, mutedRing = 0, selectedRing = 0;

  Looks(const ScatterChart& chart) : theme(ChartTheme::of(chart.palette())), radius(chart.radius()) {
    const bool many = chart.data_.points.size() > 1000;
    const auto made = [&](QColor colour) {
      if (many) colour.setAlpha(chart.muted_.empty() ? 170 : 220);
      return colour.rgba();
    };
    for (int style = 0; style < kStyles; ++style) styles.push_back(made(styleColour(style, theme.dark)));
    const auto& named = chart.data_.categories;
    const int last = named.empty() ? -1 : *std::max_element(named.begin(), named.end());
    for (int category = 0; category <= last; ++category)
      categories.push_back(made(categoryColour(category, theme.dark)));
    QColor grey = theme.frame;
    grey.setAlpha(90);
    faint = grey.rgba();
    QColor outline = theme.muted;
    outline.setAlpha(many ? 150 : 220);
    mutedRing = outline.rgba();
    selectedRing = theme.text.rgba();
  }
  double mutedRadius() const { return radius + std::min(1.0, 0.4 * radius); }
  double selectedRadius() const { return radius + 2.5; }
};

// Calls draw(pixel, style, colour, muting) from the lowest to the highest.
template <typename Draw>
void ScatterChart::eachDot(const PlotFrame& frame, const Looks& looks, Draw draw) const {
  for (const bool muted : {true, false}) {
    if (muted && muted_.empty()) continue;
    for (std::size_t i = 0; i < data_.points.size(); ++i) {
      const unsigned char muting = muted_.empty() ? static_cast<unsigned char>(Plain) : muted_[i];
      if ((muting != Plain) != muted) continue;
      const QPointF& p = data_.points[i];
      if (!frame.valid(p.x(), p.y())) continue;
      const int style = i < data_.styles.size() ? ((data_.styles[i] % kStyles) + kStyles) % kStyles : 0;
      QRgb colour = looks.faint;
      if (muting == Plain) {
        const int category = i < data_.categories.size() ? data_.categories[i] : -1;
        if (i < data_.values.size()) {
          QColor value = mapColour(data_.values[i], data_.valueLow, data_.valueHigh);
          if (data_.points.size() > 1000) value.setAlpha(170);
          colour = value.rgba();
        } else {
          colour = category >= 0 ? looks.categories[static_cast<std::size_t>(category)]
                                 : looks.styles[static_cast<std::size_t>(style)];
        }
      }
      draw(QPointF(frame.pixelX(p.x()), frame.pixelY(p.y())), style, colour, muting);
    }
  }
}

void ScatterChart::paintDots(QPainter& painter, const PlotFrame& frame, const Looks& looks) const {
  std::array<QPainterPath, kStyles> markers;
  for (int style = 0; style < kStyles; ++style)
    markers[static_cast<std::size_t>(style)] = styleMarker(style, {0, 0}, looks.radius);
  eachDot(frame, looks, [&](const QPointF& pixel, int style, QRgb colour, unsigned char muting) {
    painter.setBrush(QColor::fromRgba(colour));
    painter.setPen(Qt::NoPen);
    painter.drawPath(markers[static_cast<std::size_t>(style)].translated(pixel));
    if (muting != Muted) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor::fromRgba(looks.mutedRing), kMutedPen));
    painter.drawEllipse(pixel, looks.mutedRadius(), looks.mutedRadius());
  });
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(looks.theme.text, kRingPen));
  for (const int i : selected_) {
    const QPointF& p = data_.points.at(static_cast<std::size_t>(i));
    if (frame.valid(p.x(), p.y()))
      painter.drawEllipse(QPointF(frame.pixelX(p.x()), frame.pixelY(p.y())), looks.selectedRadius(),
                          looks.selectedRadius());
  }
}

void ScatterChart::stampDots(QPainter& painter, const PlotFrame& frame, const Looks& looks,
                             double scale) const {
  const QRect area = frame.plot.toAlignedRect();
  QImage picture((QSizeF(area.size()) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
  if (picture.isNull()) return;
  picture.fill(Qt::transparent);
  const auto place = [&](const QPointF& pixel) { return (pixel - area.topLeft()) * scale; };
  const bool crowded = selected_.size() > kCrowd;
  const auto stampSelected = [&] {
    Stamp mark(ring(looks.selectedRadius() * scale), crowded ? std::optional<double>() : kRingPen * scale);
    for (const int i : selected_) {
      const QPointF& p = data_.points.at(static_cast<std::size_t>(i));
      if (frame.valid(p.x(), p.y()))
        mark.put(picture, place({frame.pixelX(p.x()), frame.pixelY(p.y())}), looks.selectedRing);
    }
  };
  if (crowded) stampSelected();
  std::array<std::optional<Stamp>, kStyles> markers;
  Stamp mutedRing(ring(looks.mutedRadius() * scale), kMutedPen * scale);
  eachDot(frame, looks, [&](const QPointF& pixel, int style, QRgb colour, unsigned char muting) {
    auto& marker = markers[static_cast<std::size_t>(style)];
    if (!marker) marker.emplace(styleMarker(style, {0, 0}, looks.radius * scale));
    marker->put(picture, place(pixel), colour);
    if (muting == Muted) mutedRing.put(picture, place(pixel), looks.mutedRing);
  });
  if (!crowded) stampSelected();
  painter.drawImage(QRectF(area), picture);
}

void ScatterChart::drawDots(QPainter& painter, const PlotFrame& frame) const {
  const Looks looks(*this);
  const std::size_t points = data_.points.size();
  const bool screen = painter.paintEngine()->type() == QPaintEngine::Raster;
  if (points <= (screen ? kStamped : kVectors)) return paintDots(painter, frame, looks);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  stampDots(painter, frame, looks, screen ? std::max(1.0, painter.deviceTransform().m11()) : kRaster);
}

}  // namespace discern::ui
