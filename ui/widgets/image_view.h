// One picture, as large as there is room, with the face that was cut out of it drawn over it.
#pragma once

#include <QImage>
#include <QRectF>
#include <QVector>
#include <QWidget>

namespace discern::ui {

class ImageView : public QWidget {
  Q_OBJECT

 public:
  explicit ImageView(QWidget* parent = nullptr);

  void setImage(const QImage& image);  // null: the text is shown
  const QImage& image() const { return image_; }
  // In pixels of the picture as it was stored, `stored` in size (the picture may have been made smaller).
  void setMarks(const QSizeF& stored, const QRectF& crop, const QVector<QPointF>& landmarks);
  const QVector<QPointF>& landmarks() const { return landmarks_; }
  // Whether a person may drag the landmarks.
  void setEditable(bool editable);
  // A point of the stored picture in the widget, as it is drawn.
  QPointF placeOf(const QPointF& stored) const;
  void setText(const QString& text);  // instead of a picture: "loading", or why there is none
  QSize sizeHint() const override { return {480, 420}; }

 signals:
  void landmarksMoved(const QVector<QPointF>& landmarks);  // a drag has ended

 protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  QRectF target() const;  // where the picture is drawn
  int landmarkAt(const QPointF& place) const;

  QImage image_;
  QPixmap scaled_;
  QSizeF stored_;
  QRectF crop_;
  QVector<QPointF> landmarks_;
  bool editable_ = false;
  int dragged_ = -1;
  QString text_;
};

}  // namespace discern::ui
