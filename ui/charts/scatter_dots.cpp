// The dots of a scatter chart: handed to Qt Charts where they are few, stamped into a picture where they are
// many, counted where they are too many to be told apart.
#include <QFontMetricsF>
#include <QPaintEngine>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>

#include "ui/charts/colours.h"
#include "ui/charts/scatter_chart.h"
#include "ui/charts/stamp.h"

namespace discern::ui {
namespace {

constexpr std::size_t kFew = 300;         // dots that Qt Charts draws on screen
constexpr std::size_t kVectors = 5000;    // and in SVG and PDF: nobody could open a file of more
constexpr std::size_t kDots = 50000;      // more in view than this are a density
constexpr std::size_t kSwarm = 10000;     // of a chart of more than this the dots grow as one comes nearer
constexpr double kRaster = 2;             // pixels of a picture in SVG and PDF per pixel of the chart
constexpr double kBin = 2;                // pixels of the chart: a place whose dots are counted
constexpr std::size_t kCrowd = 40;        // more chosen dots than this lie on a ground: rings would hide them
constexpr std::uint32_t kShades = 256;    // of values
constexpr std::uint32_t kTagStyles = 64;  // styles of one chart at most
constexpr std::size_t kPictures = 200;    // dots that are pictures when they are seen alone
constexpr double kSmallestPicture = 22, kLargestPicture = 84;
constexpr double kRingPen = 1.6, kMutedPen = 1.1;

double radiusOf(std::size_t dots) {
  return dots <= 60 ? 5.5 : dots <= 1000 ? 3.5 : dots <= 10000 ? 2.4 : 1.6;
}

QPainterPath ring(double radius) {
  QPainterPath path;
  path.addEllipse(QPointF(0, 0), radius, radius);
  return path;
}

}  // namespace

// How a dot looks whatever the theme: a shade of its value, its category or its style.
std::uint32_t ScatterChart::tagOf(std::size_t i) const {
  if (i < data_.values.size()) {
    const double part = (data_.values[i] - data_.valueLow) / (data_.valueHigh - data_.valueLow);
    return std::isfinite(part)
               ? static_cast<std::uint32_t>(std::lround(std::clamp(part, 0.0, 1.0) * (kShades - 1)))
               : kShades;
  }
  if (i < data_.categories.size() && data_.categories[i] >= 0)
    return kTagStyles + static_cast<std::uint32_t>(data_.categories[i]);
  return static_cast<std::uint32_t>(
      i < data_.styles.size() ? std::clamp(data_.styles[i], 0, int(kTagStyles) - 1) : 0);
}

// Colours that are asked for once a dot, made once a drawing.
struct ScatterChart::Looks {
  const ScatterData& data;
  const std::vector<unsigned char>& muted;
  ChartTheme theme;
  double radius = 0;
  std::vector<int> markers;   // of the styles
  std::vector<QRgb> colours;  // by tag
  QRgb faint = 0, mutedRing = 0, selectedRing = 0;

  Looks(const ScatterChart& chart)
      : data(chart.data_),
        muted(chart.muted_),
        theme(ChartTheme::of(chart.palette())),
        radius(chart.radius_) {
    const bool many = data.points.size() > 1000;
    const auto made = [&](QColor colour) {
      if (many) colour.setAlpha(muted.empty() ? 170 : 220);
      return colour.rgba();
    };
    QColor grey = theme.frame;
    grey.setAlpha(90);
    faint = grey.rgba();
    grey = theme.muted;
    grey.setAlpha(150);
    mutedRing = grey.rgba();
    selectedRing = theme.text.rgba();
    markers = chart.styles_;
    while (markers.size() < kTagStyles) markers.push_back(int(markers.size()) % kStyles);
    if (!data.values.empty()) {
      for (std::uint32_t i = 0; i < kShades; ++i)
        colours.push_back(made(mapColour(double(i) / (kShades - 1))));
      colours.push_back(faint);
    } else {
      for (const int style : markers) colours.push_back(made(styleColour(style, theme.dark)));
      colours.resize(kTagStyles);
      const int last = data.categories.empty() ? -1 : *std::ranges::max_element(data.categories);
      for (int category = 0; category <= last; ++category)
        colours.push_back(made(categoryColour(category, theme.dark)));
    }
  }
  double mutedRadius() const { return radius + std::min(1.0, 0.4 * radius); }
  double selectedRadius() const { return radius + 2.5; }

