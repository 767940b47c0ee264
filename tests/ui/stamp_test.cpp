// Stamped dots look like painted ones, and stay inside of the picture.
#include "ui/charts/stamp.h"

#include <gtest/gtest.h>

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace discern::ui {
namespace {

QImage ground(QColor colour = Qt::white) {
  QImage image(40, 30, QImage::Format_ARGB32_Premultiplied);
  image.fill(colour);
  return image;
}

int largestDifference(const QImage& a, const QImage& b) {
  int most = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) {
      const QColor p = a.pixelColor(x, y), q = b.pixelColor(x, y);
      most = std::max({most, std::abs(p.red() - q.red()), std::abs(p.green() - q.green()),
                       std::abs(p.blue() - q.blue())});
    }
  return most;
}

TEST(Stamp, EqualsWhatQPainterDrawsAtAnySixteenthOfAPixel) {
  const QColor colour(30, 120, 200, 170);
  for (const std::optional<double> pen : {std::optional<double>{}, std::optional<double>(1.5)}) {
    QPainterPath shape;
    shape.addEllipse(QPointF(0, 0), 3.3, 2.6);
    Stamp stamp(shape, pen);
    for (double at = 12; at < 13.3; at += 0.25) {
      QImage stamped = ground(), painted = ground();
      stamp.put(stamped, {at, 14.5 + at / 4}, colour.rgba());
      QPainter painter(&painted);
      painter.setRenderHint(QPainter::Antialiasing);
      painter.translate(at, std::floor((14.5 + at / 4) * 4) / 4);
      if (pen)
        painter.strokePath(shape, QPen(colour, *pen));
      else
        painter.fillPath(shape, colour);
      painter.end();
      EXPECT_LE(largestDifference(stamped, painted), 6) << at;
      EXPECT_GT(largestDifference(stamped, ground()), 80);
    }
  }
}

TEST(Stamp, LiesOverWhatIsThereByItsOpacity) {
  QPainterPath shape;
  shape.addRect(-3, -3, 6, 6);
  Stamp stamp(shape);
  QImage image = ground(Qt::black);
  stamp.put(image, {20, 15}, qRgba(255, 255, 255, 128));
  EXPECT_NEAR(image.pixelColor(20, 15).red(), 128, 1);
  stamp.put(image, {20, 15}, qRgba(255, 0, 0, 255));
  EXPECT_EQ(image.pixelColor(20, 15), QColor(255, 0, 0));
  EXPECT_EQ(image.pixelColor(30, 15), QColor(Qt::black));
}

TEST(Stamp, WhatLiesOutsideIsCutOff) {
  QPainterPath shape;
  shape.addEllipse(QPointF(0, 0), 4, 4);
  Stamp stamp(shape);
  const QImage whole = [&] {
    QImage image = ground();
    stamp.put(image, {20, 15}, qRgb(0, 0, 0));
    return image;
  }();
  for (const QPointF& at : {QPointF(0, 0), QPointF(39, 29), QPointF(40, 10), QPointF(-3, 12), QPointF(15, -2),
                            QPointF(-100, -100), QPointF(1000, 5)}) {
    QImage image = ground();
    stamp.put(image, at, qRgb(0, 0, 0));
    for (int y = 0; y < 30; ++y)
      for (int x = 0; x < 40; ++x) {
        const QPoint from = QPoint(x, y) - at.toPoint() + QPoint(20, 15);
        const QColor expected = whole.valid(from) ? whole.pixelColor(from) : QColor(Qt::white);
        ASSERT_EQ(image.pixelColor(x, y), expected) << x << ' ' << y;
      }
  }
}

}  // namespace
}  // namespace discern::ui
