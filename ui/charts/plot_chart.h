// A chart with two axes. Qt Charts gives it axes, grid, titles, legend, lines, areas and sets of dots; what
// that cannot - many dots, gaps in a line, a cursor, a greyed range - is painted in the plot area. Lines,
// bars and dots derive from it.
#pragma once

#include <QGraphicsScene>
#include <QPixmap>
#include <QPointF>
#include <QPointer>
#include <QRectF>
#include <QSet>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "ui/charts/chart.h"

class QBrush;
class QCategoryAxis;
class QChart;
class QPen;
class QXYSeries;

namespace discern::ui {

struct ChartTheme;

struct AxisOptions {
  QString title;
  bool log = false;                           // values <= 0 are left out of a logarithmic axis
  std::optional<double> low = {}, high = {};  // unset: from the data, rounded outwards
  bool percent = false;                       // a share in [0, 1] is labelled 0 % .. 100 %
  // Names in place of numbers, of some values of a y axis; long ones are cut, and whole in a tool tip.
  std::vector<std::pair<double, QString>> names = {};

  bool operator==(const AxisOptions&) const = default;
};

// A key of the legend: what is called `name`, and the style it has.
struct LegendEntry {
  QString name;
  int style = 0;
  bool fill = false;  // a filled box in place of the marker
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
  // In units of the axes: values, or their exponents.
  QRectF view() const { return {xLow, yLow, xHigh - xLow, yHigh - yLow}; }
  QPointF unitAt(const QPointF& pixel) const;
};

class PlotChart : public Chart {
  Q_OBJECT

 public:
  PlotChart(const QString& name, QWidget* parent);
  ~PlotChart() override;

  QString name() const override { return name_; }
  bool hasContent() const override { return hasData(); }
  void draw(QPainter& painter, const QRectF& target) override;
  QSize sizeHint() const override { return {520, 320}; }
  QSize minimumSizeHint() const override { return {220, 150}; }

  void setTitle(const QString& title);  // above the plot; empty: none
  void setXAxis(const AxisOptions& axis);
  void setYAxis(const AxisOptions& axis);
  const AxisOptions& xAxis() const { return x_; }
  const AxisOptions& yAxis() const { return y_; }
  void setEmptyText(const QString& text);  // shown while there is nothing to draw

  // A vertical line at x that a hand can drag; nullopt takes it away. The label is drawn above it.
  void setCursorLine(std::optional<double> x, const QString& label = {});
  std::optional<double> cursorLine() const { return cursor_; }
  void setCursorDraggable(bool draggable);  // default true
  // Greys x in [low, high] and writes `text` there: "too few impostors". nullopt: nothing greyed.
  void setUnsupported(std::optional<std::pair<double, double>> range, const QString& text = {});
  std::optional<std::pair<double, double>> unsupported() const { return unsupported_; }

  // The wheel, a rubber band, keys and the menu do these. Nothing leads out of what the data fill.
  bool isZoomed() const override { return zoom_.has_value(); }
  void resetZoom() override;
  void zoomTo(const QRectF& pixels);  // of the widget
  void zoomBy(double factor, const QPointF& pixel, bool x = true,
              bool y = true);  // > 1: nearer; about `pixel`
  void panBy(const QPointF& pixels);

  // A click in the legend: what is called so is not drawn, and nothing else changes.
  void setHidden(const QString& name, bool hidden);
  bool isHidden(const QString& name) const { return hidden_.contains(name); }
  QRectF legendKey(const QString& name) const;  // of the last painting on screen; null: there is none