  unsigned char muting(std::size_t i) const {
    return muted.empty() ? static_cast<unsigned char>(Plain) : muted[i];
  }
  int marker(std::size_t i) const {
    return markers[static_cast<std::size_t>(
        i < data.styles.size() ? std::clamp(data.styles[i], 0, int(kTagStyles) - 1) : 0)];
  }
  QRgb colour(std::size_t i, std::uint32_t tag) const { return muting(i) == Plain ? colours[tag] : faint; }
  bool differ() const {
    return !data.styles.empty() || !data.categories.empty() || !data.values.empty() || !muted.empty();
  }
};

// Which dots are seen, and how large they are.
void ScatterChart::find(const PlotFrame& frame) {
  const std::vector<char> hidden = hiddenStyles();
  const bool all = std::ranges::count(hidden, 0) == std::ssize(hidden);
  std::size_t count = all ? index().atLeast(frame.view()) : 0;
  seen_.clear();
  dense_ = count > kDots;
  if (!dense_) {
    count = 0;
    index().each(frame.view(), [&](const PointIndex::Entry& entry) {
      if ((all || isShown(entry.number, hidden)) && ++count <= kDots) seen_.push_back(entry.number);
    });
    dense_ = count > kDots;
  }
  if (dense_) seen_.clear();
  std::ranges::sort(seen_);
  const std::size_t points = data_.points.size();
  radius_ = data_.radius > 0 ? data_.radius : radiusOf(points > kSwarm ? count : points);
  pictured_ = near_ && picture_ && isZoomed() && !dense_ && !seen_.empty() && seen_.size() <= kPictures;
  if (pictured_) {  // about half of the plot is covered, if they lay side by side
    const double room = frame.plot.width() * frame.plot.height() / static_cast<double>(seen_.size());
    radius_ = std::clamp(std::sqrt(0.5 * room), kSmallestPicture, kLargestPicture) / 2;
  }
}

// Calls draw(pixel, style, colour, muting) from the lowest to the highest.
template <typename Draw>
void ScatterChart::eachDot(const PlotFrame& frame, const Looks& looks, Draw draw) const {
  for (const bool muted : {true, false}) {
    if (muted && muted_.empty()) continue;
    for (const int seen : seen_) {
      const auto i = static_cast<std::size_t>(seen);
      if ((looks.muting(i) != Plain) != muted) continue;
      const QPointF& p = data_.points[i];
      draw(QPointF(frame.pixelX(p.x()), frame.pixelY(p.y())), looks.marker(i), looks.colour(i, tagOf(i)),
           looks.muting(i));
    }
  }
}

// The chosen ones.
QPolygonF ScatterChart::ringed(const PlotFrame& frame) const {
  const QRectF box = frame.plot.adjusted(-0.5, -0.5, 0.5, 0.5);
  const std::vector<char> hidden = hiddenStyles();
  QPolygonF pixels;
  for (const int i : selected_) {
    const QPointF& p = data_.points.at(static_cast<std::size_t>(i));
    if (!frame.valid(p.x(), p.y()) || !isShown(i, hidden)) continue;
    if (const QPointF pixel(frame.pixelX(p.x()), frame.pixelY(p.y())); box.contains(pixel)) pixels << pixel;
  }
  return pixels;
}

void ScatterChart::addSeries(const PlotFrame& frame, bool vectors) {
  find(frame);
  addFront(frame);
  few_ = !dense_ && !pictured_ && seen_.size() <= (vectors ? kVectors : kFew);
  if (!few_) return;
  const Looks looks(*this);
  std::map<std::tuple<bool, int, QRgb, unsigned char>, QPolygonF> alike;  // muted ones first, so underneath
  eachDot(frame, looks, [&](const QPointF& pixel, int style, QRgb colour, unsigned char muting) {
    alike[{muting == Plain, style, colour, muting}] << pixel;
  });
  for (const auto& [look, dots] : alike) {
    const auto& [plain, style, colour, muting] = look;
    addDots(dots, style, looks.radius, QColor::fromRgba(colour), Qt::NoPen);
    if (muting == Muted)
      addDots(dots, 0, looks.mutedRadius(), Qt::NoBrush, QPen(QColor::fromRgba(looks.mutedRing), kMutedPen));
  }
  if (const QPolygonF dots = ringed(frame); !dots.isEmpty())
    addDots(dots, 0, looks.selectedRadius(), Qt::NoBrush, QPen(looks.theme.text, kRingPen));
}

void ScatterChart::paintPlot(QPainter& painter, const PlotFrame& frame) {
  if (pictured_) {
    paintPictures(painter, frame);
  } else if (!few_) {
    const Looks looks(*this);
    const bool screen = painter.paintEngine()->type() == QPaintEngine::Raster;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !dense_);
    if (dense_) paintDensity(painter, frame, looks);
    stampDots(painter, frame, looks, screen ? std::max(1.0, painter.deviceTransform().m11()) : kRaster);
  }
  drawLabels(painter, frame);
  drawRamp(painter, frame);
}

