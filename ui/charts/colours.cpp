#include "ui/charts/colours.h"

#include <QFontInfo>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

namespace discern::ui {
namespace {

QColor blend(const QColor& a, const QColor& b, double share) {
  const auto mix = [share](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * share)); };
  return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

constexpr std::array<QRgb, kColours> kOkabeIto = {0xff0072b2, 0xffd55e00, 0xff009e73, 0xffe69f00,
                                                  0xffcc79a7, 0xff56b4e9, 0xfff0e442, 0xff000000};

constexpr std::array<QRgb, 33> kViridis = {
    0x440154, 0x470d60, 0x48186a, 0x482374, 0x472d7b, 0x453781, 0x424086, 0x3e4989, 0x3b528b,
    0x375b8d, 0x33638d, 0x2f6b8e, 0x2c728e, 0x297a8e, 0x26828e, 0x23898e, 0x21918c, 0x1f978b,
    0x1f9f88, 0x21a685, 0x27ad81, 0x31b57b, 0x3dbc74, 0x4cc26c, 0x5cc863, 0x6ece58, 0x81d34d,
    0x95d840, 0xaadc32, 0xc0df25, 0xd5e21a, 0xeae51a, 0xfde725};

int wrap(int style) { return ((style % kStyles) + kStyles) % kStyles; }
int colourIn(int style) { return wrap(style) % kColours; }
int variantIn(int style) { return wrap(style) / kColours; }

}  // namespace

ChartTheme ChartTheme::of(const QPalette& palette) {
  ChartTheme theme;
  theme.background = palette.color(QPalette::Base);
  theme.text = palette.color(QPalette::Text);
  theme.dark = theme.background.lightness() < theme.text.lightness();
  theme.muted = blend(theme.text, theme.background, 0.38);
  theme.grid = blend(theme.background, theme.text, 0.09);
  theme.frame = blend(theme.background, theme.text, 0.35);
  theme.accent = palette.color(QPalette::Highlight);
  return theme;
}

QColor styleColour(int style, bool dark) {
  if (style < 0) return style == kOtherStyle ? QColor(0x8a, 0x8a, 0x8a) : QColor(0x6e, 0x6e, 0x6e);
  style = colourIn(style);
  if (dark && style == 0) return QColor(0x3d, 0x9b, 0xe0);  // the blue of Okabe-Ito is too dim on black
  if (dark && style == kColours - 1) return QColor(0xf2, 0xf2, 0xf2);
  if (!dark && style == 6) return QColor(0xc9, 0xb8, 0x00);  // its yellow is too faint on white
  return QColor::fromRgb(kOkabeIto[static_cast<std::size_t>(style)]);
}

QColor categoryColour(int category, bool dark) {
  if (category < kColours - 1) return styleColour(category, dark);
  const double hue = std::fmod(0.11 + 0.61803398875 * category, 1.0);
  const double lightness = (dark ? 0.56 : 0.36) + 0.08 * (category % 3);
  return QColor::fromHslF(hue, 0.68, lightness);
}

QPen stylePen(int style, bool dark, double width) {
  QPen pen(styleColour(style, dark), width);
  pen.setCapStyle(Qt::FlatCap);
  pen.setJoinStyle(Qt::RoundJoin);
  static const std::array<QVector<qreal>, kColours> dashes = {
      QVector<qreal>{},       {6, 2.5},          {1.5, 2}, {7, 2, 1.5, 2}, QVector<qreal>{10, 3}, {3, 2},
      {8, 2, 1.5, 2, 1.5, 2}, {4, 1.5, 1.5, 1.5}};
  const QVector<qreal>& dash =
      dashes[static_cast<std::size_t>((colourIn(style) + 3 * variantIn(style)) % kColours)];
  if (!dash.isEmpty()) pen.setDashPattern(dash);
  return pen;
}

