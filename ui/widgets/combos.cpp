#include "ui/widgets/combos.h"

#include <QComboBox>
#include <QEvent>
#include <QFontMetrics>
#include <QHeaderView>
#include <QSignalBlocker>
#include <QTableView>
#include <QTimer>
#include <algorithm>

namespace discern::ui {
namespace {

// Keeps the columns of a table inside its width.
class ColumnFit : public QObject {
 public:
  explicit ColumnFit(QTableView& table) : QObject(&table), table_(table) {
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, [this] { fit(); });
    table.viewport()->installEventFilter(this);
    table.setTextElideMode(Qt::ElideRight);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.horizontalHeader()->setMinimumSectionSize(24);
    const auto ask = [this] { later_.start(0); };
    connect(table.model(), &QAbstractItemModel::modelReset, this, ask);
    connect(table.model(), &QAbstractItemModel::rowsInserted, this, ask);
    connect(table.model(), &QAbstractItemModel::dataChanged, this, ask);
  }
  void setNames(std::vector<int> names) {
    names_ = std::move(names);
    fit();
  }
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::Resize) fit();
    return false;
  }

 private:
  bool isName(int column) const { return std::ranges::find(names_, column) != names_.end(); }
  int wanted(int column) const {
    int width = static_cast<const QAbstractItemView&>(table_).sizeHintForColumn(column);
    const QHeaderView& header = *table_.horizontalHeader();
    QFont font = header.font();
    font.setBold(true);
    const QFontMetrics metrics(font);
    for (const QString& line :
         table_.model()->headerData(column, Qt::Horizontal).toString().split(QLatin1Char('\n')))
      width = std::max(width, metrics.horizontalAdvance(line) + kAround);
    return width;
  }
  void fit() {
    constexpr int kLeastName = 84;
    QHeaderView& header = *table_.horizontalHeader();
    const int all = table_.viewport()->width();
    if (fitting_ || table_.model()->columnCount() == 0 || all <= 0) return;
    if (columnsLeft(table_) && header.length() <= all) return;  // a person's own, and they fit
    fitting_ = true;
    header.setStretchLastSection(names_.empty());
    std::vector<int> widths;
    int left = all - static_cast<int>(names_.size()) * kLeastName;
    for (int column = 0; column < table_.model()->columnCount(); ++column) {
      widths.push_back(isName(column) ? 0 : wanted(column));
      left -= widths.back();
    }
    for (; left < 0; ++left) --*std::ranges::max_element(widths);  // the widest ones can spare most
    for (int column = 0; column < static_cast<int>(widths.size()); ++column)
      table_.setColumnWidth(column, isName(column) ? kLeastName + left / static_cast<int>(names_.size())
                                                   : widths[static_cast<std::size_t>(column)]);
    fitting_ = false;
  }

  static constexpr int kAround = 18;  // pixels beside a head
  QTableView& table_;
  std::vector<int> names_;
  QTimer later_;
  bool fitting_ = false;
};

}  // namespace

QComboBox* makeCombo(const QString& name, const QString& tooltip, const QStringList& items) {
  auto* combo = new QComboBox;
  combo->setObjectName(name);
  combo->setToolTip(tooltip);
  combo->setAccessibleName(tooltip);  // until it is given a shorter one
  combo->addItems(items);
  return combo;
}

void fillQuietly(QComboBox* combo, const QStringList& names, const QString& chosen) {
  const QSignalBlocker blocker(combo);
  combo->clear();
  combo->addItems(names);
  combo->setCurrentText(chosen);
  combo->setEnabled(!names.isEmpty());
}

void refill(QComboBox* combo, const QStringList& items, QString (*title)(const QString&)) {
  QStringList before;
  for (int i = 0; i < combo->count(); ++i) before << combo->itemData(i).toString();
  if (before == items) return;
  const QString chosen = combo->currentData().toString();
  const QSignalBlocker blocker(combo);
  combo->clear();
  for (const QString& item : items) combo->addItem(title != nullptr ? title(item) : item, item);
  if (items.contains(chosen)) combo->setCurrentIndex(int(items.indexOf(chosen)));
  combo->setEnabled(!items.isEmpty());
}

void letShrink(QComboBox* combo, int letters) {
  combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  combo->setMinimumContentsLength(letters);
}

void keepChoice(QWidget* widget) { widget->setProperty("kept", true); }
bool isKeptChoice(const QWidget& widget) { return widget.property("kept").toBool(); }

void fitToWidth(QTableView& table, const std::vector<int>& names) {
  for (QObject* child : table.children())
    if (auto* there = dynamic_cast<ColumnFit*>(child)) return there->setNames(names);
  (new ColumnFit(table))->setNames(names);
}

void fitColumns(QTableView& table) {
  if (!columnsLeft(table)) table.resizeColumnsToContents();
}
void leaveColumns(QTableView& table) { table.setProperty("widthsKept", true); }
bool columnsLeft(const QTableView& table) { return table.property("widthsKept").toBool(); }

QStringList toList(const std::vector<std::string>& names) {
  QStringList result;
  for (const std::string& name : names) result << QString::fromStdString(name);
  return result;
}

}  // namespace discern::ui