// In the frame of each the dot's colour; what is muted is faint, what is chosen has a thick frame.
void ScatterChart::paintPictures(QPainter& painter, const PlotFrame& frame) const {
  const Looks looks(*this);
  const double side = 2 * radius_;
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  std::vector<char> chosen(data_.points.size());
  for (const int i : selected_) chosen[static_cast<std::size_t>(i)] = 1;
  for (const bool last : {false, true})
    for (const int seen : seen_) {
      const auto i = static_cast<std::size_t>(seen);
      if ((chosen[i] != 0) != last) continue;
      const QPointF& p = data_.points[i];
      QRectF box(frame.pixelX(p.x()) - radius_, frame.pixelY(p.y()) - radius_, side, side);
      const QPixmap picture = picture_(seen, static_cast<int>(std::ceil(side)));
      if (!picture.isNull()) {
        const QSizeF size = QSizeF(picture.size()).scaled(box.size(), Qt::KeepAspectRatio);
        box = QRectF(box.center() - QPointF(size.width() / 2, size.height() / 2), size);
      }
      painter.setOpacity(last || looks.muting(i) == Plain ? 1 : 0.4);
      painter.fillRect(box, looks.theme.grid);
      if (!picture.isNull()) painter.drawPixmap(box, picture, QRectF(picture.rect()));
      QColor colour = QColor::fromRgba(looks.colour(i, tagOf(i)));
      colour.setAlpha(255);
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(colour, 2));
      painter.drawRect(box);
      painter.setOpacity(1);
      if (!last) continue;
      painter.setPen(QPen(looks.theme.text, 2));
      painter.drawRect(box.adjusted(-2, -2, 2, 2));
    }
}

// What the colours of the values mean, in a corner of the plot.
void ScatterChart::drawRamp(QPainter& painter, const PlotFrame& frame) const {
  if (data_.values.empty() || data_.valueTitle.isEmpty()) return;
  const ChartTheme theme = ChartTheme::of(palette());
  const QFont small = chartFont(font(), 0.85);
  const QFontMetricsF metrics(small);
  const QString low = shortNumber(data_.valueLow), high = shortNumber(data_.valueHigh);
  const double bar = 90, gap = 6;
  const double numbers = metrics.horizontalAdvance(low) + bar + metrics.horizontalAdvance(high) + 2 * gap;
  const QString title = metrics.elidedText(data_.valueTitle, Qt::ElideRight, std::max(numbers, 240.0));
  const double width = std::max(numbers, metrics.horizontalAdvance(title)) + 12;
  const QRectF box(frame.plot.left() + 4, frame.plot.bottom() - 2 * metrics.height() - 10, width,
                   2 * metrics.height() + 6);
  if (!frame.plot.contains(box)) return;
  QColor ground = theme.background;
  ground.setAlpha(225);
  painter.fillRect(box, ground);
  painter.setFont(small);
  painter.setPen(theme.text);
  const double baseline = box.top() + 2 + metrics.ascent();
  painter.drawText(QPointF(box.left() + 6, baseline), title);
  const double second = baseline + metrics.height();
  double x = box.left() + 6;
  painter.setPen(theme.muted);
  painter.drawText(QPointF(x, second), low);
  x += metrics.horizontalAdvance(low) + gap;
  const QRectF colours(x, second - metrics.ascent() + 2, bar, metrics.ascent() - 2);
  painter.fillRect(colours, mapRamp(colours));
  painter.drawText(QPointF(x + bar + gap, second), high);
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
    for (const QPointF& pixel : ringed(frame)) mark.put(picture, place(pixel), looks.selectedRing);
  };
  if (crowded) stampSelected();
  std::array<std::optional<Stamp>, kStyles - kUnknownStyle> markers;
  Stamp mutedRing(ring(looks.mutedRadius() * scale), kMutedPen * scale);
  eachDot(frame, looks, [&](const QPointF& pixel, int style, QRgb colour, unsigned char muting) {
    auto& marker = markers[static_cast<std::size_t>(style - kUnknownStyle)];
    if (!marker) marker.emplace(styleMarker(style, {0, 0}, looks.radius * scale));
    marker->put(picture, place(pixel), colour);
    if (muting == Muted) mutedRing.put(picture, place(pixel), looks.mutedRing);
  });
  if (!crowded) stampSelected();
  painter.drawImage(QRectF(area), picture);
}

