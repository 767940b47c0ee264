#include "ui/charts/stamp.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace discern::ui {
namespace {

constexpr int kPhases = 4;  // in each direction

// Premultiplied `source` times `coverage` over `under`, two channels at a time.
QRgb blend(QRgb source, QRgb under, unsigned coverage) {
  const auto scale = [](QRgb pixel, unsigned by) {
    unsigned pair = (pixel & 0xff00ff) * by;
    pair = ((pair + ((pair >> 8) & 0xff00ff) + 0x800080) >> 8) & 0xff00ff;
    unsigned other = ((pixel >> 8) & 0xff00ff) * by;
    other = (other + ((other >> 8) & 0xff00ff) + 0x800080) & 0xff00ff00;
    return pair | other;
  };
  const QRgb over = scale(source, coverage);
  return over + scale(under, 255 - static_cast<unsigned>(qAlpha(over)));
}

}  // namespace

Stamp::Stamp(const QPainterPath& shape, std::optional<double> pen) : shape_(shape), pen_(pen) {
  const QRectF box = shape_.boundingRect();
  const double extent = std::max({-box.left(), box.right(), -box.top(), box.bottom()}) + pen_.value_or(0) / 2;
  reach_ = static_cast<int>(std::ceil(extent)) + 1;
}

const Stamp::Mask& Stamp::mask(int x, int y) {
  Mask& mask = masks_[static_cast<std::size_t>(y * kPhases + x)];
  if (!mask.empty()) return mask;
  const int side = 2 * reach_ + 1;
  QImage picture(side, side, QImage::Format_ARGB32_Premultiplied);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(reach_ + double(x) / kPhases, reach_ + double(y) / kPhases);
  if (pen_)
    painter.strokePath(shape_, QPen(Qt::black, *pen_));
  else
    painter.fillPath(shape_, Qt::black);
  painter.end();
  for (int row = 0; row < side; ++row)
    for (int column = 0; column < side; ++column)
      if (const int coverage = qAlpha(picture.pixel(column, row)); coverage > 0)
        mask.push_back({column - reach_, row - reach_, static_cast<unsigned>(coverage)});
  return mask;
}

void Stamp::put(QImage& image, const QPointF& centre, QRgb colour) {
  const auto phased = [](double place) { return static_cast<int>(std::floor(place * kPhases)); };
  const auto wrap = [](int value) { return ((value % kPhases) + kPhases) % kPhases; };
  const int phaseX = phased(centre.x()), phaseY = phased(centre.y());
  const Mask& shape = mask(wrap(phaseX), wrap(phaseY));
  const int x = (phaseX - wrap(phaseX)) / kPhases, y = (phaseY - wrap(phaseY)) / kPhases;
  const int width = image.width(), height = image.height();
  const auto stride = image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
  auto* pixels = reinterpret_cast<QRgb*>(image.bits());
  const QRgb source = qPremultiply(colour);
  if (x >= reach_ && y >= reach_ && x + reach_ < width && y + reach_ < height) {
    QRgb* middle = pixels + y * stride + x;
    for (const Pixel& p : shape) {
      QRgb& pixel = middle[p.y * stride + p.x];
      pixel = blend(source, pixel, p.coverage);
    }
    return;
  }
  for (const Pixel& p : shape) {
    if (x + p.x < 0 || y + p.y < 0 || x + p.x >= width || y + p.y >= height) continue;
    QRgb& pixel = pixels[(y + p.y) * stride + x + p.x];
    pixel = blend(source, pixel, p.coverage);
  }
}

}  // namespace discern::ui
