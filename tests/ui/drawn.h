// A chart as a line that can be compared.
#pragma once

#include <QImage>
#include <QPainter>
#include <QString>

#include "ui/charts/chart.h"

namespace discern::ui::testing {

inline QString drawn(Chart& chart) {
  QImage image(320, 240, QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  chart.draw(painter, QRectF(0, 0, 320, 240));
  painter.end();
  const QByteArray bytes(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes());
  return chart.name() + ' ' + QString::number(qHash(bytes));
}

}  // namespace discern::ui::testing
