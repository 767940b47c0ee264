// Anything a person can look at and export: one code path for PNG, SVG, PDF and the CSV of its numbers.
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>
#include <QWidget>

class QPainter;

namespace discern::ui {

struct ChartTable {  // the numbers behind a chart
  QStringList columns;
  QVector<QStringList> rows;
};

class Chart : public QWidget {
  Q_OBJECT

 public:
  using QWidget::QWidget;

  virtual QString name() const = 0;  // file-name friendly: "roc", "score-distribution"
  virtual ChartTable table() const = 0;
  // Draws the whole chart into `target` with `painter`; the screen, PNG, SVG and PDF all come from here.
  virtual void draw(QPainter& painter, const QRectF& target) = 0;
};

// "Training loss": a chart's name in words.
inline QString captionOf(const QString& name) {
  return name.left(1).toUpper() + name.mid(1).replace('-', ' ');
}

}  // namespace discern::ui
