// Lines over linear or logarithmic axes: ROC, EDC, training
// curves, trade-offs. Quick to about 100,000 points.
#pragma once

#include <QVector>

#include "ui/charts/plot_chart.h"

namespace discern::ui {

struct LineSeries {
  QString name;             // empty: not in the legend
  QVector<QPointF> points;  // drawn in the given order; a point that is not finite breaks the line
  int style = -1;           // colour, dash and marker together; -1: the position of the series
  bool line = true;
  bool markers = false;  // a marker on every point; otherwise on a few, so that print tells the lines apart
  bool stepped = false;  // horizontal, then vertical
  QVector<double> deviation = {};  // optional, one a point: drawn as a band of +- deviation
};

class LineChart : public PlotChart {
  Q_OBJECT

 public:
  explicit LineChart(const QString& name, QWidget* parent = nullptr);

  void setSeries(QVector<LineSeries> series);
  const QVector<LineSeries>& series() const { return series_; }
  QString hoverText() const override;
  ChartTable table() const override;  // columns: series, x title, y title (and deviation where there is one)

 signals:
  void pointClicked(int series, int point);

 protected:
  bool hasData() const override;
  void dataRange(Range& x, Range& y) const override;
  void drawData(QPainter& painter, const PlotFrame& frame) override;
  std::vector<LegendEntry> legend() const override;
  std::vector<QPointF> inkSample() const override;
  void drawHover(QPainter& painter, const PlotFrame& frame) override;
  void hoverAt(const QPointF& pixel) override;
  void hoverEnd() override;
  void mousePressEvent(QMouseEvent* event) override;

 private:
  int styleOf(int series) const;
  void drawSeries(QPainter& painter, const PlotFrame& frame, int index) const;
  std::pair<int, int> nearest(const QPointF& pixel, double within) const;

  QVector<LineSeries> series_;
  std::pair<int, int> hover_{-1, -1};
};

}  // namespace discern::ui
