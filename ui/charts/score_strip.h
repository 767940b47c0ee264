// Pictures on the score axis (DDL, figure 3): each image of a template where its score is, what the threshold
// drops in grey.
#pragma once

#include <QPixmap>
#include <functional>
#include <limits>
#include <vector>

#include "ui/charts/chart.h"

namespace discern::ui {

struct StripImage {
  int id = -1;       // what a click reports: a sample
  QString name;      // in the table of numbers
  double score = 0;  // NaN: on the left, beside the axis
  bool kept = true;  // at the threshold
  bool on = true;    // off: crossed out
};

class ScoreStrip : public Chart {
  Q_OBJECT

 public:
  explicit ScoreStrip(const QString& name, QWidget* parent = nullptr);

  void setImages(std::vector<StripImage> images);
  const std::vector<StripImage>& images() const { return images_; }
  void setPictures(std::function<QPixmap(int id, int pixels)> pictures);  // a null one is drawn as a frame
  void setThreshold(double score);                                        // NaN: none
  void setTitle(const QString& axis);
  void setCurrent(int id);  // framed; -1: none
  void setEmptyText(const QString& text);
  QRectF pictureRect(int id) const;  // of the widget; null: not there
  int idAt(const QPointF& pixel) const;

  QString name() const override { return name_; }
  ChartTable table() const override;  // name, id, score, kept, on
  void draw(QPainter& painter, const QRectF& target) override;
  QSize sizeHint() const override { return {640, 200}; }
  QSize minimumSizeHint() const override { return {240, 120}; }

 signals:
  void imageClicked(int id);
  void imageOpened(int id);  // double click

 protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent*) override;

 private:
  struct Layout {
    QRectF axis;                 // above it the pictures
    double side = 0;             // of a picture
    std::vector<QRectF> places;  // of each image
  };
  Layout layoutIn(const QRectF& target) const;
  double xOf(const Layout& layout, double score) const;
  void drawAxis(QPainter& painter, const Layout& layout) const;
  void drawImage(QPainter& painter, const StripImage& image, const QRectF& place, const Layout& layout) const;

  QString name_, title_, emptyText_;
  std::vector<StripImage> images_;
  std::function<QPixmap(int, int)> pictures_;
  double threshold_ = std::numeric_limits<double>::quiet_NaN();
  int current_ = -1, hover_ = -1;
};

}  // namespace discern::ui
