#include "ui/widgets/image_view.h"

#include <QPainter>
#include <algorithm>

#include "ui/charts/colours.h"

namespace discern::ui {

ImageView::ImageView(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setMinimumSize(160, 120);
}

void ImageView::setImage(const QImage& image) {
  image_ = image;
  scaled_ = {};
  update();
}

void ImageView::setMarks(const QSizeF& stored, const QRectF& crop, const QVector<QPointF>& landmarks) {
  stored_ = stored;
  crop_ = crop;
  landmarks_ = landmarks;
  update();
}

void ImageView::setText(const QString& text) {
  text_ = text;
  update();
}

void ImageView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  const ChartTheme theme = ChartTheme::of(palette());
  if (image_.isNull()) {
    painter.setPen(theme.muted);
    painter.drawText(rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap, text_);
    return;
  }
  const QRectF room = QRectF(rect()).adjusted(6, 6, -6, -6);
  // Small pictures grow, but not so far that a 16-pixel face becomes a mosaic of the whole wall.
  const double scale = std::min({room.width() / image_.width(), room.height() / image_.height(),
                                 std::max(8.0, 320.0 / std::max(image_.width(), image_.height()))});
  const QSizeF size(image_.width() * scale, image_.height() * scale);
  const QRectF target(room.center() - QPointF(size.width() / 2, size.height() / 2), size);
  if (scale >= 1) {
    painter.drawImage(target, image_);
  } else {  // a good reduction is dear: made once for a size
    const QSize wanted = (size * devicePixelRatioF()).toSize();
    if (scaled_.size() != wanted)
      scaled_ = QPixmap::fromImage(image_.scaled(wanted, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    painter.drawPixmap(target, scaled_, QRectF(scaled_.rect()));
  }
  if (stored_.isEmpty()) return;
  painter.save();
  painter.setClipRect(room);
  const auto place = [&](const QPointF& p) {
    return QPointF(target.left() + p.x() / stored_.width() * target.width(),
                   target.top() + p.y() / stored_.height() * target.height());
  };
  painter.setBrush(Qt::NoBrush);
  if (!crop_.isEmpty()) {
    const QRectF box(place(crop_.topLeft()), place(crop_.bottomRight()));
    painter.setPen(QPen(QColor(0, 0, 0, 150), 3.5));
    painter.drawRect(box);
    painter.setPen(QPen(QColor(0x56, 0xb4, 0xe9), 1.8));
    painter.drawRect(box);
  }
  for (const QPointF& landmark : landmarks_) {
    painter.setPen(QPen(QColor(0, 0, 0, 170), 1));
    painter.setBrush(QColor(0xe6, 0x9f, 0x00));
    painter.drawEllipse(place(landmark), 3.5, 3.5);
  }
  painter.restore();
}

}  // namespace discern::ui
