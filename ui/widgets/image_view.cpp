#include "ui/widgets/image_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/charts/colours.h"

namespace discern::ui {
namespace {
constexpr double kReach = 10;  // pixels from a landmark that still take hold of it
constexpr const char* kNames[] = {
    QT_TRANSLATE_NOOP("discern::ui::ImageView", "Eye on the picture's left"),
    QT_TRANSLATE_NOOP("discern::ui::ImageView", "Eye on the picture's right"),
    QT_TRANSLATE_NOOP("discern::ui::ImageView", "Tip of the nose"),
    QT_TRANSLATE_NOOP("discern::ui::ImageView", "Corner of the mouth on the picture's left"),
    QT_TRANSLATE_NOOP("discern::ui::ImageView", "Corner of the mouth on the picture's right")};
}  // namespace

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

void ImageView::setEditable(bool editable) {
  editable_ = editable;
  dragged_ = -1;
  setMouseTracking(editable);
  unsetCursor();
  setToolTip({});
}

QRectF ImageView::target() const {
  const QRectF room = QRectF(rect()).adjusted(6, 6, -6, -6);
  // Small pictures grow, but not so far that a 16-pixel face becomes a mosaic of the whole wall.
  const double scale = std::min({room.width() / image_.width(), room.height() / image_.height(),
                                 std::max(8.0, 320.0 / std::max(image_.width(), image_.height()))});
  const QSizeF size(image_.width() * scale, image_.height() * scale);
  return {room.center() - QPointF(size.width() / 2, size.height() / 2), size};
}

QPointF ImageView::placeOf(const QPointF& stored) const {
  const QRectF drawn = target();
  return {drawn.left() + stored.x() / stored_.width() * drawn.width(),
          drawn.top() + stored.y() / stored_.height() * drawn.height()};
}

int ImageView::landmarkAt(const QPointF& place) const {
  if (!editable_ || image_.isNull() || stored_.isEmpty()) return -1;
  int nearest = -1;
  double least = kReach;
  for (int i = 0; i < landmarks_.size(); ++i)
    if (const double away = QLineF(placeOf(landmarks_[i]), place).length(); away <= least)
      nearest = i, least = away;
  return nearest;
}

void ImageView::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) dragged_ = landmarkAt(event->position());
  if (dragged_ < 0) QWidget::mousePressEvent(event);
}

void ImageView::mouseMoveEvent(QMouseEvent* event) {
  if (dragged_ < 0) {
    const int under = landmarkAt(event->position());
    under < 0 ? unsetCursor() : setCursor(Qt::SizeAllCursor);
    setToolTip(under >= 0 && under < 5 ? tr(kNames[under]) : QString());
    return;
  }
  const QRectF drawn = target();
  const auto inside = [](double v, double most) { return std::clamp(v, 0.0, most); };
  landmarks_[dragged_] = {
      inside((event->position().x() - drawn.left()) / drawn.width() * stored_.width(), stored_.width()),
      inside((event->position().y() - drawn.top()) / drawn.height() * stored_.height(), stored_.height())};
  update();
}

void ImageView::mouseReleaseEvent(QMouseEvent* event) {
  if (dragged_ < 0 || event->button() != Qt::LeftButton) return QWidget::mouseReleaseEvent(event);
  dragged_ = -1;
  emit landmarksMoved(landmarks_);
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
  const QRectF drawn = target();
  if (drawn.width() >= image_.width()) {
    painter.drawImage(drawn, image_);
  } else {  // a good reduction is dear: made once for a size
    const QSize wanted = (drawn.size() * devicePixelRatioF()).toSize();
    if (scaled_.size() != wanted)
      scaled_ = QPixmap::fromImage(image_.scaled(wanted, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    painter.drawPixmap(drawn, scaled_, QRectF(scaled_.rect()));
  }
  if (stored_.isEmpty()) return;
  painter.save();
  painter.setClipRect(rect().adjusted(6, 6, -6, -6));
  painter.setBrush(Qt::NoBrush);
  if (!crop_.isEmpty()) {
    const QRectF box(placeOf(crop_.topLeft()), placeOf(crop_.bottomRight()));
    painter.setPen(QPen(QColor(0, 0, 0, 150), 3.5));
    painter.drawRect(box);
    painter.setPen(QPen(QColor(0x56, 0xb4, 0xe9), 1.8));
    painter.drawRect(box);
  }
  for (const QPointF& landmark : landmarks_) {
    painter.setPen(QPen(QColor(0, 0, 0, 170), 1));
    painter.setBrush(QColor(0xe6, 0x9f, 0x00));
    painter.drawEllipse(placeOf(landmark), editable_ ? 4.5 : 3.5, editable_ ? 4.5 : 3.5);
  }
  painter.restore();
}

}  // namespace discern::ui