  // The whole name of the y axis beside this pixel; empty: there is none.
  QString nameAt(const QPointF& pixel) const;
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
  void changed();              // the data or the axes
  void viewChanged();          // what is seen of them
  void repaint();              // what paintPlot() paints. Hover and cursor alone need update() only.
  QRectF whole();              // what the data fill, in units of the axes
  void setView(QRectF units);  // the part of it that is seen
  virtual bool hasData() const = 0;
  virtual void dataRange(Range& x, Range& y) const = 0;
  virtual std::vector<LegendEntry> legend() const { return {}; }
  // Hands Qt Charts what it draws, by the functions below; `vectors`: for SVG or PDF.
  virtual void addSeries(const PlotFrame& frame, bool vectors) = 0;
  virtual void paintPlot(QPainter& painter, const PlotFrame& frame) {}  // over that, cut to the plot area
  virtual void drawHover(QPainter& painter, const PlotFrame& frame) {}
  virtual void hoverAt(const QPointF& pixel) {}
  virtual void hoverEnd() {}
  // A plain drag is the chart's own: then Shift and a drag zoom.
  virtual bool selects() const { return false; }

  // What of a -> b lies in `box`; false: nothing.
  static bool cut(QPointF& a, QPointF& b, const QRectF& box);
  // In pixels, cut to the plot area.
  void addLine(const QPolygonF& line, const QPen& pen);
  void addArea(const QPolygonF& upper, const QPolygonF& lower, const QBrush& brush, const QPen& pen);
  void addDots(const QPolygonF& dots, int style, double radius, const QBrush& brush, const QPen& pen);

  void contextChanged() override { viewChanged(); }
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent*) override;
  void changeEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  friend void alignPlotAreas(const std::vector<PlotChart*>& charts);
  static constexpr double kHandle = 7;  // pixels: height of the cursor's
  enum class Drag { None, Cursor, Zoom, Pan };
  using Group = std::vector<QPointer<PlotChart>>;

  const PlotFrame& build(const QSizeF& size, bool vectors);
  double addLegend(double left, double top, double width,
                   const ChartTheme& theme);  // height beneath the title
  void fillAxes(const PlotFrame& frame, const ChartTheme& theme);
  void attach(QXYSeries& series, const QPolygonF& pixels) const;
  bool drawGround(QPainter& painter, const QRectF& target) const;  // false: that is all
  void drawStill(QPainter& painter, const QRectF& target);
  void drawUnder(QPainter& painter) const;
  void drawUnsupported(QPainter& painter, const PlotFrame& frame) const;
  void drawCursor(QPainter& painter, const PlotFrame& frame) const;
  QRectF cursorTab(const PlotFrame& frame) const;
  void drawHand(QPainter& painter) const;
  // plot_hand.cpp: what mouse and keys do
  bool nearCursor(const QPointF& pixel) const;
  QString keyAt(const QPointF& pixel) const;
  PlotFrame wanted();  // frame_ as the next painting has it
  bool takesWheel(const QWheelEvent& event) const;

  QString name_, title_, emptyText_, cursorLabel_, unsupportedText_;
  AxisOptions x_, y_;
  std::optional<double> cursor_;
  std::optional<std::pair<double, double>> unsupported_;
  std::optional<QRectF> zoom_;  // in units of the axes
  QSet<QString> hidden_;
  bool draggable_ = true;

  QGraphicsScene scene_;
  QChart* chart_ = nullptr;
  QCategoryAxis *xTicks_ = nullptr, *yTicks_ = nullptr;
  std::optional<QRectF> whole_;  // what the data fill, in units of the axes; unset: not looked at yet
  // What chart_ holds at the moment.
  PlotFrame built_;
  QSizeF builtSize_;
  bool builtVectors_ = false;
  std::vector<std::pair<QString, QRectF>> builtKeys_;
  std::vector<double> xMinor_, yMinor_;  // ticks without a number, as parts of the axis
  double ownLeft_ = 0;                   // the room that its numbers need
  double legendRoom_ = 0;
  std::shared_ptr<Group> aligned_;

  QPixmap still_;  // everything but cursor and hover, as last painted on screen
  PlotFrame frame_;
  std::vector<std::pair<QString, QRectF>> keys_;
  double screenLeft_ = 0;

  Drag drag_ = Drag::None;
  QPointF from_, to_;
  bool space_ = false, tabbed_ = false;
};

// Charts that stand above each other over one axis: their plot areas begin and end at the same pixel.
void alignPlotAreas(const std::vector<PlotChart*>& charts);

}  // namespace discern::ui
