// Colours of charts and badges: told apart by everyone
// (Okabe-Ito), in the light and the dark, with dash and marker.
#pragma once

#include <QColor>
#include <QFont>
#include <QLinearGradient>
#include <QPainterPath>
#include <QPalette>
#include <QPen>
#include <QtCharts/QScatterSeries>

namespace discern::ui {

// What a chart paints with, from the palette of its widget.
struct ChartTheme {
  QColor background, text, muted, grid, frame, accent;
  bool dark = false;

  static ChartTheme of(const QPalette& palette);
};

constexpr int kColours = 8;
constexpr int kStyles =
    3 * kColours;  // a colour with three dashes and markers; the first ones differ in colour
// Grey, and no colour of a name: what is put together because there are too many, and what nobody knows.
constexpr int kOtherStyle = -1, kUnknownStyle = -2;
QColor styleColour(int style, bool dark);  // Okabe-Ito; the last of them is black, in the dark white
QPen stylePen(int style, bool dark, double width = 1.8);  // colour and dash; style 0 is solid
// For many categories (identities) without a legend: the
// first seven as above, then hues that spread; never grey.
QColor categoryColour(int category, bool dark);
QScatterSeries::MarkerShape styleShape(int style);
QPainterPath styleMarker(int style, const QPointF& centre, double radius);

// Viridis, perceptually uniform: 0 is dark violet, 1 is yellow; clamped. NaN gives grey.
QColor mapColour(double value, double low = 0, double high = 1);
QLinearGradient mapRamp(const QRectF& box);  // all of it, from left to right
QColor textOn(const QColor& background);     // black or white, whichever reads better

// The widget's font by pixels, so that a chart looks alike on screen, in SVG and in PDF.
QFont chartFont(const QFont& base, double scale = 1.0, bool bold = false);
constexpr double kChartMargin = 10;  // pixels around it

// 0.9731 -> "0.973", 1e-05 -> "1e-5", 1234567 -> "1.23M": short, for axes and tooltips.
QString shortNumber(double value);

}  // namespace discern::ui