// How many dots lie in each place, by the logarithm; where they look different, in the mean of their colours.
void ScatterChart::paintDensity(QPainter& painter, const PlotFrame& frame, const Looks& looks) const {
  const int width = std::max(1, int(std::ceil(frame.plot.width() / kBin)));
  const int height = std::max(1, int(std::ceil(frame.plot.height() / kBin)));
  const bool differ = looks.differ();
  const auto places = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  std::vector<std::uint32_t> count(places, 0);
  std::vector<std::array<std::uint32_t, 3>> sum(differ ? places : 0);
  const std::vector<char> hidden = hiddenStyles();
  const double perX = width / (frame.xHigh - frame.xLow), perY = height / (frame.yHigh - frame.yLow);
  std::size_t dots = 0;
  const bool all = std::ranges::count(hidden, 0) == std::ssize(hidden);
  index().each(frame.view(), [&](const PointIndex::Entry& dot) {
    if (!all && !isShown(dot.number, hidden)) return;
    const int x = std::min(width - 1, int((dot.place.x() - frame.xLow) * perX));
    const int y = std::min(height - 1, int((frame.yHigh - dot.place.y()) * perY));
    const auto at = static_cast<std::size_t>(y * width + x);
    ++count[at];
    ++dots;
    if (!differ) return;
    const QRgb colour = looks.colour(static_cast<std::size_t>(dot.number), dot.tag);
    sum[at][0] += static_cast<std::uint32_t>(qRed(colour));
    sum[at][1] += static_cast<std::uint32_t>(qGreen(colour));
    sum[at][2] += static_cast<std::uint32_t>(qBlue(colour));
  });
  const double most = std::log1p(*std::ranges::max_element(count));
  std::array<QRgb, kShades> shades;  // where all have one colour; many dots stand out from either ground
  for (std::uint32_t i = 0; i < kShades; ++i) {
    const double part = double(i) / (kShades - 1);
    shades[i] = mapColour(looks.theme.dark ? 0.15 + 0.85 * part : 1 - 0.95 * part).rgb();
  }
  QImage picture(width, height, QImage::Format_ARGB32);
  auto* pixel = reinterpret_cast<QRgb*>(picture.bits());
  for (std::size_t at = 0; at < places; ++at) {
    const std::uint32_t n = count[at];
    const double part = std::log1p(n) / most;
    pixel[at] =
        n == 0   ? 0
        : differ ? qRgba(int(sum[at][0] / n), int(sum[at][1] / n), int(sum[at][2] / n), int(70 + 185 * part))
                 : shades[static_cast<std::size_t>(part * (kShades - 1))];
  }
  painter.drawImage(frame.plot, picture);
  const QFont small = chartFont(font(), 0.85);
  const QFontMetricsF metrics(small);
  const QString text = tr("density of %L1 dots; zoom in to see them").arg(dots);
  const QRectF box(frame.plot.right() - metrics.horizontalAdvance(text) - 10,
                   frame.plot.bottom() - metrics.height() - 4, metrics.horizontalAdvance(text) + 8,
                   metrics.height() + 2);
  if (!frame.plot.contains(box)) return;
  painter.fillRect(box, looks.theme.background);
  painter.setFont(small);
  painter.setPen(looks.theme.muted);
  painter.drawText(box, Qt::AlignCenter, text);
}

}  // namespace discern::ui
