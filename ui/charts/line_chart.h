// Lines over linear or logarithmic axes: ROC, EDC, training curves. Quick to about 100,000 points.
#pragma once

#include <QVector>

#include "ui/charts/plot_chart.h"

namespace discern::ui {

struct LineSeries {
  QString name;             // empty: not in the legend
  QVector<QPointF> points;  // drawn in the given order; a point that is not finite breaks the line
  int style = -1;           // colour, dash and marker together; -1: the one of its name
  bool line = true;
  bool markers = false;  // a marker on every point; otherwise on a few, so that print tells the lines apart
  bool stepped = false;  // horizontal, then vertical
  QVector<double> deviation = {};  // optional, one a point: drawn as a band of +- deviation
};

class LineChart : public PlotChart {
  Q_OBJECT

 public:
  explicit LineChart(const QString& name, QWidget* parent = nullptr);

  void setSeries(QVector<LineSeries> series, const QStringList& beside = {});  // beside: as of stylesOf
  const QVector<LineSeries>& series() const { return series_; }
  QString hoverText() const override;
  ChartTable table() const override;  // columns: series, x title, y title (and deviation where there is one)

 protected:
  bool hasData() const override;
  void dataRange(Range& x, Range& y) const override;
  void addSeries(const PlotFrame& frame, bool vectors) override;
  void paintPlot(QPainter& painter, const PlotFrame& frame) override;
  std::vector<LegendEntry> legend() const override;
  void drawHover(QPainter& painter, const PlotFrame& frame) override;
  void hoverAt(const QPointF& pixel) override;
  void hoverEnd() override;

 private:
  bool isShown(int series) const { return !isHidden(series_[series].name); }
  // In pixels, thinned and cut to the plot area: a line for each stretch without a gap.
  static std::vector<QPolygonF> stretches(const LineSeries& series, const PlotFrame& frame);
  std::pair<int, int> nearest(const QPointF& pixel, double within) const;
  void addBand(const PlotFrame& frame, int index, const QColor& colour);
  void addMarkers(const PlotFrame& frame, int index, const QColor& colour);

  std::vector<int> styles_;  // of the series
  std::vector<std::pair<int, std::vector<QPolygonF>>>
      gapped_;  // series that Qt Charts cannot draw, in pixels
  QVector<LineSeries> series_;
  std::pair<int, int> hover_{-1, -1};
};

}  // namespace discern::ui
