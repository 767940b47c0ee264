// Scores at a glance: a row per template (or identity), a cell per image, coloured by score, numbers beside
// each row. Cells are fitted to the width, rows scroll; only what is seen is painted.
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
  // Of each cell the threshold from which on it is dropped (and hatched); empty: none ever is.
  std::vector<float> leaving = {};
  std::vector<double> figures = {};  // one a column of setColumns; NaN: a dash
  int key = -1;                      // the caller's own
};

// A number beside each row.
struct HeatmapColumn {
  enum class Kind { Share, Similarity, Count };
  QString title, tooltip;
  Kind kind = Kind::Similarity;
};

class HeatmapChart : public Chart {
  Q_OBJECT

 public:
  explicit HeatmapChart(const QString& name, QWidget* parent = nullptr);

  struct Cell {
    int row = -1, column = -1;  // column -1: the row itself
    bool valid() const { return row >= 0 && column >= 0; }
    bool operator==(const Cell&) const = default;
  };

  // Keeps the current cell's row by its key, and its image, or the next one where that is gone.
  void setRows(std::vector<HeatmapRow> rows);
  const std::vector<HeatmapRow>& rows() const { return rows_; }
  void setColumns(std::vector<HeatmapColumn> columns);
  // Which header carries the arrow: -1: none, 0: the names, 1 ..: the columns. reversed: it points up.
  void setSorted(int header, bool reversed);
  void setRange(double low, double high);  // of the colours; default 0 .. 1
  void setTitles(const QString& rowTitle, const QString& valueTitle);
  void setTooltip(std::function<QString(int row, int column)> tooltip);  // column -1: of the row
  void setSelected(std::vector<int> ids);                                // ascending
  void setThreshold(double score);  // hatches what it drops; NaN: nothing
  void setEmptyText(const QString& text);
  void setColumnTitle(const QString& title);  // over the cells: "images, lowest score first"

  Cell cellAt(const QPointF& pixel) const;  // of the widget, with its scrolling
  QRectF cellRect(int row,
                  int column) const;    // may lie outside of what is seen; column -1: left of the cells
  QRectF headerRect(int header) const;  // as of setSorted
  bool isHatched(int row, int column) const;
  Cell current() const { return current_; }  // where the keys are
  int currentId() const;                     // -1: none
  void setCurrent(Cell cell);                // scrolls to it
  void scrollToRow(int row);
  QString hoverText() const;  // what the box beside the mouse says

  QString name() const override { return name_; }
  bool hasContent() const override;
  ChartTable table() const override;                            // row, id, value, and the columns
  void draw(QPainter& painter, const QRectF& target) override;  // all rows, made to fit
  QSize sizeHint() const override { return {640, 420}; }
  QSize minimumSizeHint() const override { return {240, 160}; }

 signals:
  void cellClicked(int id);
  void cellDoubleClicked(int id);  // or Return on it
  void rowClicked(int row);
  void rowOpened(int row);  // by a double click on its name or numbers, or Return there
  void headerClicked(int header);
  void selectionMade(const std::vector<int>& ids);  // by dragging a rectangle; ascending

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent*) override;

 private:
  static constexpr double kRow = 20;  // pixels of a row where there are many
  static constexpr double kWidestCell = 22;

  // Where rows and cells lie. On screen it scrolls, exported it fits.
  struct View {
    QRectF area;    // of the cells
    QRectF legend;  // of the colours, below
    double labelWidth = 0, rowHeight = 18;
    double scrollY = 0;
    std::vector<double> columnLeft;  // of each column; one more: where the cells begin
  };
  View screenView() const;
  View fittedView(const QRectF& target) const;
  double labelWidth(double limit) const;
  double columnWidth(const HeatmapColumn& column) const;
  QString figureText(const HeatmapColumn& column, double value) const;
  // Of one row's cells, all of which have a place in the width.
  double cellWidth(const View& view, const HeatmapRow& row) const;
  int rowAt(const View& view, double y) const;  // -1: none
  int headerAt(const QPointF& pixel) const;     // -2: none
  void render(QPainter& painter, const QRectF& target, const View& view) const;
  void drawRowsAsImage(QPainter& painter, const View& view) const;
  void drawCells(QPainter& painter, const View& view, int first, int last) const;
  void drawCell(QPainter& painter, const HeatmapRow& row, std::size_t c, const QRectF& cell) const;
  void drawStrip(QPainter& painter, const HeatmapRow& row, const QRectF& strip) const;
  void drawHeader(QPainter& painter, const View& view, const QRectF& target) const;
  void drawNames(QPainter& painter, const View& view, const QRectF& target, int first, int last) const;
  void drawFigures(QPainter& painter, const View& view, double y, const HeatmapRow& row) const;
  void drawLegend(QPainter& painter, const View& view) const;
  void drawCurrent(QPainter& painter, const View& view) const;
  bool isDropped(const HeatmapRow& row, std::size_t c) const;
  bool isSelected(int id) const;
  void updateScrollBar();
  void bringIntoView(int row);  // by as little as need be
  void moveBy(int rows, int columns);
  std::vector<int> idsIn(const QRectF& band) const;

  QString name_, rowTitle_, columnTitle_, valueTitle_, emptyText_;
  std::vector<HeatmapRow> rows_;
  std::vector<HeatmapColumn> columns_;
  std::vector<int> selected_;
  std::function<QString(int, int)> tooltip_;
  mutable double widest_ = -1;  // of the names in pixels; negative: not measured
  double low_ = 0, high_ = 1, threshold_ = std::numeric_limits<double>::quiet_NaN();
  int sorted_ = -1;
  bool reversed_ = false;
  QScrollBar* vertical_ = nullptr;
  QPointF pressed_, bandEnd_;
  bool banding_ = false;
  Cell hover_, current_;
};

}  // namespace discern::ui
