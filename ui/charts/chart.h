// Anything a person can look at and export: one code path for PNG, SVG, PDF and the CSV of its numbers, and
// one menu of what can be had of it.
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>
#include <QWidget>

class QMenu;
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
  virtual bool hasContent() const { return !table().rows.isEmpty(); }
  // Draws the chart into `target` with `painter`; the screen, PNG, SVG and PDF all come from here.
  virtual void draw(QPainter& painter, const QRectF& target) = 0;
  // Back to where everything is seen, for those that zoom.
  virtual bool isZoomed() const { return false; }
  virtual void resetZoom() {}

  // What is shown, in a muted line beneath: "features demo · scores dscore · protocol templates".
  void setContext(const QString& context);
  QString context() const { return context_; }
  // The chart with that line: for pictures.
  void drawWhole(QPainter& painter, const QRectF& target);

  // Copy picture, copy table, save as PNG, SVG, PDF or CSV, reset the zoom.
  QMenu* makeMenu(QWidget* parent);

 protected:
  // Draws the context at the bottom of `target`, if there is room; what is left is the chart's.
  QRectF drawContext(QPainter& painter, const QRectF& target) const;
  virtual void contextChanged() { update(); }
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  void saveAs();

  QString context_;
};

// "Training loss": a chart's name in words.
inline QString captionOf(const QString& name) {
  return name.left(1).toUpper() + name.mid(1).replace('-', ' ');
}

}  // namespace discern::ui
