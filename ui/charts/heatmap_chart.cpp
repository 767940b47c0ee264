#include "ui/charts/heatmap_chart.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/charts/colours.h"
#include "ui/language/words.h"

namespace discern::ui {
namespace {

constexpr double kHighRow = 30;  // pixels of a row on screen where there are few

}  // namespace

HeatmapChart::HeatmapChart(const QString& name, QWidget* parent) : Chart(parent), name_(name) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setAccessibleName(engineText(captionOf(name)));
  vertical_ = new QScrollBar(Qt::Vertical, this);
  connect(vertical_, &QScrollBar::valueChanged, this, [this] {
    hover_ = {};
    update();
  });
  updateScrollBar();
}

void HeatmapChart::setRows(std::vector<HeatmapRow> rows) {
  const int key = current_.row >= 0 ? rows_[static_cast<std::size_t>(current_.row)].key : -1;
  const int id = currentId();
  rows_ = std::move(rows);
  widest_ = -1;
  hover_ = {};
  const auto kept = std::ranges::find(rows_, key, &HeatmapRow::key);
  current_.row = key < 0 || kept == rows_.end() ? -1 : static_cast<int>(kept - rows_.begin());
  current_.column = current_.row < 0 ? -1 : std::min(current_.column, static_cast<int>(kept->ids.size()) - 1);
  // The same image where it is still there, else the one that took its place.
  if (current_.valid())
    if (const auto same = std::ranges::find(kept->ids, id); same != kept->ids.end())
      current_.column = static_cast<int>(same - kept->ids.begin());
  updateScrollBar();
  update();
}

int HeatmapChart::currentId() const {
  if (!current_.valid()) return -1;
  return rows_[static_cast<std::size_t>(current_.row)].ids[static_cast<std::size_t>(current_.column)];
}

void HeatmapChart::setColumns(std::vector<HeatmapColumn> columns) {
  columns_ = std::move(columns);
  update();
}

void HeatmapChart::setSorted(int header, bool reversed) {
  sorted_ = header;
  reversed_ = reversed;
  update();
}

void HeatmapChart::setRange(double low, double high) {
  low_ = low;
  high_ = high > low ? high : low + 1;
  update();
}

void HeatmapChart::setTitles(const QString& rowTitle, const QString& valueTitle) {
  rowTitle_ = rowTitle;
  widest_ = -1;
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
  const double bar = vertical_->isHidden() ? 0 : vertical_->sizeHint().width();
  View view = fittedView(QRectF(rect()).adjusted(0, 0, -bar, 0));
  view.rowHeight =
      std::clamp(view.area.height() / std::max<double>(1, static_cast<double>(rows_.size())), kRow, kHighRow);
  view.scrollY = vertical_->value();
  return view;
}

void HeatmapChart::updateScrollBar() {
  vertical_->setVisible(false);
  const View view = screenView();
  const int tooHigh =
      static_cast<int>(std::ceil(view.rowHeight * static_cast<double>(rows_.size()) - view.area.height()));
  vertical_->setRange(0, std::max(0, tooHigh));
  vertical_->setPageStep(std::max(1, static_cast<int>(view.area.height())));
  vertical_->setSingleStep(static_cast<int>(kRow));
  vertical_->setVisible(tooHigh > 0);
  const int bar = vertical_->sizeHint().width();
  vertical_->setGeometry(width() - bar, 0, bar, height());
}

double HeatmapChart::cellWidth(const View& view, const HeatmapRow& row) const {
  return std::min(kWidestCell, view.area.width() / std::max<double>(1, static_cast<double>(row.ids.size())));
}

int HeatmapChart::rowAt(const View& view, double y) const {
  if (y < view.area.top() || y >= view.area.bottom()) return -1;
  const auto row = static_cast<int>((y - view.area.top() + view.scrollY) / view.rowHeight);
  return row < static_cast<int>(rows_.size()) ? row : -1;
}

QRectF HeatmapChart::cellRect(int row, int column) const {
  const View view = screenView();
  const double top = view.area.top() + row * view.rowHeight - view.scrollY;
  if (column < 0) return {kChartMargin, top, view.area.left() - kChartMargin - 4, view.rowHeight};
  const double width = cellWidth(view, rows_[static_cast<std::size_t>(row)]);
  const double gap = width >= 6 ? 1 : 0;
  return {view.area.left() + column * width, top, width - gap, view.rowHeight - 2 * gap};
}

