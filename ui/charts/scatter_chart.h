// Dots, from a few with labels to millions: hovered, clicked and lassoed. Where more are seen than can be
// told apart, their density is drawn; nearer, the dots.
#pragma once

#include <QPixmap>
#include <QPolygonF>
#include <functional>
#include <vector>

#include "ui/charts/plot_chart.h"
#include "ui/charts/point_index.h"

namespace discern::ui {

// What tells dots apart beside their places.
struct ScatterColours {
  std::vector<int> styles = {};  // one a point, or empty: all style 0
  QStringList styleNames = {};   // legend: name of style 0, 1, ...; colour and marker are those of the name
  std::vector<int> categories =
      {};  // one a point, or empty: each its own colour, for more of them than styles
  std::vector<float> values =
      {};  // one a point, or empty: coloured by the colour map over [valueLow, valueHigh]; NaN: grey
  double valueLow = 0, valueHigh = 1;
  QString valueTitle = {};  // over a bar of the colours; empty: no bar
};

struct ScatterData : ScatterColours {
  std::vector<QPointF> points;
  QStringList labels = {};      // one a point, or empty; written beside the dots (meant for few points)
  std::vector<int> front = {};  // indices joined by a line in this order: a Pareto front
  double radius = 0;            // pixels; 0: from the number of dots
};

class ScatterChart : public PlotChart {
  Q_OBJECT

 public:
  explicit ScatterChart(const QString& name, QWidget* parent = nullptr);

  void setData(ScatterData data);
  const ScatterData& data() const { return data_; }
  // The same dots otherwise; quick with a million.
  void setColours(ScatterColours colours);
  // One a point, or empty: muted ones are grey with a faint
  // ring and lie under the others. Quick: for a slider.
  enum Muting : unsigned char { Plain, Muted, Faint };  // Faint: grey without a ring
  void setMuted(std::vector<unsigned char> muted);
  const std::vector<unsigned char>& muted() const { return muted_; }
  void setSelected(std::vector<int> points);  // drawn with a ring
  const std::vector<int>& selected() const { return selected_; }
  // Text of the tooltip of point i; by default its label and its two numbers.
  void setTooltip(std::function<QString(int)> tooltip);
  // What a point is a picture of, about so many pixels across; null: there is none, or not yet (then
  // picturesCame()). It is shown beside the mouse.
  void setPicture(std::function<QPixmap(int point, int pixels)> picture);
  void picturesCame();
  // Where a person has come so near that few dots are seen, their pictures are in their place.
  void setPicturesNear(bool near);
  bool showsPictures() const { return pictured_; }  // as last drawn
  // Brings these into the middle, near enough to tell them from what is around them. None: nothing moves.
  void centreOn(const std::vector<int>& points);
  // Columns before the numbers of table().
  void setTableColumns(const QStringList& columns, std::function<QStringList(int)> cells);
  // Dragging draws a free lasso (true) or a rectangle (false, default).
  void setLasso(bool lasso) { lasso_ = lasso; }
  int pointAt(const QPointF& pixel) const;      // -1: none within a few pixels
  bool showsDensity() const { return dense_; }  // as last drawn

  QString hoverText() const override;
  ChartTable table() const override;  // label, x title, y title, series or value

 signals:
  void pointClicked(int point);
  void pointDoubleClicked(int point);
  void selectionMade(const std::vector<int>& points);  // ascending; empty when nothing was caught

 protected:
  bool hasData() const override;
  void dataRange(Range& x, Range& y) const override;
  void addSeries(const PlotFrame& frame, bool vectors) override;
  void paintPlot(QPainter& painter, const PlotFrame& frame) override;
  std::vector<LegendEntry> legend() const override;
  bool selects() const override { return true; }
  void drawHover(QPainter& painter, const PlotFrame& frame) override;
  void hoverAt(const QPointF& pixel) override;
  void hoverEnd() override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;

 private:
  const PointIndex& index() const;
  std::uint32_t tagOf(std::size_t point) const;
  std::vector<char> hiddenStyles() const;
  bool isShown(int point, const std::vector<char>& hidden) const;
  void addFront(const PlotFrame& frame);
  void drawRamp(QPainter& painter, const PlotFrame& frame) const;
  void paintPictures(QPainter& painter, const PlotFrame& frame) const;
  void dotsChanged();
  // scatter_dots.cpp: from a few dots with labels to a million
  struct Looks;
  void find(const PlotFrame& frame);
  void stampDots(QPainter& painter, const PlotFrame& frame, const Looks& looks, double scale) const;
  void paintDensity(QPainter& painter, const PlotFrame& frame, const Looks& looks) const;
  template <typename Draw>
  void eachDot(const PlotFrame& frame, const Looks& looks, Draw draw) const;
  QPolygonF ringed(const PlotFrame& frame) const;
  void drawLabels(QPainter& painter, const PlotFrame& frame) const;
  QString tooltipOf(int point) const;

  ScatterData data_;
  std::vector<int> selected_;
  std::vector<unsigned char> muted_;
  std::function<QString(int)> tooltip_;
  QStringList columns_;
  std::function<QStringList(int)> cells_;
  std::vector<int> styles_;                  // of styleNames
  mutable std::optional<PointIndex> index_;  // in units of the axes
  mutable std::pair<bool, bool> indexLog_;
  // What was found to draw.
  std::vector<int> seen_;  // dots in the plot area, ascending; none where they are too many
  bool dense_ = false, few_ = false, pictured_ = false;
  double radius_ = 2;
  QPolygonF band_;
  std::function<QPixmap(int, int)> picture_;
  bool near_ = false;
  bool lasso_ = false, banding_ = false;
  int hover_ = -1;
};

}  // namespace discern::ui