QScatterSeries::MarkerShape styleShape(int style) {
  using Shape = QScatterSeries;
  if (style < 0) return style == kOtherStyle ? Shape::MarkerShapeCircle : Shape::MarkerShapeRotatedRectangle;
  static constexpr std::array shapes = {Shape::MarkerShapeCircle,   Shape::MarkerShapeRectangle,
                                        Shape::MarkerShapeTriangle, Shape::MarkerShapeRotatedRectangle,
                                        Shape::MarkerShapePentagon, Shape::MarkerShapeStar};
  return shapes[static_cast<std::size_t>(colourIn(style) + 2 * variantIn(style)) % shapes.size()];
}

QPainterPath styleMarker(int style, const QPointF& c, double r) {
  QPainterPath path;
  const auto polygon = [&](int corners, double inner) {  // inner < 1: a star
    const int n = inner < 1 ? 2 * corners : corners;
    QPolygonF points;
    for (int i = 0; i < n; ++i) {
      const double angle = 2 * M_PI * i / n, away = inner < 1 && i % 2 == 1 ? inner * r : r;
      points << c + QPointF(std::sin(angle), -std::cos(angle)) * away;
    }
    path.addPolygon(points);
    path.closeSubpath();
  };
  switch (styleShape(style)) {
    case QScatterSeries::MarkerShapeRectangle:
      path.addRect(QRectF(c.x() - 0.9 * r, c.y() - 0.9 * r, 1.8 * r, 1.8 * r));
      break;
    case QScatterSeries::MarkerShapeTriangle:
      polygon(3, 1);
      break;
    case QScatterSeries::MarkerShapeRotatedRectangle:
      polygon(4, 1);
      break;
    case QScatterSeries::MarkerShapePentagon:
      polygon(5, 1);
      break;
    case QScatterSeries::MarkerShapeStar:
      polygon(5, 0.45);
      break;
    default:
      path.addEllipse(c, r, r);
  }
  return path;
}

QLinearGradient mapRamp(const QRectF& box) {
  constexpr int kStops = 16;
  QLinearGradient ramp(box.topLeft(), box.topRight());
  for (int i = 0; i <= kStops; ++i) ramp.setColorAt(double(i) / kStops, mapColour(double(i) / kStops));
  return ramp;
}

QColor mapColour(double value, double low, double high) {
  if (!std::isfinite(value)) return {0x80, 0x80, 0x80};
  const double t = high > low ? std::clamp((value - low) / (high - low), 0.0, 1.0) : 0.5;
  const double position = t * (kViridis.size() - 1);
  const auto i = std::min(static_cast<std::size_t>(position), kViridis.size() - 2);
  return blend(QColor::fromRgb(kViridis[i]), QColor::fromRgb(kViridis[i + 1]),
               position - static_cast<double>(i));
}

QColor textOn(const QColor& background) {
  const double luminance =
      0.2126 * background.redF() + 0.7152 * background.greenF() + 0.0722 * background.blueF();
  return luminance > 0.45 ? QColor(Qt::black) : QColor(Qt::white);
}

QFont chartFont(const QFont& base, double scale, bool bold) {
  QFont font = base;
  font.setPixelSize(std::max(7, static_cast<int>(std::lround(QFontInfo(base).pixelSize() * scale))));
  font.setBold(bold);
  return font;
}

QString shortNumber(double value) {
  if (!std::isfinite(value)) return QStringLiteral("–");
  const double size = std::abs(value);
  if (size >= 1e15) return QLocale().toString(value, 'g', 3);
  static constexpr std::array<std::pair<double, char>, 4> units = {std::pair{1e12, 'T'}, std::pair{1e9, 'G'},
                                                                   std::pair{1e6, 'M'}, std::pair{1e4, 'k'}};
  for (const auto& [from, unit] : units)
    if (size >= from) {
      const double scaled = value / (unit == 'k' ? 1e3 : from);
      return QLocale().toString(scaled, 'g', 3) + QLatin1Char(unit);
    }
  if (size != 0 && size < 1e-3) {
    QString text = QLocale().toString(value, 'g', 3);
    return text.replace(QStringLiteral("e-0"), QStringLiteral("e-"));
  }
  return QLocale().toString(value, 'g', size >= 1000 ? 4 : 3);
}

}  // namespace discern::ui
