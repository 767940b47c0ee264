// Scores at a glance: a row per identity (or template), a cell per image, coloured by score. Scrolls.
#pragma once

#include <functional>
#include <limits>
#include <vector>

#include "ui/charts/chart.h"

class QScrollBar;

namespace discern::ui {

struct HeatmapRow {
  QString name;
  std::vector<int> ids;       // what a click reports: sample ids
  std::vector<float> values;  // one an id; NaN is drawn hollow
};

class HeatmapChart : public Chart {
  Q_OBJECT

 public:
  explicit HeatmapChart(const QString& name, QWidget* parent = nullptr);

  struct Cell {
    int row = -1, column = -1;
    bool valid() const { return row >= 0; }
  };

  void setRows(std::vector<HeatmapRow> rows);
  const std::vector<HeatmapRow>& rows() const { return rows_; }
  void setRange(double low, double high);  // of the colours; default 0 .. 1
  void setTitles(const QString& rowTitle, const QString& valueTitle);
  void setTooltip(std::function<QString(int row, int column)> tooltip);
  void setSelected(std::vector<int> ids);  // ascending
  void setThreshold(double score);         // cells at or below it are underlined; NaN: none do
  void setEmptyText(const QString& text);
  void setColumnTitle(const QString& title);  // over the cells: "images, lowest score first"

  Cell cellAt(const QPointF& pixel) const;     // of the widget, with its scrolling
  QRectF cellRect(int row, int column) const;  // may lie outside of what is seen
  void scrollToRow(int row);
  QString hoverText() const;  // what the box beside the mouse says

  QString name() const override { return name_; }
  ChartTable table() const override;                            // row, id, value
  void draw(QPainter& painter, const QRectF& target) override;  // all rows, made to fit
  QSize sizeHint() const override { return {640, 420}; }
  QSize minimumSizeHint() const override { return {240, 160}; }

 signals:
  void cellClicked(int id);
  void cellDoubleClicked(int id);
  void rowClicked(int row);
  void selectionMade(const std::vector<int>& ids);  // by dragging a rectangle; ascending

 protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent*) override;

 private:
  static constexpr double kRow = 20;  // pixels of a row where there are many

  // Where rows and cells lie. On screen it scrolls, exported it fits.
  struct View {
    QRectF area;  // of the cells
    QRectF bar;   // of the colour bar
    double labelWidth = 0, rowHeight = 18, cellWidth = 12, gap = 1;
    double scrollX = 0, scrollY = 0;
  };
  View screenView() const;
  View fittedView(const QRectF& target) const;
  double labelWidth(double limit) const;
  void render(QPainter& painter, const QRectF& target, const View& view) const;
  void drawCellsAsImage(QPainter& painter, const View& view) const;
  bool isSelected(int id) const;
  void drawCells(QPainter& painter, const View& view) const;
  void drawNames(QPainter& painter, const View& view, const QRectF& target) const;
  void drawBar(QPainter& painter, const View& view) const;
  void updateScrollBars();
  std::vector<int> idsIn(const QRectF& band) const;

  QString name_, rowTitle_, columnTitle_, valueTitle_, emptyText_;
  std::vector<HeatmapRow> rows_;
  std::vector<int> selected_;
  std::function<QString(int, int)> tooltip_;
  std::size_t longest_ = 0;
  double low_ = 0, high_ = 1, threshold_ = std::numeric_limits<double>::quiet_NaN();
  QScrollBar *vertical_ = nullptr, *horizontal_ = nullptr;
  QPointF pressed_, bandEnd_;
  bool banding_ = false;
  Cell hover_;
};

}  // namespace discern::ui
