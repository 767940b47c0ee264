#include "ui/charts/heatmap_chart.h"

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/charts/colours.h"

namespace discern::ui {
namespace {

constexpr double kHighRow = 30;   // pixels of a row on screen where there are few
constexpr double kNarrowest = 3;  // of a cell: narrower ones are scrolled to

}  // namespace

HeatmapChart::HeatmapChart(const QString& name, QWidget* parent) : Chart(parent), name_(name) {
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setAccessibleName(captionOf(name));
  vertical_ = new QScrollBar(Qt::Vertical, this);
  horizontal_ = new QScrollBar(Qt::Horizontal, this);
  for (QScrollBar* bar : {vertical_, horizontal_})
    connect(bar, &QScrollBar::valueChanged, this, [this] {
      hover_ = {};
      update();
    });
  updateScrollBars();
}

void HeatmapChart::setRows(std::vector<HeatmapRow> rows) {
  rows_ = std::move(rows);
  longest_ = 0;
  for (const HeatmapRow& row : rows_) longest_ = std::max(longest_, row.ids.size());
  hover_ = {};
  updateScrollBars();
  update();
}

void HeatmapChart::setRange(double low, double high) {
  low_ = low;
  high_ = high > low ? high : low + 1;
  update();
}

void HeatmapChart::setTitles(const QString& rowTitle, const QString& valueTitle) {
  rowTitle_ = rowTitle;
  valueTitle_ = valueTitle;
  update();
}

void HeatmapChart::setColumnTitle(const QString& title) {
  columnTitle_ = title;
  update();
}

void HeatmapChart::setTooltip(std::function<QString(int, int)> tooltip) { tooltip_ = std::move(tooltip); }

void HeatmapChart::setSelected(std::vector<int> ids) {
  selected_ = std::move(ids);
  update();
}

void HeatmapChart::setThreshold(double score) {
  threshold_ = score;
  update();
}

void HeatmapChart::setEmptyText(const QString& text) {
  emptyText_ = text;
  update();
}

HeatmapChart::View HeatmapChart::screenView() const {
  const double vertical = vertical_->isHidden() ? 0 : vertical_->sizeHint().width();
  const double horizontal = horizontal_->isHidden() ? 0 : horizontal_->sizeHint().height();
  View view = fittedView(QRectF(rect()).adjusted(0, 0, -vertical, -horizontal));
  view.rowHeight =
      std::clamp(view.area.height() / std::max<double>(1, static_cast<double>(rows_.size())), kRow, kHighRow);
  view.cellWidth = std::max(view.cellWidth, kNarrowest);
  view.gap = view.cellWidth >= 6 ? 1 : 0;
  view.scrollX = horizontal_->value();
  view.scrollY = vertical_->value();
  return view;
}

void HeatmapChart::updateScrollBars() {
  // Showing one bar takes room from the other direction, so look twice.
  vertical_->setVisible(false);
  horizontal_->setVisible(false);
  for (int pass = 0; pass < 2; ++pass) {
    const View view = screenView();
    const int tooHigh =
        static_cast<int>(std::ceil(view.rowHeight * static_cast<double>(rows_.size()) - view.area.height()));
    const int tooWide =
        static_cast<int>(std::ceil(view.cellWidth * static_cast<double>(longest_) - view.area.width()));
    vertical_->setRange(0, std::max(0, tooHigh));
    vertical_->setPageStep(std::max(1, static_cast<int>(view.area.height())));
    vertical_->setSingleStep(static_cast<int>(kRow));
    horizontal_->setRange(0, std::max(0, tooWide));
    horizontal_->setPageStep(std::max(1, static_cast<int>(view.area.width())));
    horizontal_->setSingleStep(20);
    vertical_->setVisible(tooHigh > 0);
    horizontal_->setVisible(tooWide > 0);
  }
  const int bar = vertical_->sizeHint().width(), flat = horizontal_->sizeHint().height();
  vertical_->setGeometry(width() - bar, 0, bar, height());
  horizontal_->setGeometry(0, height() - flat, width() - (vertical_->isHidden() ? 0 : bar), flat);
}

QRectF HeatmapChart::cellRect(int row, int column) const {
  const View view = screenView();
  return {view.area.left() + column * view.cellWidth - view.scrollX,
          view.area.top() + row * view.rowHeight - view.scrollY, view.cellWidth - view.gap,
          view.rowHeight - 2 * view.gap};
}

HeatmapChart::Cell HeatmapChart::cellAt(const QPointF& pixel) const {
  const View view = screenView();
  if (!view.area.contains(pixel)) return {};
  const int row = static_cast<int>((pixel.y() - view.area.top() + view.scrollY) / view.rowHeight);
  const int column = static_cast<int>((pixel.x() - view.area.left() + view.scrollX) / view.cellWidth);
  if (row < 0 || row >= static_cast<int>(rows_.size())) return {};
  if (column < 0 || column >= static_cast<int>(rows_[static_cast<std::size_t>(row)].ids.size())) return {};
  return {row, column};
}

void HeatmapChart::scrollToRow(int row) {
  const View view = screenView();
  const double top = row * view.rowHeight;
  if (top < view.scrollY || top + view.rowHeight > view.scrollY + view.area.height())
    vertical_->setValue(static_cast<int>(top - view.area.height() / 3));
}

QString HeatmapChart::hoverText() const {
  if (!hover_.valid()) return {};
  if (tooltip_) return tooltip_(hover_.row, hover_.column);
  const HeatmapRow& row = rows_[static_cast<std::size_t>(hover_.row)];
  return row.name + '\n' + shortNumber(row.values[static_cast<std::size_t>(hover_.column)]);
}

std::vector<int> HeatmapChart::idsIn(const QRectF& band) const {
  const View view = screenView();
  std::vector<int> ids;
  const QRectF box =
      band.intersected(view.area).translated(view.scrollX - view.area.left(), view.scrollY - view.area.top());
  if (box.isEmpty()) return ids;
  const int lastRow =
      std::min(static_cast<int>(rows_.size()) - 1, static_cast<int>(box.bottom() / view.rowHeight));
  for (int r = std::max(0, static_cast<int>(box.top() / view.rowHeight)); r <= lastRow; ++r) {
    const std::vector<int>& row = rows_[static_cast<std::size_t>(r)].ids;
    const int lastColumn =
        std::min(static_cast<int>(row.size()) - 1, static_cast<int>(box.right() / view.cellWidth));
    for (int c = std::max(0, static_cast<int>(box.left() / view.cellWidth)); c <= lastColumn; ++c)
      ids.push_back(row[static_cast<std::size_t>(c)]);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

void HeatmapChart::resizeEvent(QResizeEvent*) { updateScrollBars(); }

void HeatmapChart::wheelEvent(QWheelEvent* event) {
  const bool sideways = event->modifiers() & Qt::ShiftModifier;
  QScrollBar* bar = sideways ? horizontal_ : vertical_;
  const QPoint delta = event->angleDelta();
  if (!sideways && delta.x() != 0 && std::abs(delta.x()) > std::abs(delta.y()))
    horizontal_->setValue(horizontal_->value() - delta.x());
  else
    bar->setValue(bar->value() - (delta.y() != 0 ? delta.y() : delta.x()));
  event->accept();
}

void HeatmapChart::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || rows_.empty()) return;
  pressed_ = bandEnd_ = event->position();
  banding_ = true;
}

void HeatmapChart::mouseMoveEvent(QMouseEvent* event) {
  if (banding_) {
    bandEnd_ = event->position();
    update();
    return;
  }
  const Cell cell = cellAt(event->position());
  if (cell.row == hover_.row && cell.column == hover_.column) return;
  hover_ = cell;
  update();
}

void HeatmapChart::mouseReleaseEvent(QMouseEvent* event) {
  if (!banding_) return;
  banding_ = false;
  bandEnd_ = event->position();
  update();
  if ((bandEnd_ - pressed_).manhattanLength() >= 5) {
    emit selectionMade(idsIn(QRectF(pressed_, bandEnd_).normalized()));
    return;
  }
  const Cell cell = cellAt(bandEnd_);
  if (cell.valid()) {
    emit cellClicked(rows_[static_cast<std::size_t>(cell.row)].ids[static_cast<std::size_t>(cell.column)]);
    return;
  }
  const View view = screenView();
  const int row = static_cast<int>((bandEnd_.y() - view.area.top() + view.scrollY) / view.rowHeight);
  if (bandEnd_.x() < view.area.left() && bandEnd_.y() >= view.area.top() &&
      row < static_cast<int>(rows_.size()))
    emit rowClicked(row);
}

void HeatmapChart::mouseDoubleClickEvent(QMouseEvent* event) {
  const Cell cell = cellAt(event->position());
  if (cell.valid())
    emit cellDoubleClicked(
        rows_[static_cast<std::size_t>(cell.row)].ids[static_cast<std::size_t>(cell.column)]);
}

void HeatmapChart::leaveEvent(QEvent*) {
  hover_ = {};
  update();
}

ChartTable HeatmapChart::table() const {
  ChartTable table;
  table.columns = {rowTitle_.isEmpty() ? QStringLiteral("row") : rowTitle_, QStringLiteral("id"),
                   valueTitle_.isEmpty() ? QStringLiteral("value") : valueTitle_};
  for (const HeatmapRow& row : rows_)
    for (std::size_t c = 0; c < row.ids.size(); ++c)
      table.rows << QStringList{
          row.name, QString::number(row.ids[c]),
          std::isfinite(row.values[c]) ? QString::number(row.values[c], 'g', 8) : QString()};
  return table;
}

}  // namespace discern::ui
