#include "ui/widgets/combos.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QTableView>

namespace discern::ui {

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