HeatmapChart::Cell HeatmapChart::cellAt(const QPointF& pixel) const {
  const View view = screenView();
  const int row = rowAt(view, pixel.y());
  if (row < 0 || pixel.x() < view.area.left() || pixel.x() >= view.area.right()) return {};
  const HeatmapRow& cells = rows_[static_cast<std::size_t>(row)];
  const auto column = static_cast<int>((pixel.x() - view.area.left()) / cellWidth(view, cells));
  return column < static_cast<int>(cells.ids.size()) ? Cell{row, column} : Cell{};
}

QRectF HeatmapChart::headerRect(int header) const {
  const View view = screenView();
  const double bottom = view.area.top() - 2, top = kChartMargin / 2;
  if (header == 0) return {kChartMargin, top, view.labelWidth - 6, bottom - top};
  const auto c = static_cast<std::size_t>(header - 1);
  return {view.columnLeft[c], top, view.columnLeft[c + 1] - view.columnLeft[c] - 4, bottom - top};
}

int HeatmapChart::headerAt(const QPointF& pixel) const {
  for (int header = 0; header <= static_cast<int>(columns_.size()); ++header)
    if (headerRect(header).contains(pixel)) return header;
  return -2;
}

bool HeatmapChart::isDropped(const HeatmapRow& row, std::size_t c) const {
  return c < row.leaving.size() && row.leaving[c] <= threshold_;
}

bool HeatmapChart::isHatched(int row, int column) const {
  return isDropped(rows_[static_cast<std::size_t>(row)], static_cast<std::size_t>(column));
}

void HeatmapChart::setCurrent(Cell cell) {
  if (rows_.empty()) return;
  cell.row = std::clamp(cell.row, 0, static_cast<int>(rows_.size()) - 1);
  const int cells = static_cast<int>(rows_[static_cast<std::size_t>(cell.row)].ids.size());
  cell.column = std::clamp(cell.column, -1, cells - 1);
  current_ = cell;
  bringIntoView(cell.row);
  update();
}

void HeatmapChart::scrollToRow(int row) {
  const View view = screenView();
  const double top = row * view.rowHeight;
  if (top < view.scrollY || top + view.rowHeight > view.scrollY + view.area.height())
    vertical_->setValue(static_cast<int>(top - view.area.height() / 3));
}

void HeatmapChart::bringIntoView(int row) {
  const View view = screenView();
  const double top = row * view.rowHeight;
  if (top < view.scrollY)
    vertical_->setValue(static_cast<int>(top));
  else if (top + view.rowHeight > view.scrollY + view.area.height())
    vertical_->setValue(static_cast<int>(std::ceil(top + view.rowHeight - view.area.height())));
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
      band.intersected(view.area).translated(-view.area.left(), view.scrollY - view.area.top());
  if (box.isEmpty()) return ids;
  const int lastRow =
      std::min(static_cast<int>(rows_.size()) - 1, static_cast<int>(box.bottom() / view.rowHeight));
  for (int r = std::max(0, static_cast<int>(box.top() / view.rowHeight)); r <= lastRow; ++r) {
    const HeatmapRow& row = rows_[static_cast<std::size_t>(r)];
    const double width = cellWidth(view, row);
    const int lastColumn =
        std::min(static_cast<int>(row.ids.size()) - 1, static_cast<int>(box.right() / width));
    for (int c = std::max(0, static_cast<int>(box.left() / width)); c <= lastColumn; ++c)
      ids.push_back(row.ids[static_cast<std::size_t>(c)]);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());  // an image may be in several templates
  return ids;
}

bool HeatmapChart::event(QEvent* event) {
  if (event->type() == QEvent::ContextMenu && current_.row >= 0 &&
      static_cast<QContextMenuEvent*>(event)->reason() == QContextMenuEvent::Keyboard) {
    setCurrent(current_);  // into view
    const QPoint at = cellRect(current_.row, current_.column).center().toPoint();
    QContextMenuEvent there(QContextMenuEvent::Other, at, mapToGlobal(at));
    return Chart::event(&there);
  }
  if (event->type() == QEvent::ToolTip) {
    auto* help = static_cast<QHelpEvent*>(event);
    const int header = headerAt(help->pos());
    const int row = rowAt(screenView(), help->pos().y());
    QString text;
    if (header > 0)
      text = columns_[static_cast<std::size_t>(header) - 1].tooltip;
    else if (row >= 0 && tooltip_ && help->pos().x() < screenView().area.left())
      text = tooltip_(row, -1);
    if (text.isEmpty())
      QToolTip::hideText();
    else
      QToolTip::showText(help->globalPos(), text, this);
    return true;
  }
  return Chart::event(event);
}

void HeatmapChart::resizeEvent(QResizeEvent*) { updateScrollBar(); }

