// A chart with two axes: frame, ticks, legend, a cursor line
// and a greyed range. Lines, bars and dots derive from it.
#pragma once

#include <QPixmap>
#include <QPointF>
#include <QRectF>
#include <optional>
#include <utility>
#include <vector>

#include "ui/charts/chart.h"

namespace discern::ui {

struct AxisOptions {
  QString title;
  bool log = false;                           // values <= 0 are left out of a logarithmic axis
  std::optional<double> low = {}, high = {};  // unset: from the data, rounded outwards
  bool percent = false;                       // a share in [0, 1] is labelled 0 % .. 100 %
};

// A line of the legend: how series `style` looks and what it is called.
struct LegendEntry {
  QString name;
  int style = 0;
  bool line = true;
  bool marker = false;
  bool fill = false;
};

// Where the axes lie, and the way between values and pixels.
struct PlotFrame {
  QRectF plot;
  double xLow = 0, xHigh = 1, yLow = 0, yHigh = 1;  // the exponents (log10) on a logarithmic axis
  bool xLog = false, yLog = false;

  double pixelX(double x) const;
  double pixelY(double y) const;
  double valueX(double pixel) const;
  double valueY(double pixel) const;
  bool valid(double x, double y) const;  // finite, and positive where the axis is logarithmic
};

class PlotChart : public Chart {
  Q_OBJECT

 public:
  PlotChart(const QString& name, QWidget* parent);

  QString name() const override { return name_; }
  void draw(QPainter& painter, const QRectF& target) override;
  QSize sizeHint() const override { return {520, 320}; }
  QSize minimumSizeHint() const override { return {220, 150}; }

  void setTitle(const QString& title);  // above the plot; empty: none
  void setXAxis(const AxisOptions& axis);
  void setYAxis(const AxisOptions& axis);
  const AxisOptions& xAxis() const { return x_; }
  const AxisOptions& yAxis() const { return y_; }
  void setEmptyText(const QString& text);  // shown while there is nothing to draw

  // A vertical line at x that a hand can drag; nullopt takes it away. The label is drawn beside it.
  void setCursorLine(std::optional<double> x, const QString& label = {});
  std::optional<double> cursorLine() const { return cursor_; }
  void setCursorDraggable(bool draggable);  // default true
  // Greys x in [low, high] and writes `text` there: "too few impostors". nullopt: nothing greyed.
  void setUnsupported(std::optional<std::pair<double, double>> range, const QString& text = {});

  // What the box beside the mouse says at this moment; empty: nothing is under it.
  virtual QString hoverText() const { return {}; }
  // The frame of the last painting on screen; for tests and for what follows the mouse.
  PlotFrame frame() const { return frame_; }

 signals:
  void cursorMoved(double x);     // while it is dragged
  void cursorReleased(double x);  // when the hand lets go

 protected:
  struct Range {
    double low = 0, high = 1;
    bool empty = true;
    void add(double value, bool log);
  };
  void changed();  // the data or the axes: paint anew. Hover and cursor alone need update() only.
  virtual bool hasData() const = 0;
  virtual void dataRange(Range& x, Range& y) const = 0;
  virtual void drawData(QPainter& painter, const PlotFrame& frame) = 0;
  virtual std::vector<LegendEntry> legend() const { return {}; }
  // Some of the drawn points: the legend goes to the corner with the fewest, the cursor's label up or down.
  virtual std::vector<QPointF> inkSample() const { return {}; }
  virtual void drawHover(QPainter& painter, const PlotFrame& frame) {}
  virtual void hoverAt(const QPointF& pixel) {}
  virtual void hoverEnd() {}

  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent*) override;
  void changeEvent(QEvent* event) override;

 private:
  PlotFrame layout(const QRectF& target) const;
  void drawStill(QPainter& painter, const QRectF& target, const PlotFrame& frame);
  void drawMoving(QPainter& painter, const PlotFrame& frame) const;
  bool isEmpty() const;
  void drawAxes(QPainter& painter, const PlotFrame& frame, const QRectF& target) const;
  QRectF drawLegend(QPainter& painter, const PlotFrame& frame) const;  // where it lies; null: there is none
  void drawCursor(QPainter& painter, const PlotFrame& frame, const QRectF& legend) const;
  void drawUnsupported(QPainter& painter, const PlotFrame& frame) const;
  bool nearCursor(const QPointF& pixel) const;
  int inkIn(const PlotFrame& frame, const QRectF& box) const;

  QString name_, title_, emptyText_, cursorLabel_, unsupportedText_;
  AxisOptions x_, y_;
  std::optional<double> cursor_;
  std::optional<std::pair<double, double>> unsupported_;
  bool draggable_ = true, dragging_ = false;
  PlotFrame frame_;
  QPixmap still_;  // everything but cursor, legend and hover, as last painted on screen
};

}  // namespace discern::ui
