// One or several distributions over the same bins, with a threshold that can be dragged.
#pragma once

#include <QVector>
#include <vector>

#include "ui/charts/plot_chart.h"

namespace discern::ui {

struct Distribution {
  QString name;
  std::vector<float> values;  // NaN and infinity are left out
  int style = -1;             // -1: the one of its name
};

class HistogramChart : public PlotChart {
  Q_OBJECT

 public:
  explicit HistogramChart(const QString& name, QWidget* parent = nullptr);

  void setDistributions(std::vector<Distribution> distributions);
  void setBins(int bins);                                                // default 50
  void setRange(std::optional<double> low, std::optional<double> high);  // unset: from the data
  void setShares(
      bool shares);  // bars as a share of their distribution, so that unequal sizes compare; default false
  // Count of distribution d in bin b.
  const std::vector<std::vector<double>>& counts() const { return counts_; }
  QString hoverText() const override;
  ChartTable table() const override;  // columns: from, to, one a distribution

 protected:
  bool hasData() const override;
  void dataRange(Range& x, Range& y) const override;
  void addSeries(const PlotFrame& frame, bool vectors) override;
  std::vector<LegendEntry> legend() const override;
  void drawHover(QPainter& painter, const PlotFrame& frame) override;
  void hoverAt(const QPointF& pixel) override;
  void hoverEnd() override;

 private:
  void count();
  bool isShown(int distribution) const;
  double bar(int distribution, int bin) const;

  std::vector<Distribution> distributions_;
  std::vector<int> styles_;  // theirs
  std::vector<std::vector<double>> counts_;
  std::vector<double> totals_;
  std::optional<double> wantedLow_, wantedHigh_;
  double low_ = 0, high_ = 1;
  int bins_ = 50, hoverBin_ = -1;
  bool shares_ = false;
};

}  // namespace discern::ui
