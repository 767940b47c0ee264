// One small shape in many places of a picture: its coverage is painted once for every sixteenth of a pixel it
// may be off the grid, then blended. 50,000 dots take a few milliseconds, with QPainter twenty times that.
#pragma once

#include <QImage>
#include <QPainterPath>
#include <array>
#include <optional>
#include <vector>

namespace discern::ui {

class Stamp {
 public:
  // `shape` lies around the origin; pen: its outline of that width is stamped instead of its inside.
  explicit Stamp(const QPainterPath& shape, std::optional<double> pen = {});

  // Blends `colour` (not premultiplied) into `image` (ARGB32_Premultiplied) with the origin at `centre`. What
  // lies outside of the image is left out.
  void put(QImage& image, const QPointF& centre, QRgb colour);

 private:
  struct Pixel {
    int x, y;  // from the centre's pixel
    unsigned coverage;
  };
  using Mask = std::vector<Pixel>;  // what is covered at all; empty: not painted yet
  const Mask& mask(int x, int y);

  QPainterPath shape_;
  std::optional<double> pen_;
  int reach_ = 0;  // pixels from the centre to the edge
  std::array<Mask, 16> masks_;
};

}  // namespace discern::ui