void HeatmapChart::wheelEvent(QWheelEvent* event) {
  const QPoint delta = event->angleDelta();
  vertical_->setValue(vertical_->value() - (delta.y() != 0 ? delta.y() : delta.x()));
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
  setCursor(headerAt(event->position()) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
  const Cell cell = cellAt(event->position());
  if (cell == hover_) return;
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
  if (const int header = headerAt(bandEnd_); header >= 0) {
    emit headerClicked(header);
    return;
  }
  const Cell cell = cellAt(bandEnd_);
  if (cell.valid()) {
    setCurrent(cell);
    emit cellClicked(rows_[static_cast<std::size_t>(cell.row)].ids[static_cast<std::size_t>(cell.column)]);
    return;
  }
  const View view = screenView();
  const int row = rowAt(view, bandEnd_.y());
  if (row < 0 || bandEnd_.x() >= view.area.left()) return;
  setCurrent({row, -1});
  emit rowClicked(row);
}

void HeatmapChart::mouseDoubleClickEvent(QMouseEvent* event) {
  const Cell cell = cellAt(event->position());
  if (cell.valid()) {
    emit cellDoubleClicked(
        rows_[static_cast<std::size_t>(cell.row)].ids[static_cast<std::size_t>(cell.column)]);
    return;
  }
  const View view = screenView();
  if (const int row = rowAt(view, event->position().y());
      row >= 0 && event->position().x() < view.area.left())
    emit rowOpened(row);
}

void HeatmapChart::moveBy(int rows, int columns) {
  if (current_.row < 0) return setCurrent({0, 0});
  setCurrent({current_.row + rows, current_.column + columns});
}

void HeatmapChart::keyPressEvent(QKeyEvent* event) {
  if (rows_.empty()) return Chart::keyPressEvent(event);
  const View view = screenView();
  const int page = std::max(1, static_cast<int>(view.area.height() / view.rowHeight) - 1);
  const bool whole = event->modifiers() & Qt::ControlModifier;
  const int last = static_cast<int>(rows_.size()) - 1;
  const int row = std::max(0, current_.row);
  switch (event->key()) {
    case Qt::Key_Left:
      return moveBy(0, -1);
    case Qt::Key_Right:
      return moveBy(0, 1);
    case Qt::Key_Up:
      return moveBy(-1, 0);
    case Qt::Key_Down:
      return moveBy(1, 0);
    case Qt::Key_PageUp:
      return moveBy(-page, 0);
    case Qt::Key_PageDown:
      return moveBy(page, 0);
    case Qt::Key_Home:
      return setCurrent({whole ? 0 : row, whole ? current_.column : 0});
    case Qt::Key_End:
      return whole ? setCurrent({last, current_.column})
                   : setCurrent({row, static_cast<int>(rows_[static_cast<std::size_t>(row)].ids.size()) - 1});
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
      break;
    default:
      return Chart::keyPressEvent(event);
  }
  if (current_.row < 0) return;
  const bool opens = event->key() != Qt::Key_Space;
  if (current_.column < 0) {
    if (opens)
      emit rowOpened(current_.row);
    else
      emit rowClicked(current_.row);
    return;
  }
  const int id = rows_[static_cast<std::size_t>(current_.row)].ids[static_cast<std::size_t>(current_.column)];
  if (!opens)
    emit cellClicked(id);
  else if (whole)
    emit rowOpened(current_.row);
  else
    emit cellDoubleClicked(id);
}

void HeatmapChart::leaveEvent(QEvent*) {
  hover_ = {};
  update();
}

bool HeatmapChart::hasContent() const {
  return std::ranges::any_of(rows_, [](const HeatmapRow& row) { return !row.ids.empty(); });
}

ChartTable HeatmapChart::table() const {
  ChartTable table;
  table.columns = {rowTitle_.isEmpty() ? QStringLiteral("row") : rowTitle_, QStringLiteral("id"),
                   valueTitle_.isEmpty() ? QStringLiteral("value") : valueTitle_};
  for (const HeatmapColumn& column : columns_) table.columns << column.title;
  const auto number = [](double value) {
    return std::isfinite(value) ? QString::number(value, 'g', 8) : QString();
  };
  for (const HeatmapRow& row : rows_)
    for (std::size_t c = 0; c < row.ids.size(); ++c) {
      QStringList cells = {row.name, QString::number(row.ids[c]), number(row.values[c])};
      for (std::size_t k = 0; k < columns_.size(); ++k)
        cells << (k < row.figures.size() ? number(row.figures[k]) : QString());
      table.rows << cells;
    }
  return table;
}

}  // namespace discern::ui
